"""Rules about the configuration of an OpenTelemetry collector."""

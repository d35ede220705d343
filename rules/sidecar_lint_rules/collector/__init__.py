"""SL9: the configuration of an OpenTelemetry collector."""

"""The configuration of an OpenTelemetry collector, as the AWS distribution (ADOT) reads it."""

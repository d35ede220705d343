"""SL9: the configuration of an OpenTelemetry collector."""

from sidecar_lint import Rule

LOOKS_AT = (Rule.check_collector,)

"""SL9: the configuration of an OpenTelemetry collector."""

LOOKS_AT = ("check_collector",)

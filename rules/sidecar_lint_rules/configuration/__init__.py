"""SL03x-SL04x: mistakes in `.sidecar-lint.yml`."""

LOOKS_AT = ("check_configuration",)

"""SL03x-SL04x: mistakes in `.sidecar-lint.yml`."""

from sidecar_lint import Rule

LOOKS_AT = (Rule.check_configuration,)

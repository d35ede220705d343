"""SL02: comments that take findings away."""

from sidecar_lint import Rule

LOOKS_AT = (Rule.check_suppressions,)

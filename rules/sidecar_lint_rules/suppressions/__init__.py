"""SL02: comments that take findings away."""

LOOKS_AT = ("check_suppressions",)

"""`.sidecar-lint.yml`: finding it, reading it, and what is in force because of it."""

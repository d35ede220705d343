"""`.sidecar-lint.yml` as it is written: found, read, its settings."""

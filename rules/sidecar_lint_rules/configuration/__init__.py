"""SL03: mistakes in `.sidecar-lint.yml`."""

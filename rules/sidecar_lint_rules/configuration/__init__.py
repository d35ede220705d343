"""SL03x-SL04x: mistakes in `.sidecar-lint.yml`."""

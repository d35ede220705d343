"""Comments that take findings away: `# sidecar-lint: ignore[SL101] reason`."""

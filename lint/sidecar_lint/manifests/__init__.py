"""One manifest: what Copilot makes of it in each environment."""

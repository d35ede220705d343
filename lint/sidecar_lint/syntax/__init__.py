"""Texts, and YAML as Copilot reads it: where everything stands."""

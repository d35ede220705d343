"""Logs: the outputs of Fluent Bit, and the one that a manifest uses."""

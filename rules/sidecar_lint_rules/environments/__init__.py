"""SL7: the overrides of each environment."""

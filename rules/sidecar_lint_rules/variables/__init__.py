"""SL6: variables and secrets."""

"""SL2: logging and FireLens."""

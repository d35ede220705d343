"""SL1: sidecars, and what all containers of a task have in common."""

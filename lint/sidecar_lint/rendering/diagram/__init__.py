"""A picture of a task: its containers, what waits for what, volumes, and where traffic and logs go."""

"""What the task role may do, and what the task needs."""

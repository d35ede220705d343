"""The container definitions of a task, and what they are made of."""

"""What the containers of a task may do in AWS."""

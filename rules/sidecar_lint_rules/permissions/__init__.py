"""SL80: what the containers of a task may do in AWS."""

"""SL80x: permissions: what the containers of a task may do in AWS."""

"""SL801,SL805: permissions: what the containers of a task may do in AWS."""

"""What can be used as it is: a task definition, roles, a log group and addons, in the form of each target."""

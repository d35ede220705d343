"""SL723-SL725,SL86x-SL87x: the manifest of an environment: its VPC, its load balancers, its CDN."""

LOOKS_AT = ("check_environment",)

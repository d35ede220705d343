"""SL723-SL725,SL86x-SL87x: the manifest of an environment: its VPC, its load balancers, its CDN."""

from sidecar_lint import Rule

LOOKS_AT = (Rule.check_environment,)

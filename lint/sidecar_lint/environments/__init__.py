"""The manifest of an environment: its VPC, its load balancers, its CDN."""

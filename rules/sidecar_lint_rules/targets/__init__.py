"""SL5: ports, and where load balancers send traffic."""

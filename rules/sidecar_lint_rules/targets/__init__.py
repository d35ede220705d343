"""SL5: ports, and where load balancers send traffic."""

#: Without the word in a text, in whatever case, these modules find nothing in it.
LOOKS_FOR = {
    "nlb": (
        "missing_listener_port",
        "wrapped_target_port",
    ),
    "udp": (
        "udp_health_check",
        "udp_target",
    ),
    "targetcontainer": (
        "target_container_twice",
        "target_container_without_effect",
    ),
    "target": (
        "target_container_without_port",
        "unknown_target_container",
    ),
    "healthcheck": ("healthcheck_port_out_of_range",),
}

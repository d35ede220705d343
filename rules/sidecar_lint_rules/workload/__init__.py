"""SL05x-SL09x,SL58x-SL59x: the workload itself: its image, http, count, network, topics and deployment."""

#: Without the word in a text, in whatever case, these modules find nothing in it.
LOOKS_FOR = {
    "hosted_zone": ("hosted_zone_without_alias",),
    "nlb": ("nlb_hosted_zone",),
    "certificate": (
        "certificate_without_alias",
        "invalid_certificate",
    ),
    "worker": (
        "conflicting_fifo_options",
        "invalid_fifo_option",
        "queue_out_of_range",
    ),
    "queue_delay": ("invalid_queue_delay",),
    "filter_policy": ("invalid_filter_policy",),
    "subscribe": ("invalid_service_name",),
    "scheduled": ("missing_schedule",),
    "static": ("missing_file_source",),
    "version": ("invalid_http_version",),
    "placement": ("invalid_placement",),
    "range": ("invalid_range",),
    "rolling": ("invalid_rolling_strategy",),
    "allowed_source_ips": ("invalid_source_ip",),
    "success_codes": ("invalid_success_codes",),
    "topics": ("invalid_topic_name",),
    "grace_period": ("misplaced_grace_period",),
    "tracing": ("unknown_tracing_vendor",),
    "target": ("unknown_build_stage",),
    "spot": ("spot_with_autoscaling",),
    "taskdef_overrides": ("forbidden_override",),
    "location": ("two_image_sources",),
    "percent": ("percentage_out_of_range",),
    "alias": (
        "alias_without_name",
        "invalid_alias",
    ),
    "connect": (
        "connect_alias_without_port",
        "invalid_connect_alias",
    ),
}

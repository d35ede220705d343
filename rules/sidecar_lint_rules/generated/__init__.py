"""SL74x-SL77x: what becomes of a manifest in the template that Copilot generates."""

#: Without the word in a text, in whatever case, these modules find nothing in it.
LOOKS_FOR = {
    "taskdef_overrides": (
        "invalid_override_path",
        "stray_override",
    ),
    "hosted_zone": ("lost_hosted_zone",),
    "deny_default": ("no_security_group",),
    "worker": (
        "queue_without_topics",
        "silent_topic_queue",
    ),
    "spot_from": ("spot_from_outside_range",),
    "topics": ("colliding_topics",),
    "additional_rules": ("scaling_by_main_rule_only",),
    "requests": ("scaling_on_missing_target",),
}

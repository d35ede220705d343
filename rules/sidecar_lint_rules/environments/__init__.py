"""SL7: environments: the overrides of each, and what workloads need of them and of each other there."""

#: Without the word in a text, in whatever case, these modules find nothing in it.
LOOKS_FOR = {
    "efs": (
        "lost_efs_id_override",
        "no_mount_target",
    ),
    "nlb": ("nlb_alias_with_certificates",),
    "sidecars": (
        "replaced_mount_points",
        "variable_of_a_sidecar",
    ),
    "subscribe": ("unknown_topic",),
    "environments": (
        "field_as_environment",
        "impossible_environment",
        "misspelt_override",
        "null_does_not_unset",
        "null_environment",
        "too_many_environments",
        "unknown_environment",
    ),
}

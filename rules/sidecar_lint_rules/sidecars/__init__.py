"""SL1: sidecars, and what all containers of a task have in common."""

#: Without the word in a text, in whatever case, these modules find nothing in it.
LOOKS_FOR = {
    "env_file": (
        "env_file_extension",
        "missing_env_file",
        "odd_env_file",
    ),
    "credentials": (
        "credentials_for_ecr_image",
        "invalid_credentials_parameter",
    ),
    "depends_on": (
        "dependency_cycle",
        "dependency_on_essential_container",
        "dependency_on_log_router_completion",
        "invalid_dependency_condition",
        "self_dependency",
        "unknown_dependency",
    ),
    "healthy": ("healthy_without_healthcheck",),
    "mount_points": (
        "duplicate_mount_path",
        "invalid_mount_path",
        "missing_mount_path",
        "missing_source_volume",
        "relative_mount_path",
        "unknown_source_volume",
    ),
    "healthcheck": (
        "healthcheck_command_form",
        "healthcheck_out_of_range",
        "healthcheck_program_missing",
        "healthcheck_without_command",
        "healthcheck_words",
    ),
    "sidecars": (
        "agent_without_collector",
        "colliding_container_names",
        "essential_helper",
        "invalid_container_name",
        "missing_sidecar_image",
        "null_sidecar",
        "reserved_container_name",
        "sidecar_image_build_and_location",
        "too_many_containers",
        "unpinned_image",
    ),
}

"""SL4: the platform, and what Windows and ARM rule out."""

#: Without the word in a text, in whatever case, these modules find nothing in it.
LOOKS_FOR = {
    "windows": (
        "unfit_for_windows",
        "windows_efs",
        "windows_env_file",
        "windows_ephemeral",
        "windows_firelens",
        "windows_readonly_fs",
        "windows_service_connect",
        "windows_spot",
        "windows_task_too_small",
        "windows_tracing",
        "windows_with_linux_image",
    ),
    "platform": (
        "invalid_platform",
        "platform_on_app_runner",
        "spot_on_arm",
    ),
}

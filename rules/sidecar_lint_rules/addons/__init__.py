"""SL81x-SL83x: the templates in the `addons/` folders of workloads and of environments."""

LOOKS_AT = ("check_template", "check_environment_addon")

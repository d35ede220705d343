"""SL81x-SL82x: the templates in the `addons/` folders of workloads and of environments."""

LOOKS_AT = ("check_template", "check_environment_addon")

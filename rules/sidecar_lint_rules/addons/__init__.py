"""SL81x-SL82x: the templates in the `addons/` folder of a workload."""

LOOKS_AT = ("check_template",)

"""SL81x-SL83x: the templates in the `addons/` folders of workloads and of environments."""

from sidecar_lint import Rule

LOOKS_AT = (Rule.check_template, Rule.check_environment_addon)

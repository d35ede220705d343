"""SL802-SL804,SL81x-SL83x,SL846: the templates in the `addons/` folders of workloads and of environments."""

from sidecar_lint import Rule

LOOKS_AT = (Rule.check_template, Rule.check_environment_addon)

"""Whether the log router runs Fluent Bit, as Copilot writes it, or Fluentd, as only an override can say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.syntax.nodes import Mapping, Scalar

if TYPE_CHECKING:
    from sidecar_lint.manifests.manifest import Manifest

#: What Copilot's log router is.
FLUENT_BIT: Final = "fluentbit"
#: What only `taskdef_overrides` make of it.
FLUENTD: Final = "fluentd"
_PROPERTY: Final = "FirelensConfiguration"


def router_type(manifest: Manifest) -> str:
    """`fluentbit` or `fluentd`; empty where files in `overrides/` may change it.

    Of several entries of `taskdef_overrides` the last counts.
    """
    workload = manifest.workload
    if workload is not None and workload.overrides.replace_property(_PROPERTY, "Type"):
        return ""
    rules = manifest.sequence("taskdef_overrides").items
    types = [_type(rule) for rule in rules if isinstance(rule, Mapping)]
    return next((found for found in reversed(types) if found), FLUENT_BIT)


def _type(rule: Mapping) -> str:
    """What an override sets the type to; empty where it does not touch it."""
    path, value = rule.get("path"), rule.get("value")
    steps = path.text.split(".") if isinstance(path, Scalar) else []
    if steps[-1:] == [_PROPERTY] and isinstance(value, Mapping):
        value = value.get("Type")
    elif steps[-2:] != [_PROPERTY, "Type"]:
        return ""
    return value.text if isinstance(value, Scalar) else ""

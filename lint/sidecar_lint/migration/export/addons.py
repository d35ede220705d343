"""The template of the addons: one of all files, its parameters filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.rendering.value import value_text
from sidecar_lint.syntax.nodes import Scalar, Sequence
from sidecar_lint.template.rereading import value_of
from sidecar_lint.workspace.addons import RESERVED, SECTIONS, Addons

if TYPE_CHECKING:
    from sidecar_lint.migration.migration import Migration
    from sidecar_lint.template.values import Value

_TRANSFORM: Final = "Transform"
_MAPPINGS: Final = "Mappings"


def addons_template(migration: Migration) -> str | None:
    """The template as YAML; None where there are no addons, or not all of them could be read."""
    workload = migration.manifest.workload
    found = workload.addons if workload else None
    if found is None or not found.templates or not found.is_known:
        return None
    made = {section: _section(migration, found, section) for section in SECTIONS}
    head: dict[str, Value] = {"AWSTemplateFormatVersion": "2010-09-09"}
    return value_text({**head, **{name: value for name, value in made.items() if value}})


def _section(migration: Migration, addons: Addons, section: str) -> Value:
    if section == _TRANSFORM:
        return _transforms(addons)
    if section == "Parameters":
        return _parameters(migration, addons)
    if section == _MAPPINGS:
        return _mappings(addons)
    return {name: value_of(each.node) for name, each in addons.definitions(section).items()}


def _transforms(addons: Addons) -> Value:
    """The macros of all templates, each once."""
    nodes = [node for each in addons.templates if (node := each.section(_TRANSFORM)) is not None]
    items = [item for node in nodes for item in (node.items if isinstance(node, Sequence) else [node])]
    return list(dict.fromkeys(item.text for item in items if isinstance(item, Scalar)))


def _mappings(addons: Addons) -> Value:
    """Mappings are merged a level deeper than the rest."""
    merged: dict[str, dict[str, Value]] = {}
    for template in addons.templates:
        section = value_of(node) if (node := template.section(_MAPPINGS)) else None
        for name, entries in section.items() if isinstance(section, dict) else ():
            own = merged.setdefault(name, {})
            own.update(
                {key: each for key, each in entries.items() if key not in own}
                if isinstance(entries, dict)
                else {}
            )
    return dict(merged)


def _parameters(migration: Migration, addons: Addons) -> Value:
    stack = migration.stack
    own = dict(zip(RESERVED, (stack.application, stack.environment, stack.name), strict=True))
    return {name: _parameter(addons, name, own.get(name)) for name in addons.parameters}


def _parameter(addons: Addons, name: str, own: str | None) -> Value:
    """A parameter whose default is what Copilot gives it, where that is a text."""
    declared = value_of(addons.parameters[name].node)
    given = addons.given.get(name)
    node = given.node if given else None
    value = node.text if isinstance(node, Scalar) and not (node.tag or "").startswith("!") else own
    if not isinstance(declared, dict) or value is None:
        return declared
    return {**declared, "Default": value}

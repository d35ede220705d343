"""Keys with `::` in them: `a::b: 1` is `a: {b: 1}` to the collector.

Source: go.opentelemetry.io/collector/confmap, KeyDelimiter. Maps in lists keep such keys as they are.
"""

from __future__ import annotations

from typing import Final

from sidecar_lint.syntax.nodes import Mapping, Node, Scalar

DELIMITER: Final = "::"


def nested(root: Mapping) -> Mapping:
    """A mapping whose keys are taken apart, down to the last map that no list holds."""
    result = Mapping(root.span, key=root.key, alias=root.alias, tag=root.tag, flow=root.flow)
    result.duplicates, result.odd_keys, result.bad_merges = root.duplicates, root.odd_keys, root.bad_merges
    for name, node in root.entries.items():
        value = nested(node) if isinstance(node, Mapping) else node
        _enter(result, name.split(DELIMITER), value)
    return result


def _enter(parent: Mapping, steps: list[str], value: Node) -> None:
    first, rest = steps[0], steps[1:]
    there = parent.entries.get(first)
    if not rest:
        if isinstance(there, Mapping) and isinstance(value, Mapping):
            for name, node in value.entries.items():
                _enter(there, [name], node)
        else:
            parent.entries[first] = _under(value, first)
        return
    if not isinstance(there, Mapping):
        there = parent.entries[first] = Mapping(value.span, key=_part(value.key, first))
    _enter(there, rest, value)


def _under(value: Node, name: str) -> Node:
    """The value as one that has a name for its key."""
    if value.key is None or value.key.text == name:
        return value
    renamed = value.copy()
    renamed.key = _part(value.key, name)
    return renamed


def _part(key: Scalar | None, text: str) -> Scalar | None:
    """The key as one that has only this part for its text; it stands where the whole does."""
    if key is None:
        return None
    part = key.copy()
    part.text = text
    return part

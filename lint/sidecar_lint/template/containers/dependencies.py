"""Which containers one waits for."""

from __future__ import annotations

from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, as_mapping
from sidecar_lint.template.decoding import by_name
from sidecar_lint.template.rereading import unquoted
from sidecar_lint.template.values import Sourced, Value


def depends_on(section: Mapping) -> Value:
    """The `depends_on` of a section, by the name of the container."""
    return [_dependency(key, node) for key, node in by_name(as_mapping(section.get("depends_on")))] or None


def _dependency(key: Scalar, node: Node) -> Value:
    condition = node.text.upper() if isinstance(node, Scalar) else ""
    return Sourced({"Condition": Sourced(condition, node), "ContainerName": unquoted(key)}, node)

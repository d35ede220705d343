"""A template as YAML, spelt so that readers of YAML 1.1 and of YAML 1.2 take it for the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from sidecar_lint.escaping import needs_no_escape, yaml_document
from sidecar_lint.rendering.yaml_nodes import (
    MAP,
    SEQ,
    STR,
    comment,
    document_text,
    is_plain_text,
    plain_scalar,
)
from sidecar_lint.syntax.scalars import is_timestamp, resolve, resolve_1_1
from sidecar_lint.template.part import Origin
from sidecar_lint.template.values import Lazy, Short, Sourced, Unquoted, Value, bare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.rendering.origins import Origins

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
#: The length of a list of arguments that stands on one line.
_BRIEF: Final = 90


def value_text(value: Value, origins: Origins | None = None) -> str:
    """A value as YAML, functions in their short form; `origins` say behind values where they are written."""
    return yaml_document(document_text(_ValueWriter(origins).node(value)))


class _ValueWriter:
    def __init__(self, origins: Origins | None) -> None:
        self._origins = origins

    def node(self, value: Value) -> Any:
        """A node of ruamel's for a value, with its origin behind it where that is new."""
        written = self._node(value)
        origin = _origin(value)
        if self._origins is not None and origin is not None and _takes_comment(written):
            comment(written, beside=[f"# {self._origins.text(origin)}"])
        return written

    def _node(self, value: Value) -> Any:
        spelt = _spelling(value)
        if spelt is not None:
            return plain_scalar(spelt)
        found = bare(value)
        if isinstance(found, Short):
            return self._tagged(found)
        if isinstance(found, dict):
            pairs = [(_text(name), self.node(child)) for name, child in found.items()]
            return MappingNode(MAP, pairs, flow_style=not pairs)
        if isinstance(found, list):
            items = [self.node(item) for item in found]
            return SequenceNode(SEQ, items, flow_style=not items)
        if isinstance(found, str):
            return _text(found)
        return plain_scalar(str(found).lower() if found is not None else "null")

    def _tagged(self, function: Short) -> Any:
        written, tag = self._node(function.argument), f"!{function.name}"
        if isinstance(written, ScalarNode):
            return ScalarNode(tag, written.value, style=written.style)
        kind = MappingNode if isinstance(written, MappingNode) else SequenceNode
        flow = written.flow_style or _is_brief(function.argument)
        return kind(tag, written.value, flow_style=flow)


def _is_brief(value: Value) -> bool:
    """Whether a list can stand on the line of its function: short, of Copilot's own scalars."""
    leaves = list(_leaves(value))
    return None not in leaves and sum(len(leaf or "") + 2 for leaf in leaves) <= _BRIEF


def _leaves(value: Value) -> Iterator[str | None]:
    """The scalars of lists in lists; None for anything else."""
    if isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    elif isinstance(value, Short) and isinstance(value.argument, str):
        yield f"!{value.name} {value.argument}"
    else:
        yield value if isinstance(value, str) else str(value) if isinstance(value, (int, float)) else None


def _spelling(value: Value) -> str | None:
    """How Copilot spells a number or a bool that it writes without quotes."""
    while isinstance(value, (Sourced, Lazy)):
        if isinstance(value, Unquoted):
            found = bare(value.value)
            return value.text if isinstance(found, (int, float)) and needs_no_escape(value.text) else None
        value = value.value
    return None


def _origin(value: Value) -> Origin | None:
    while isinstance(value, (Sourced, Lazy)):
        if isinstance(value, Sourced):
            return Origin(value.node, value.source)
        value = value.value
    return _origin(value.argument) if isinstance(value, Short) else None


def _text(text: str) -> Any:
    """A text, in quotes wherever a reader could take it for something else."""
    text = _SURROGATE.sub("\ufffd", text)
    if not needs_no_escape(text):
        return ScalarNode(STR, text, style='"')
    if "\n" in text.rstrip("\n") and text == text.strip(" \n") + "\n" * text.endswith("\n"):
        return ScalarNode(STR, text, style="|")
    if _is_text_anywhere(text):
        return plain_scalar(text)
    return ScalarNode(STR, text, style="'" if "\n" not in text else '"')


def _is_text_anywhere(text: str) -> bool:
    plain = isinstance(resolve_1_1(text), str) and isinstance(resolve(text), str) and is_plain_text(text)
    return plain and text not in ("=", "<<") and not is_timestamp(text)


def _takes_comment(node: Any) -> bool:
    if isinstance(node, ScalarNode):
        return "\n" not in node.value
    return not node.flow_style

"""Values of CloudFormation templates as Copilot reads them: which refer to something, and to what.

The short forms of functions are tags on nodes: `!Ref Table` is a scalar with the tag `!Ref`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence, as_mapping
from sidecar_lint.syntax.scalars import is_timestamp

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEXT: Final = "tag:yaml.org,2002:str"
#: Where it is not closed, nothing in it is either, so it is taken in one piece.
_NAME_IN_SUB: Final = r"\$\{\s*+([A-Za-z0-9:]++)[^}!]*+(\}?)"


def reference(value: Node | None) -> str | None:
    """The logical name that Copilot finds in the value of an output; None for anything but a plain `Ref`.

    Source: internal/pkg/addon/output.go, outputNode.ref.
    """
    if value is None or is_alias(value):
        return None
    if isinstance(value, Scalar):
        return value.text.strip() if value.tag == "!Ref" else None
    if not isinstance(value, Mapping) or value.duplicates:
        return None
    name = value.get("Ref")
    return name.text or None if isinstance(name, Scalar) else None


def is_alias(value: Node) -> bool:
    """Whether a value is written as `*anchor`, rather than inherited with the whole map through `<<`."""
    return value.alias is not None and value.key is not None and value.span.start < value.key.span.start


def intrinsic_function(value: Node) -> str | None:
    """The function that makes a value, as its short form is called (`Sub`); None for a literal."""
    if value.tag is not None and value.tag.startswith("!"):
        return value.tag[1:]
    if isinstance(value, Mapping) and len(value.entries) == 1:
        (name,) = value.entries
        if name == "Ref" or name.startswith("Fn::"):
            return name.removeprefix("Fn::")
    return None


class Call(NamedTuple):
    """An intrinsic function in a value: its name without `Fn::`, the whole call, and what it is given.

    `is_chosen`: it stands inside an `If`, so it may never be called.
    """

    function: str
    node: Node
    argument: Node
    is_chosen: bool = False

    @property
    def arguments(self) -> tuple[Node, ...]:
        """The items of what it is given; none where that is no list."""
        return tuple(self.argument.items) if isinstance(self.argument, Sequence) else ()


def calls(value: Node | None, *, is_chosen: bool = False) -> Iterator[Call]:
    """Every intrinsic function in a value, the outer ones first."""
    if value is None:
        return
    function = intrinsic_function(value)
    inner = is_chosen or function == "If"
    if function:
        short = value.tag is not None and value.tag.startswith("!")
        argument = value if short or not isinstance(value, Mapping) else next(iter(value.entries.values()))
        yield Call(function, value, argument, is_chosen)
    if isinstance(value, Mapping):
        for node in value.entries.values():
            yield from calls(node, is_chosen=inner)
    elif isinstance(value, Sequence):
        for item in value.items:
            yield from calls(item, is_chosen=inner)


def is_expanded(value: Node) -> bool:
    """Whether a macro, or another program, puts something in the place of a part of a value."""
    if value.tag is not None and value.tag.startswith(("!Rain", "!Transform")):
        return True
    if isinstance(value, Mapping):
        return "Fn::Transform" in value.entries or any(map(is_expanded, value.entries.values()))
    return isinstance(value, Sequence) and any(map(is_expanded, value.items))


def references(value: Node | None) -> Iterator[str]:
    """Every logical name that something in a value refers to, at any depth."""
    if isinstance(value, Scalar):
        yield from _named(value.tag or "", value)
    elif isinstance(value, Sequence):
        yield from _named(value.tag or "", value)
        for item in value.items:
            yield from references(item)
    elif isinstance(value, Mapping):
        for name, node in value.entries.items():
            yield from _named(_LONG_FORMS.get(name, ""), node)
            yield from references(node)


#: Keys whose values name something, and the short form that says the same.
_LONG_FORMS: Final = {
    "Ref": "!Ref",
    "Fn::GetAtt": "!GetAtt",
    "Fn::Sub": "!Sub",
    "DependsOn": "!Ref",
}


def _named(tag: str, value: Node) -> Iterator[str]:
    if isinstance(value, Sequence):
        if tag in ("!GetAtt", "!Sub"):
            own = {name for item in value.items[1:] for name in as_mapping(item).entries}
            names = (name for first in value.items[:1] for name in _named(tag, first))
            yield from (name for name in names if name not in own)
        elif tag == "!Ref":
            yield from (item.text for item in value.items if isinstance(item, Scalar))
    elif isinstance(value, Scalar) and tag == "!Ref":
        yield value.text.strip()
    elif isinstance(value, Scalar) and tag == "!GetAtt":
        yield value.text.partition(".")[0]
    elif isinstance(value, Scalar) and tag == "!Sub":
        yield from (name for name, closing in re.findall(_NAME_IN_SUB, value.text) if closing)


def are_equal(one: Node, other: Node) -> bool:
    """Whether two values are the same but for style, comments and position (cloudformation.go, isEqual)."""
    if is_alias(one) != is_alias(other) or _kind(one) != _kind(other):
        return False
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        pairs = zip(one.entries.items(), other.entries.items(), strict=False)
        same = all(first == second and are_equal(left, right) for (first, left), (second, right) in pairs)
        return same and len(one.entries) == len(other.entries)
    if isinstance(one, Sequence) and isinstance(other, Sequence):
        same = all(map(are_equal, one.items, other.items))
        return same and len(one.items) == len(other.items)
    return isinstance(one, Scalar) and isinstance(other, Scalar) and one.text == other.text


def _kind(node: Node) -> object:
    """What yaml.v3 calls a node: its tag, which for a plain scalar follows from its text."""
    if not isinstance(node, Scalar):
        return (type(node), node.tag)
    if node.tag is not None and node.tag != _TEXT:
        return node.tag
    if node.tag or node.style:
        return str
    return "timestamp" if is_timestamp(node.text) else type(node.resolved)

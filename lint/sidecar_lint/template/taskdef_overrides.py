"""`taskdef_overrides`: paths into the task definition, and what to put there.

They are applied one after the other to the template as it is spelt, before any patch.
Source: internal/pkg/template/override/rule.go.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import maps_of
from sidecar_lint.syntax.scalars import natural
from sidecar_lint.template.decoding import scalar
from sidecar_lint.template.refusal import Refusal
from sidecar_lint.template.rereading import value_of
from sidecar_lint.template.values import NULL, Lazy, Short, Sourced, Value, bare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sidecar_lint.manifests.manifest import Manifest
    from sidecar_lint.syntax.nodes import Mapping, Node

_SEGMENT: Final = re.compile(r"([a-zA-Z0-9_-]+)(?:\[([0-9]+|-)\])?")
_APPEND: Final = "-"


class OverridePastMap(NamedTuple):
    """An override that Copilot applies where its path does not lead: it looks for a key in what is no map.

    `parent` is the segment before that, `key` the one that is looked for. In a list Copilot adds two items,
    in anything else nothing changes.
    """

    node: Node
    parent: str
    key: str
    in_list: bool


class Overridden(NamedTuple):
    """The properties of the task definition, and why Copilot refuses overrides: the first that it finds ends it."""

    value: Value
    refusals: tuple[Refusal, ...] = ()
    strays: tuple[OverridePastMap, ...] = ()


class Segment(NamedTuple):
    """A part of a path: a key, and the index of an item below it; `-` is behind the last."""

    key: str
    item: str | None


class Override(NamedTuple):
    """One of the overrides."""

    path: str
    node: Node
    value: Value

    @property
    def segments(self) -> list[Segment]:
        """The parts of the path. Raises _OverrideError."""
        return [_segment(text) for text in self.path.split(".")]


class _OverrideError(ValueError):
    """Copilot does not apply an override; it says why."""

    def __init__(self, message: str, segment: str, there: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.segment = segment
        self.there = there


def overridden(properties: Value, manifest: Manifest) -> Overridden:
    """The properties with those of the overrides applied that Copilot does not refuse."""
    overrides = [_override(section) for section in maps_of(manifest.get("taskdef_overrides"))]
    # All paths are checked before any is applied.
    refusals = [found for override in overrides if (found := _refused(override, lambda each: each.segments))]
    if refusals:
        return Overridden(properties, tuple(refusals))
    strays: list[OverridePastMap] = []

    def apply(override: Override) -> None:
        nonlocal properties
        strays.extend(_strays(properties, override))
        properties = _put(properties, override.segments, override.value)

    refusals = [found for override in overrides if (found := _refused(override, apply))]
    return Overridden(properties, tuple(refusals), tuple(strays))


def _strays(target: Value, override: Override) -> Iterator[OverridePastMap]:
    parent = ""
    for key, index in override.segments:
        found = bare(target)
        if not isinstance(found, dict):
            yield OverridePastMap(override.node, parent, key, isinstance(found, list))
            return
        below = bare(found.get(key))
        if key not in found or index == _APPEND or (index and not isinstance(below, list)):
            return
        target = found[key] if index is None or not isinstance(below, list) else _item(below, natural(index))
        parent = key if index is None else f"{key}[{index}]"


def _item(items: Sequence[Value], index: int) -> Value:
    """An item; an empty map where there is none, which is refused."""
    return items[index] if index < len(items) else {}


def _refused(override: Override, attempt: Callable[[Override], object]) -> Refusal | None:
    try:
        attempt(override)
    except _OverrideError as refused:
        return Refusal(_PREFIX + str(refused), override.node, refused.segment, refused.there)
    return None


_PREFIX: Final = "apply task definition overrides: "


def _override(section: Mapping) -> Override:
    path, value = scalar(section, "path"), section.get("value")
    written = Sourced(value_of(value), value) if value is not None else NULL
    return Override(path.text if path else "", path or section, written)


def _segment(text: str) -> Segment:
    match = _SEGMENT.fullmatch(text)
    if match is None:
        forms = f'"array[0]", "array[{_APPEND}]" or "key"'
        message = f'invalid override path segment "{text}": segments must be of the form {forms}'
        raise _OverrideError(message, text)
    return Segment(match[1], match[2])


def _put(target: Value, segments: list[Segment], value: Value) -> Value:
    """A copy of a value with another below it. Raises _OverrideError."""
    (key, index), *rest = segments
    content = _content(target)
    at = next((at for at in range(0, len(content) - 1, 2) if bare(content[at]) == key), None)
    if at is None:
        there = tuple(str(bare(each)) for each in content[::2]) if isinstance(bare(target), dict) else ()
        return _with_content(target, [*content, key, _new(key, index, rest, value, there)])
    below = content[at + 1]
    if index is not None:
        content[at + 1] = _put_item(key, below, index, rest, value)
    else:
        content[at + 1] = _put(below, rest, value) if rest else value
    return _with_content(target, content)


def _new(key: str, index: str | None, rest: list[Segment], value: Value, there: tuple[str, ...]) -> Value:
    """What is made for a key that is not there."""
    if index not in (None, _APPEND) and rest:
        hint = f"Use {key}[{_APPEND}] to append to the sequence instead"
        message = f"cannot specify {key}[{index}] because {key} does not exist. {hint}"
        raise _OverrideError(message, key, there)
    made = _put({}, rest, value) if rest else value
    return made if index is None else [made]


def _put_item(key: str, items: Value, index: str, rest: list[Segment], value: Value) -> Value:
    content = _content(items)
    if index == _APPEND:
        return _with_content(items, [*content, _put({}, rest, value) if rest else value])
    number = natural(index)
    if number >= len(content):
        hint = f"Use [{_APPEND}] to append to the sequence instead"
        message = f"cannot specify {key}[{index}] because the current length is {len(content)}. {hint}"
        raise _OverrideError(message, f"{key}[{index}]", tuple(map(_name, content)))
    content[number] = _put(content[number], rest, value) if rest else value
    return _with_content(items, content)


def _name(item: Value) -> str:
    """How an item is called: by its name, where it has one that is known."""
    found = bare(item)
    name = bare(found.get("Name")) if isinstance(found, dict) else None
    return name if isinstance(name, str) else ""


def _content(value: Value) -> list[Value]:
    """What a node holds, as yaml.v3 has it: of a map keys and values in turn, of a scalar nothing."""
    value = bare(value)
    if isinstance(value, Short):
        return _content(value.argument)
    if isinstance(value, dict):
        return [part for entry in value.items() for part in entry]
    return list(value) if isinstance(value, list) else []


def _with_content(value: Value, content: list[Value]) -> Value:
    """The same kind of node with other content; where it comes from stays, and a scalar shows nothing."""
    if isinstance(value, Sourced):
        if not isinstance(bare(value), (dict, list, Short)):
            return value
        return Sourced(_with_content(value.value, content), value.node, value.source)
    if isinstance(value, Lazy):
        return _with_content(value.value, content)
    if isinstance(value, Short):
        return Short(value.name, _with_content(value.argument, content))
    if isinstance(value, dict):
        return {str(bare(name)): item for name, item in zip(content[::2], content[1::2], strict=False)}
    return content if isinstance(value, list) else value

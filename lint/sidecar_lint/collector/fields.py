"""Holds a part of a configuration against the schema, and says what does not fit.

The collector stops at the first such value; all are told here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from sidecar_lint.collector.catalogue import Schema, catalogue
from sidecar_lint.collector.durations import InvalidDuration, parse, suggestion
from sidecar_lint.collector.identifiers import InvalidId
from sidecar_lint.collector.identifiers import parse as parse_id
from sidecar_lint.collector.nesting import DELIMITER
from sidecar_lint.collector.values import Type, Value, value_of
from sidecar_lint.nearest import closest
from sidecar_lint.tree import Mapping, Node, Scalar, Sequence


class UnknownField(NamedTuple):
    """A key that the struct at `place` does not have. `names` are those that it has."""

    key: Scalar
    value: Node
    place: str
    names: tuple[str, ...]


class WrongType(NamedTuple):
    """A value of a type that the field at `place` does not take. `instead` is what to write, as YAML."""

    node: Node
    place: str
    expected: str
    found: str
    instead: str | None = None


class WrongDuration(NamedTuple):
    """Text that is no duration."""

    node: Scalar
    place: str
    reason: str
    instead: str | None


class WrongValue(NamedTuple):
    """A value of the right type that the field at `place` does not take."""

    node: Node
    place: str
    reason: str
    instead: str | None = None


class Nanoseconds(NamedTuple):
    """A number where a duration belongs, which counts as so many nanoseconds."""

    node: Scalar
    place: str
    number: float


class Block(NamedTuple):
    """A map that is of a block with a name, such as `retry`, whose values belong together."""

    name: str
    node: Mapping
    place: str


@dataclass
class Findings:
    """What does not fit, each in the order of the text."""

    unknown: list[UnknownField] = field(default_factory=list)
    types: list[WrongType] = field(default_factory=list)
    durations: list[WrongDuration] = field(default_factory=list)
    values: list[WrongValue] = field(default_factory=list)
    nanoseconds: list[Nanoseconds] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    #: The values of fields that name another component.
    ids: list[Scalar] = field(default_factory=list)


_EXPECTED: Final = {
    "string": "text",
    "bool": "`true` or `false`",
    "switch": "`true` or `false`",
    "int": "a number",
    "uint": "a number",
    "float": "a number",
    "duration": "a duration such as `10s`",
    "id": "the name of a component",
    "ids": "a list",
    "size": "a number of bytes, or text such as `1MiB`",
    "free": "a map",
    "block": "a map",
    "map": "a map",
    "list": "a list",
    "headers": "a map",
}
_NUMBERS: Final = (Type.INT, Type.FLOAT)
_YES: Final = ("yes", "on", "y", "true", "1")
_NO: Final = ("no", "off", "n", "false", "0")


class Checker:
    """Walks values and schemas side by side."""

    def __init__(self) -> None:
        self.findings = Findings()

    def check(self, node: Node, schema: Schema, place: str, *, in_list: bool = False) -> None:
        """Hold a value against a schema; `place` is how people write where it stands."""
        name = schema.get("$ref", "").rpartition("/")[2]
        schema = catalogue().resolve(schema)
        kind = schema.get("x-type")
        if kind is None:
            return
        if isinstance(node, Mapping):
            self._mapping(node, schema, place, name, in_list=in_list)
        elif isinstance(node, Sequence):
            self._sequence(node, schema, place)
        elif isinstance(node, Scalar):
            self._scalar(node, schema, place)

    def _mapping(self, node: Mapping, schema: Schema, place: str, name: str, *, in_list: bool) -> None:
        kind = schema["x-type"]
        if kind not in ("block", "map", "headers", "free"):
            if kind != "any":
                self._wrong(node, schema, place, "a map")
            return
        if name:
            self.findings.blocks.append(Block(name, node, place))
        if kind == "free":
            return
        properties: Schema = schema.get("properties", {})
        other = schema.get("additionalProperties", {})
        for key, value in node:
            below = f"{place}.{key.text}"
            if key.text in properties:
                self.check(value, properties[key.text], below, in_list=in_list)
            elif other is False:
                if not (in_list and DELIMITER in key.text):
                    names = tuple(properties)
                    self.findings.unknown.append(UnknownField(key, value, place, names))
            else:
                self.check(value, other, below, in_list=in_list)

    def _sequence(self, node: Sequence, schema: Schema, place: str) -> None:
        kind = schema["x-type"]
        if kind == "any":
            return
        if kind not in ("list", "headers"):
            self._wrong(node, schema, place, "a list")
            return
        for number, item in enumerate(node.items):
            self.check(item, schema["items"], f"{place}[{number}]", in_list=True)

    def _scalar(self, node: Scalar, schema: Schema, place: str) -> None:
        kind, value = schema["x-type"], value_of(node)
        if value.type is Type.NULL:
            if kind == "switch":
                self._wrong(node, schema, place, "nothing")
        elif value.type is not Type.OPEN and kind != "any":
            check = _SCALARS.get(kind)
            if check is None:
                self._collection(node, value, schema, place)
            elif not check(self, node, value, schema, place):
                self._wrong(node, schema, place, value.type)

    def _collection(self, node: Scalar, value: Value, schema: Schema, place: str) -> None:
        """A scalar where a list or a map belongs: text may stand for a list of texts."""
        texts = schema.get("items", {}).get("$ref") == "#/definitions/string"
        if value.type is Type.TEXT and texts and schema["x-type"] == "list":
            return
        if value.type is not Type.TIME:
            self._wrong(node, schema, place, value.type)

    def _wrong(self, node: Node, schema: Schema, place: str, found: str) -> None:
        expected = _EXPECTED.get(schema["x-type"]) or "one of " + ", ".join(schema.get("x-values", ()))
        instead = _instead(node, schema["x-type"]) if isinstance(node, Scalar) else None
        self.findings.types.append(WrongType(node, place, expected, found, instead))

    def text(self, _node: Scalar, value: Value, _schema: Schema, _place: str) -> bool:
        """Whether a value is text."""
        return value.type is Type.TEXT

    def bool(self, _node: Scalar, value: Value, _schema: Schema, _place: str) -> bool:
        """Whether a value is a bool."""
        return value.type is Type.BOOL

    def number(self, _node: Scalar, value: Value, _schema: Schema, _place: str) -> bool:
        """Whether a value is a number; what follows the point is cut off without a word."""
        return value.type in _NUMBERS

    def uint(self, node: Scalar, value: Value, _schema: Schema, place: str) -> bool:
        """As `number`, and a negative one is told."""
        if value.type is Type.INT and isinstance(value.data, int) and value.data < 0:
            self.findings.values.append(WrongValue(node, place, f"{place} cannot be negative"))
        return value.type in _NUMBERS

    def duration(self, node: Scalar, value: Value, _schema: Schema, place: str) -> bool:
        """Whether a value is of a type that a duration may have; what is none is told."""
        if value.type in _NUMBERS and isinstance(value.data, (int, float)):
            if value.data:
                self.findings.nanoseconds.append(Nanoseconds(node, place, value.data))
            return True
        if value.type is not Type.TEXT:
            return False
        text = str(value.data)
        if value.known:
            try:
                parse(text)
            except InvalidDuration as error:
                wrong = WrongDuration(node, place, str(error), suggestion(text))
                self.findings.durations.append(wrong)
        return True

    def id(self, node: Scalar, value: Value, _schema: Schema, place: str) -> bool:
        """Whether a value is the name of a component; what no name can be is told."""
        if value.type is not Type.TEXT:
            return False
        if value.known:
            self.findings.ids.append(node)
            try:
                parse_id(str(value.data))
            except InvalidId as error:
                self.findings.values.append(WrongValue(node, place, str(error)))
        return True

    def size(self, node: Scalar, value: Value, schema: Schema, place: str) -> bool:
        """Whether a value is of a type that a size may have; text that is none is told."""
        if value.type in _NUMBERS:
            return True
        if value.type is Type.TEXT and value.known and not _matches(str(value.data), schema):
            reason = f"{value.data!r} is no size"
            self.findings.values.append(WrongValue(node, place, reason))
        return value.type is Type.TEXT

    def values(self, node: Scalar, value: Value, schema: Schema, place: str) -> bool:
        """Whether a value is of the type of a set of texts; one that is not in it is told."""
        if value.type in _NUMBERS and "number" in schema["type"]:
            return True
        if value.type is Type.TEXT and value.known and not _matches(str(value.data), schema):
            allowed: tuple[str, ...] = tuple(schema["x-values"])
            reason = f"{place} cannot be {value.data!r}: it is one of {', '.join(allowed)}"
            nearest = closest(str(value.data).lower(), allowed)
            same = next((each for each in allowed if each == str(value.data).lower()), None)
            self.findings.values.append(WrongValue(node, place, reason, same or nearest))
        return value.type is Type.TEXT


def _matches(text: str, schema: Schema) -> bool:
    import re

    return re.search(schema["pattern"], text) is not None


_SCALARS: Final = {
    "string": Checker.text,
    "bool": Checker.bool,
    "switch": Checker.bool,
    "int": Checker.number,
    "uint": Checker.uint,
    "float": Checker.number,
    "duration": Checker.duration,
    "id": Checker.id,
    "size": Checker.size,
    "values": Checker.values,
}


def _instead(node: Scalar, kind: str) -> str | None:
    """How to write a scalar so that it is of a type, where that is plain."""
    if node.style in ("|", ">") or node.alias is not None or node.tag is not None:
        return None
    text = node.text.strip()
    if kind in ("bool", "switch"):
        return "true" if text.lower() in _YES else "false" if text.lower() in _NO else None
    if kind in ("int", "uint", "float"):
        return text if node.style and text.isascii() and text.isdigit() else None
    if kind in ("list", "ids") and text and not node.style:
        return f"[{text}]"
    if kind == "string" and not node.style and "endpoint" not in (node.key.text if node.key else ""):
        return f'"{text}"'
    return None


def walk(nodes: Iterator[tuple[Node, Schema, str]]) -> Findings:
    """Check several values, each against its schema at its place."""
    checker = Checker()
    for node, schema, place in nodes:
        checker.check(node, schema, place)
    return checker.findings

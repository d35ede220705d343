"""Holds a part of a configuration against the schema, and says what does not fit.

The collector stops at the first such value; all are told here.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from sidecar_lint.collector.catalogue import Schema, catalogue
from sidecar_lint.collector.durations import reason, suggestion
from sidecar_lint.collector.findings import (
    Block,
    Findings,
    KnownField,
    MistypedValue,
    Named,
    Nanoseconds,
    UnknownKey,
    WrongDuration,
    WrongValue,
)
from sidecar_lint.collector.identifiers import IdError
from sidecar_lint.collector.identifiers import parse as parse_id
from sidecar_lint.collector.values import Type, Value, value_of
from sidecar_lint.syntax.durations import DurationError, nanoseconds
from sidecar_lint.syntax.nearest import closest, swapped
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
    "scalar": "text",
    "prometheus_duration": "a duration such as `15s`",
    "free": "a map",
    "block": "a map",
    "map": "a map",
    "list": "a list",
    "headers": "a map",
}
#: Fields that name an extension.
_EXTENSIONS: Final = (".authenticator", ".storage")
_NUMBERS: Final = (Type.INT, Type.FLOAT)
_YES: Final = ("yes", "on", "y", "true", "1")
_NO: Final = ("no", "off", "n", "false", "0")


class Checker:
    """Walks values and schemas side by side."""

    def __init__(self) -> None:
        self.findings = Findings()

    def check(self, node: Node, schema: Schema, place: str) -> None:
        """Hold a value against a schema; `place` is how people write where it stands."""
        name = schema.get("$ref", "").rpartition("/")[2]
        schema = catalogue().resolve(schema)
        kind = schema.get("x-type")
        if kind is None:
            return
        if isinstance(node, Mapping):
            self._mapping(node, schema, place, name)
        elif isinstance(node, Sequence):
            self._sequence(node, schema, place)
        elif isinstance(node, Scalar):
            self._scalar(node, schema, place)

    def _mapping(self, node: Mapping, schema: Schema, place: str, name: str) -> None:
        kind = schema["x-type"]
        if kind not in ("block", "map", "headers", "free"):
            # An empty map leaves a value that is parsed from text as it is.
            if kind != "any" and (node.entries or kind not in ("id", "values")):
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
                self.findings.known.append(KnownField(key, place))
                self.check(value, properties[key.text], below)
            elif other is False:
                inside = _having(key.text, properties)
                self.findings.unknown.append(UnknownKey(key, value, place, tuple(properties), inside))
            else:
                self.check(value, other, below)

    def _sequence(self, node: Sequence, schema: Schema, place: str) -> None:
        kind = schema["x-type"]
        if kind == "any":
            return
        if kind not in ("list", "headers"):
            self._wrong(node, schema, place, "a list")
            return
        for number, item in enumerate(node.items):
            self.check(item, schema["items"], f"{place}[{number}]")

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
        items = schema.get("items", {})
        texts = items.get("$ref") == "#/definitions/string" or "x-text" in catalogue().resolve(items)
        if value.type is Type.TEXT and texts and schema["x-type"] == "list":
            return
        if value.type is not Type.TIME:
            self._wrong(node, schema, place, value.type)

    def _wrong(self, node: Node, schema: Schema, place: str, found: str) -> None:
        expected = _EXPECTED.get(schema["x-type"]) or "one of " + ", ".join(map(str, schema["x-values"]))
        instead = _instead(node, schema["x-type"]) if isinstance(node, Scalar) else None
        self.findings.types.append(MistypedValue(node, place, expected, found, instead))

    def is_text(self, _node: Scalar, value: Value, _schema: Schema, _place: str) -> bool:
        """Whether a value is text."""
        return value.type is Type.TEXT

    def is_bool(self, _node: Scalar, value: Value, _schema: Schema, _place: str) -> bool:
        """Whether a value is a bool."""
        return value.type is Type.BOOL

    def is_number(self, node: Scalar, value: Value, schema: Schema, place: str) -> bool:
        """Whether a value is a number; what follows the point is cut off without a word."""
        if value.type in _NUMBERS and isinstance(value.data, (int, float)):
            self._bounded(node, value.data, schema, place)
        return value.type in _NUMBERS

    def is_uint(self, node: Scalar, value: Value, schema: Schema, place: str) -> bool:
        """As `number`, and a negative one is told."""
        bound = schema.get("x-bound", ">= 0")
        return self.is_number(node, value, {**schema, "x-bound": bound}, place)

    def _bounded(self, node: Scalar, number: float, schema: Schema, place: str) -> None:
        if reason := _out_of_bounds(number, schema.get("x-bound")):
            self.findings.values.append(WrongValue(node, place, f"{place} {reason}"))

    def is_duration(self, node: Scalar, value: Value, schema: Schema, place: str) -> bool:
        """Whether a value is of a type that a duration may have; what is none is told."""
        if value.type in _NUMBERS and isinstance(value.data, (int, float)):
            if value.data > 0:
                self.findings.nanoseconds.append(Nanoseconds(node, place, value.data))
            self._bounded(node, value.data, schema, place)
            return True
        if value.type is Type.TEXT and value.known:
            text = str(value.data)
            try:
                self._bounded(node, nanoseconds(text), schema, place)
            except DurationError as error:
                wrong = WrongDuration(node, place, reason(error), suggestion(text))
                self.findings.durations.append(wrong)
        return value.type is Type.TEXT

    def is_scalar(self, _node: Scalar, _value: Value, _schema: Schema, _place: str) -> bool:
        """Any single value is text to Prometheus."""
        return True

    def is_prometheus_duration(self, node: Scalar, value: Value, schema: Schema, place: str) -> bool:
        """As `duration`, in Prometheus' spelling; a number has no unit there."""
        if value.type in (Type.BOOL, Type.TIME):
            return False
        text = str(value.data)
        if value.known and (not text or not _matches(text, schema)):
            flaw = "the unit is missing" if text.isdigit() else "it is not a duration of Prometheus"
            self.findings.durations.append(WrongDuration(node, place, flaw, _whole(suggestion(text))))
        return True

    def is_id(self, node: Scalar, value: Value, _schema: Schema, place: str) -> bool:
        """Whether a value is the name of a component; what no name can be is told."""
        if value.type is not Type.TEXT:
            return False
        if value.known:
            try:
                parse_id(str(value.data))
            except IdError as error:
                self.findings.values.append(WrongValue(node, place, str(error)))
            else:
                if place.endswith(_EXTENSIONS):
                    self.findings.ids.append(Named(node, place))
        return True

    def is_size(self, node: Scalar, value: Value, schema: Schema, place: str) -> bool:
        """Whether a value is of a type that a size may have; text that is none is told."""
        if value.type in _NUMBERS:
            return True
        if value.type is Type.TEXT and value.known and not _matches(str(value.data), schema):
            self.findings.values.append(WrongValue(node, place, f"{value.data!r} is not a size"))
        return value.type is Type.TEXT

    def is_in_set(self, node: Scalar, value: Value, schema: Schema, place: str) -> bool:
        """Whether a value is of the type of a set of values; one that is not in it is told."""
        if value.type in _NUMBERS and "number" in schema["type"]:
            numbers = schema.get("then", {}).get("enum")
            if numbers and isinstance(value.data, (int, float)) and not _is_one_of(value.data, numbers):
                nearest = min(numbers, key=lambda each: (abs(each - (value.data or 0)), each))
                self._outside(node, str(value.data), schema, place, str(nearest))
            return True
        if value.type is Type.TEXT and value.known and not _matches(str(value.data), schema):
            if "then" in schema:
                return False
            allowed = tuple(schema["x-values"])
            same = next((each for each in allowed if each.lower() == str(value.data).lower()), None)
            nearest = same or closest(str(value.data), allowed) or swapped(str(value.data), allowed)
            self._outside(node, repr(value.data), schema, place, nearest)
        return value.type is Type.TEXT

    def _outside(self, node: Scalar, value: str, schema: Schema, place: str, instead: str | None) -> None:
        allowed = ", ".join(map(str, schema["x-values"]))
        reason, help_ = f"{place} cannot be {value}", f"it is one of {allowed}"
        is_former = value.strip("'") in schema.get("x-former", ())
        always = "x-always" in schema and not is_former
        self.findings.values.append(
            WrongValue(node, place, reason, instead, help_, if_used="x-used" in schema, always=always)
        )


def _is_one_of(number: float, numbers: Iterable[int]) -> bool:
    """Whether a number, cut off at its point, is among others; no infinity is."""
    return math.isfinite(number) and math.trunc(number) in numbers


def _having(name: str, properties: Schema) -> tuple[str, ...]:
    """The settings that have one of this name below them."""
    resolve = catalogue().resolve
    return tuple(each for each, schema in properties.items() if name in resolve(schema).get("properties", {}))


def _matches(text: str, schema: Schema) -> bool:
    import re

    return re.search(schema["pattern"], text) is not None


def _whole(duration: str | None) -> str | None:
    """A duration, unless Prometheus could not read it either."""
    return duration if duration and "." not in duration and "us" not in duration else None


def _out_of_bounds(number: float, bound: str | None) -> str:
    """How a number breaks a bound such as `> 0` or `0..1`; nothing where it does not."""
    if bound is None:
        return ""
    if ".." in bound:
        least, most = map(float, bound.split(".."))
        return "" if least <= number <= most else f"must be from {least:g} to {most:g}"
    word, written = bound.split()
    limit = nanoseconds(written) if written[-1].isalpha() else float(written)
    if number > limit or (word == ">=" and number == limit):
        return ""
    return f"must be more than {written}" if word == ">" else f"must be {written} or more"


_SCALARS: Final = {
    "string": Checker.is_text,
    "bool": Checker.is_bool,
    "switch": Checker.is_bool,
    "int": Checker.is_number,
    "uint": Checker.is_uint,
    "float": Checker.is_number,
    "duration": Checker.is_duration,
    "id": Checker.is_id,
    "size": Checker.is_size,
    "scalar": Checker.is_scalar,
    "prometheus_duration": Checker.is_prometheus_duration,
    "values": Checker.is_in_set,
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

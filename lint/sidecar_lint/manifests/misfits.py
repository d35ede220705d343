"""Where a manifest does not fit its schema.

This is as much of JSON Schema (draft 7) as the schemas of manifests use: an engine that knows all of it takes
half as long to import as a whole run does without.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.manifests.schemas import FILES, Path, Schema, bundle, is_valid, pointed_at, python_pattern
from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Misfit(NamedTuple):
    """A keyword that a value does not obey: where that is in the whole, and the schema that has the keyword.

    `is_name`: the value is no value there, but the name of a field.
    """

    path: Path
    keyword: str
    schema: Schema
    value: Any
    is_name: bool = False


def misfits(kind: str, instance: Schema, *, of_rules: bool = True) -> Iterator[Misfit]:
    """Where a manifest does not fit its schema; without `of_rules` what rules say of it may be left out.

    Explaining takes longer than asking, so only the sections that do not fit are explained. No constraint of
    ours spans two sections.
    """
    schema = bundle(kind)
    for piece in _pieces(kind, instance):
        if of_rules or not is_valid(kind, piece):
            yield from _Reading(schema).misfits(schema, piece)


def _pieces(kind: str, instance: Schema) -> Iterator[Schema]:
    """A manifest section by section, and each environment's sections one by one."""
    head: Schema = {name: instance[name] for name in ("name", "type") if name in instance}
    yield head
    for name, value in instance.items():
        if name == "environments" and kind in FILES and isinstance(value, dict):
            for environment, override in value.items():
                for part in _sections(override):
                    yield {**head, "environments": {environment: part}}
        elif name not in head:
            yield {**head, name: value}


def _sections(override: object) -> Iterator[object]:
    if not isinstance(override, dict):
        yield override
        return
    for name, value in override.items():
        yield {name: value}


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


_IS: Final[dict[str, Callable[[Any], bool]]] = {
    "array": lambda value: isinstance(value, list),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: _is_number(value) and (isinstance(value, int) or value.is_integer()),
    "null": lambda value: value is None,
    "number": _is_number,
    "object": lambda value: isinstance(value, dict),
    "string": lambda value: isinstance(value, str),
}


def _is_any(types: str | list[str], value: Any) -> bool:
    return any(_IS[each](value) for each in ([types] if isinstance(types, str) else types))


def _is_same(one: Any, other: Any) -> bool:
    """As JSON has it, where true is not 1."""
    return bool(one == other) and isinstance(one, bool) is isinstance(other, bool)


#: What is asked of a value alone: each is handed the keyword's own value first.
_OBEYS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "type": _is_any,
    "const": _is_same,
    "enum": lambda allowed, value: any(_is_same(each, value) for each in allowed),
    "minimum": lambda least, value: not _is_number(value) or value >= least,
    "maximum": lambda most, value: not _is_number(value) or value <= most,
    "exclusiveMaximum": lambda end, value: not _is_number(value) or value < end,
    "pattern": lambda pattern, value: (
        not isinstance(value, str) or re.search(python_pattern(pattern), value) is not None
    ),
    "minLength": lambda least, value: not isinstance(value, str) or len(value) >= least,
    "minItems": lambda least, value: not isinstance(value, list) or len(value) >= least,
    "minProperties": lambda least, value: not isinstance(value, dict) or len(value) >= least,
}


class _Reading:
    """Holding a value against a schema. `whole` is what references lead into."""

    def __init__(self, whole: Schema) -> None:
        self._whole = whole
        #: What is asked of the parts of a value, or what other schemas ask.
        self.below: Final[dict[str, Callable[[Schema, Any, Path], Iterator[Misfit]]]] = {
            "properties": self._properties,
            "additionalProperties": self._additional_properties,
            "propertyNames": self._names,
            "required": self._required,
            "items": self._items,
            "allOf": self._all_of,
            "anyOf": self._any_of,
            "not": self._not,
            "if": self._if,
        }

    def misfits(self, schema: Schema, value: Any, path: Path = ()) -> Iterator[Misfit]:
        while "$ref" in schema:  # what stands beside it says nothing
            schema = pointed_at(schema["$ref"], self._whole)
        for keyword, asked in schema.items():
            if keyword in self.below:
                yield from self.below[keyword](schema, value, path)
            elif keyword in _OBEYS and not _OBEYS[keyword](asked, value):
                yield Misfit(path, keyword, schema, value)

    def _fits(self, schema: Schema, value: Any) -> bool:
        return next(self.misfits(schema, value), None) is None

    def _properties(self, schema: Schema, value: Any, path: Path) -> Iterator[Misfit]:
        for name, part in schema["properties"].items() if isinstance(value, dict) else ():
            if name in value:
                yield from self.misfits(part, value[name], (*path, name))

    def _additional_properties(self, schema: Schema, value: Any, path: Path) -> Iterator[Misfit]:
        """Of names that no pattern allows: such a name may have any value."""
        known, allowed = schema.get("properties", ()), schema.get("patternProperties", ())
        others = [name for name in value if name not in known] if isinstance(value, dict) else []
        extra = [name for name in others if not any(re.search(pattern, name) for pattern in allowed)]
        part = schema["additionalProperties"]
        if part is False and extra:
            yield Misfit(path, "additionalProperties", schema, value)
        for name in extra if part else ():
            yield from self.misfits(part, value[name], (*path, name))

    def _names(self, schema: Schema, value: Any, path: Path) -> Iterator[Misfit]:
        for name in value if isinstance(value, dict) else ():
            found = self.misfits(schema["propertyNames"], name, path)
            yield from (each._replace(is_name=True) for each in found)

    def _required(self, schema: Schema, value: Any, path: Path) -> Iterator[Misfit]:
        if isinstance(value, dict) and not value.keys() >= set(schema["required"]):
            yield Misfit(path, "required", schema, value)

    def _items(self, schema: Schema, value: Any, path: Path) -> Iterator[Misfit]:
        for at, item in enumerate(value if isinstance(value, list) else ()):
            yield from self.misfits(schema["items"], item, (*path, at))

    def _all_of(self, schema: Schema, value: Any, path: Path) -> Iterator[Misfit]:
        for part in schema["allOf"]:
            yield from self.misfits(part, value, path)

    def _any_of(self, schema: Schema, value: Any, path: Path) -> Iterator[Misfit]:
        if not any(self._fits(part, value) for part in schema["anyOf"]):
            yield Misfit(path, "anyOf", schema, value)

    def _not(self, schema: Schema, value: Any, path: Path) -> Iterator[Misfit]:
        if self._fits(schema["not"], value):
            yield Misfit(path, "not", schema, value)

    def _if(self, schema: Schema, value: Any, path: Path) -> Iterator[Misfit]:
        branch = "then" if self._fits(schema["if"], value) else "else"
        return self.misfits(schema.get(branch, {}), value, path)

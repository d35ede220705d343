"""The JSON Schemas of `schemas/`: loading them, and asking what they say about a place.

Four annotations of ours carry what JSON Schema has no word for; validators and editors skip them:

- `x-type` names the Go type of a field. A keyword that fails beside it means that Copilot cannot
  decode the value.
- `x-union` marks a field with two forms. "lenient": a wrong type inside the map form is swallowed
  (Copilot's hand-written UnmarshalYAML functions); "strict": it is an error (union.go).
- `x-rule` names the rule that owns a constraint on a value. The schema has it for editors; the
  linter asks the rule, which knows the environment and says it better.
- `x-zero: unset` marks a text that is no pointer in Go: an empty one is as good as none.
"""

from __future__ import annotations

import os
import re
from functools import cache, cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.manifests.copilot_names import (
    BACKEND,
    JOB,
    LOAD_BALANCED,
    REQUEST_DRIVEN,
    STATIC_SITE,
    WORKER,
)
from sidecar_lint.packaged import packaged_text

if TYPE_CHECKING:
    from collections.abc import Iterator

Schema = dict[str, Any]
#: The way to a value from the top: keys, and numbers from 0 in lists.
Path = tuple[str | int, ...]

#: The schema file of each workload type.
FILES: Final = {
    LOAD_BALANCED: "lb-web-service",
    BACKEND: "backend-service",
    WORKER: "worker-service",
    JOB: "scheduled-job",
    REQUEST_DRIVEN: "rd-web-service",
    STATIC_SITE: "static-site",
}
#: Every type of workload, spelt as `type` must spell it.
WORKLOAD_TYPES: Final = tuple(FILES)

#: What manifests that are no workload's are called here; the first is also the `type` that they have.
ENVIRONMENT: Final = "Environment"
#: What stands for a pipeline where types of workloads are told apart.
PIPELINE: Final = "Pipeline"
#: The schema file of each kind of manifest.
KINDS: Final = {**FILES, ENVIRONMENT: "environment", PIPELINE: "pipeline"}

#: The package of what tables/validators.py makes of the schemas.
VALIDATORS: Final = "sidecar_lint.manifests.validators"

_COMMON: Final = "common.schema.json#/definitions/"


def load(name: str) -> Schema:
    """A file of `schemas/`, by its name without `.schema.json`."""
    import json

    way = "schemas", f"{name}.schema.json"
    try:
        text = packaged_text(*way)
    except OSError:  # a checkout has them at its root
        text = packaged_text(os.pardir, os.pardir, *way)
    schema: Schema = json.loads(text.replace(_COMMON, "#/definitions/"))
    return schema


def fits(schema: Schema, instance: object) -> bool:
    """Whether a value fits a schema; quick to answer where jsonschema-rs can be had."""
    try:
        import jsonschema_rs
    except ImportError:
        return not any(errors(schema, instance))
    try:
        return bool(jsonschema_rs.validator_for(schema).is_valid(instance))
    except ValueError:  # what JSON cannot spell, such as .nan
        return False


def errors(schema: Schema, instance: object) -> Iterator[Any]:
    """Every `jsonschema.ValidationError` of a value."""
    yield from _draft_7()(schema).iter_errors(instance)


@cache
def _draft_7() -> Any:
    """Jsonschema's validator, with patterns read as the other engines read them."""
    from jsonschema import Draft7Validator, ValidationError, validators

    def pattern(validator: Any, pattern: str, instance: object, _: object) -> Iterator[Any]:
        if validator.is_type(instance, "string") and not re.search(python_pattern(pattern), str(instance)):
            yield ValidationError(f"{instance!r} does not match {pattern!r}")

    return validators.extend(Draft7Validator, {"pattern": pattern})  # type: ignore[no-untyped-call]


_SPACE: Final = r"\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
#: What Python reads otherwise than ECMA-262, and how it spells what is meant.
_SPELT: Final = {"$": r"\Z", ".": r"[^\n\r\u2028\u2029]", r"\s": f"[{_SPACE}]", r"\S": f"[^{_SPACE}]"}


@cache
def python_pattern(pattern: str) -> str:
    """A regular expression of ECMA-262 as one of Python, where `$` is before a final line break, too."""
    return re.sub(r"\\.|\[(?:\\.|[^\]\\])*+\]?|[$.]", lambda part: _SPELT.get(part[0], part[0]), pattern)


@cache
def _common() -> Schema:
    definitions: Schema = load("common")["definitions"]
    return definitions


@cache
def bundle(kind: str) -> Schema:
    """The schema of a kind of manifest in one piece, its shared definitions inside."""
    schema = load(KINDS[kind])
    schema["definitions"] = {**_common(), **schema.get("definitions", {})}
    return schema


class Field:
    """What the schema says of one place in a manifest."""

    __slots__ = ("__dict__", "_written", "root", "schema")

    def __init__(self, schema: Schema, root: Schema) -> None:
        self.root = root
        self._written = schema
        self.schema = _resolved(schema, root)

    @property
    def union(self) -> str | None:
        """Where the field has two forms, "lenient" or "strict"."""
        return self.schema.get("x-union")

    @property
    def is_unset_when_empty(self) -> bool:
        """Whether an empty text counts as none."""
        return self.schema.get("x-zero") == "unset"

    @property
    def tries_list_first(self) -> bool:
        """Whether, of the two forms, Copilot tries a list first rather than a map."""
        return bool(self.schema.get("if", {}).get("type") == "array")

    @cached_property
    def _map(self) -> Schema:
        """The form that is a map; the schema itself where there is only one form."""
        if self.union:
            form: Schema = self.schema.get("then", {})
            return _resolved(form, self.root)
        return self.schema

    @cached_property
    def type(self) -> str:
        """The Go type: text, bool, int, duration, map, list, …"""
        if self.union:
            other = Field(self.schema.get("else", {}), self.root).type
            form = "map" if self.properties else "list"
            return f"{other} or {form}"
        name: str = self.schema.get("x-type", "any")
        return name

    @cached_property
    def properties(self) -> Schema:
        """The fields of a struct by name; empty for a map with free keys."""
        properties: Schema = self._map.get("properties", {})
        return properties

    @property
    def is_struct(self) -> bool:
        """Whether its keys are fields that Copilot knows."""
        return bool(self.properties)

    @cached_property
    def listed(self) -> tuple[Any, ...]:
        """The values that the schema spells out for it: enumerations first, then examples."""
        return (*_listed(self._written, self.root), *self.schema.get("examples", ()))

    def child(self, name: str) -> Field | None:
        """The field under a key; None where Copilot decodes nothing there."""
        if name in self.properties:
            return Field(self.properties[name], self.root)
        extra = self._map.get("additionalProperties")
        return Field(extra, self.root) if isinstance(extra, dict) else None

    def item(self) -> Field | None:
        """What the elements of a list are."""
        forms = (self.schema, self._map, _resolved(self.schema.get("else", {}), self.root))
        items = next((form["items"] for form in forms if "items" in form), None)
        return Field(items, self.root) if isinstance(items, dict) else None

    def at(self, path: Iterator[str | int]) -> Field | None:
        """The field at a path below this one."""
        field: Field | None = self
        for step in path:
            if field is None:
                return None
            field = field.item() if isinstance(step, int) else field.child(step)
        return field


def _resolved(schema: Schema, root: Schema) -> Schema:
    """Follow references; words beside a `$ref` (title, description) win over the target's."""
    merged: Schema = {}
    while True:
        merged = {**schema, **merged}
        if "$ref" in schema:
            target = schema["$ref"]
            merged.pop("$ref", None)
            schema = pointed_at(target, root)
        elif len(parts := schema.get("allOf", ())) and "$ref" in parts[0]:
            merged.pop("allOf", None)
            schema = parts[0]
        else:
            return merged


def _listed(schema: Any, root: Schema) -> Iterator[Any]:
    """The enumerated values of a schema and of all that it is put together from."""
    if not isinstance(schema, dict):
        return
    yield from schema.get("enum", ())
    if "$ref" in schema:
        yield from _listed(pointed_at(schema["$ref"], root), root)
    for part in (*schema.get("allOf", ()), *schema.get("anyOf", ()), schema.get("then"), schema.get("else")):
        yield from _listed(part, root)


def pointed_at(reference: str, root: Schema) -> Schema:
    """What a reference (`#/definitions/text`) into a schema stands for."""
    node: Any = root
    for part in reference.removeprefix("#/").split("/"):
        node = node[part.replace("~1", "/").replace("~0", "~")]
    found: Schema = node
    return found


@cache
def fields(kind: str) -> Field:
    """The fields of a kind of manifest, from its top."""
    schema = bundle(kind)
    return Field(schema, schema)


@cache
def _validator_module(kind: str) -> Any:
    """The Python twin of a schema without what rules own: an engine would take longer to load than all rules."""
    return import_module(f"{VALIDATORS}.{KINDS[kind].replace('-', '_')}")


def section_names(kind: str) -> frozenset[str]:
    """The names of the fields at the top of a kind of manifest."""
    names: frozenset[str] = _validator_module(kind).SECTIONS
    return names


def is_valid(kind: str, instance: object) -> bool:
    """Whether a manifest (as JSON) has the shape of its kind, whatever rules say of it."""
    module = _validator_module(kind)
    try:
        module.validate(instance)
    except module.Invalid:
        return False
    return True

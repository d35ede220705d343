"""Make schemas/otel-collector.schema.json from tables/collector.yml: `python tables/collector.py`.

The schema is draft-07, for editors and for the linter alike. Besides what it checks it carries, in
words of ours that validators skip: `x-type` (the type as the table spells it), `x-values`, and the
components' `x-signals`, `x-since`, `x-named`, `x-alias` and `x-before`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml

TABLE = Path(__file__).with_name("collector.yml")
SCHEMA = Path(__file__).parents[1] / "schemas" / "otel-collector.schema.json"
KINDS = ("receivers", "processors", "exporters", "extensions")

Schema = dict[str, Any]

#: A value that holds one is not known before the collector starts, so any field may have it.
REFERENCE = r"[$][{]"
#: What Go's time.ParseDuration takes.
DURATION = r"[-+]?(0|(([0-9]+([.][0-9]*)?|[.][0-9]+)(ns|us|µs|μs|ms|s|m|h))+)"
#: What Prometheus takes (prometheus/common, model/time.go).
PROMETHEUS_DURATION = r"0|([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?"
#: What has a meaning in a regular expression of ECMA-262; it lets nothing else be escaped.
SPECIAL = r"[\\^$.*+?()\[\]{}|]"
ID = r"\s*[A-Za-z][0-9A-Za-z_]{0,62}\s*(/\s*\S.*)?"
SIZE = r"[0-9]+([.][0-9]+)?\s*([KMGTPkmgtp]?[Ii]?[Bb])?"
_SIGNAL = "^(traces|metrics|logs)(/.+)?$"


def _text(pattern: str = "", *more: str) -> Schema:
    """Text of a pattern, and of other types besides."""
    schema: Schema = {"type": ["string", "null", *more]}
    if pattern:
        schema["pattern"] = f"^({pattern})$|{REFERENCE}"
    return schema


SCALARS: dict[str, Schema] = {
    "any": {},
    "string": _text(),
    "bool": {"type": ["boolean", "string", "null"], "pattern": REFERENCE},
    "switch": {"type": ["boolean", "string"], "pattern": REFERENCE},
    # A fraction is cut off without a word.
    "int": {"type": ["number", "string", "null"], "pattern": REFERENCE},
    "uint": {"type": ["number", "string", "null"], "pattern": REFERENCE, "exclusiveMinimum": -1},
    "float": {"type": ["number", "string", "null"], "pattern": REFERENCE},
    # A number is one of nanoseconds.
    "duration": _text(DURATION, "number"),
    "id": _text(ID),
    "size": _text(SIZE, "number"),
    "scalar": {"type": ["string", "number", "boolean", "null"]},
    "prometheus_duration": _text(PROMETHEUS_DURATION, "number"),
    "free": {"type": ["object", "string", "null"], "pattern": REFERENCE},
}
HEADER: Schema = {
    "type": "object",
    "properties": {"name": {"$ref": "#/definitions/string"}, "value": {"$ref": "#/definitions/string"}},
    "additionalProperties": False,
    "x-type": "block",
}


def _any_case(word: str) -> str:
    return "".join(f"[{each.upper()}{each}]" if each.isalpha() else each for each in word)


def _values(values: Schema) -> Schema:
    """A set of values, as the table describes it."""
    if "numbers" in values:
        numbers = values["numbers"]
        schema: Schema = {"type": ["number", "string", "null"], "pattern": REFERENCE}
        always = {"x-always": True} if "always" in values else {}
        return {**schema, "if": {"type": "number"}, "then": {"enum": numbers}, "x-values": numbers, **always}
    words = [re.sub(SPECIAL, r"\\\g<0>", word) for word in values["of"]]
    if "any_case" in values:
        words = [_any_case(word) for word in words]
    schema = _text("|".join(words + [""] * ("empty" in values)), *(["number"] if "number" in values else []))
    marks: Schema = {f"x-{word}": True for word in ("used", "text", "always") if word in values}
    marks |= {"x-former": values["former"]} if "former" in values else {}
    return {**schema, "x-values": values["of"], **marks}


_BOUNDS = {">=": "minimum", ">": "exclusiveMinimum"}


def _bounded(written: str) -> Schema | None:
    """A number or a duration with bounds, such as `int > 0`, `duration >= 5m` or `float 0..1`."""
    if match := re.fullmatch(r"(\w+) (>=?) (\S+)", written):
        name, word, least = match[1], _BOUNDS[match[2]], match[3]
        schema = {**SCALARS[name], "x-type": name, "x-bound": f"{match[2]} {least}"}
        return schema if name == "duration" else {**schema, word: int(least)}
    if match := re.fullmatch(r"(\w+) (\d+)\.\.(\d+)", written):
        least, most = int(match[2]), int(match[3])
        bounds = {"minimum": least, "maximum": most, "x-bound": f"{least}..{most}"}
        return {**SCALARS[match[1]], "x-type": match[1], **bounds}
    return None


class Table:
    """The table, and what its notation stands for."""

    def __init__(self, table: Schema) -> None:
        self.table = table
        self.blocks: Schema = table["blocks"]

        #: What text in place of a list of it is taken apart into.
        self.texts = {"string", *(name for name, of in table["values"].items() if "text" in of)}

    def schema(self) -> Schema:
        """The whole JSON Schema."""
        pipeline = {kind: {"$ref": "#/definitions/ids"} for kind in KINDS[:3]}
        service = {
            "telemetry": self.type(self.table["telemetry"]),
            "extensions": {"$ref": "#/definitions/ids"},
            "pipelines": {
                "type": ["object", "null"],
                "patternProperties": {_SIGNAL: _closed(pipeline)},
                "additionalProperties": False,
            },
        }
        sections = {kind: self.section(kind) for kind in KINDS}
        return {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "title": "Configuration of the AWS Distro for OpenTelemetry collector",
            "description": "Made by tables/collector.py. What a reader cannot know is not checked: ${…}.",
            **_closed(
                {
                    **sections,
                    "connectors": {"type": ["object", "null"], "maxProperties": 0},
                    "service": _closed(service),
                }
            ),
            "x-version": self.table["version"],
            "x-same-since": self.table["same_since"],
            "x-removed": self.table["removed"],
            "x-removed-fields": self.table["removed_fields"],
            "definitions": self.definitions(),
        }

    def definitions(self) -> Schema:
        """Every type by name."""
        names = [*SCALARS, "headers", "ids", *self.table["values"], *self.blocks]
        if len(set(names)) < len(names):
            raise ValueError(f"two types have one name: {sorted(names)}")
        found = {name: {**schema, "x-type": name} for name, schema in SCALARS.items()}
        found["headers"] = {
            "type": ["object", "array", "string", "null"],
            "pattern": REFERENCE,
            "additionalProperties": {"$ref": "#/definitions/string"},
            "items": HEADER,
            "x-type": "headers",
        }
        found["ids"] = _list({"$ref": "#/definitions/id"})
        for name, values in self.table["values"].items():
            found[name] = {**_values(values), "x-type": "values"}
        found |= {name: self.block(block) for name, block in self.blocks.items()}
        for kind in KINDS:
            for name, block in self.table[kind].items():
                about = self.table["components"][kind][name]
                marks = {f"x-{word}": value for word, value in about.items()}
                found[f"{kind}.{name}"] = {**self.block(block), **marks}
        return found

    def section(self, kind: str) -> Schema:
        """One of the maps at the top: components by their ids."""
        patterns: Schema = {}
        for name, about in self.table["components"][kind].items():
            names = f"({name}|{about['alias']})" if "alias" in about else name
            patterns[rf"^\s*{names}\s*(/.+)?$"] = {"$ref": f"#/definitions/{kind}.{name}"}
        return {"type": ["object", "null"], "patternProperties": patterns, "additionalProperties": False}

    def type(self, written: object) -> Schema:
        """What a type of the table is as a schema."""
        if isinstance(written, list):
            return _list(self.type(written[0]))
        if isinstance(written, dict):
            return self.block(written)
        name = str(written)
        if name.startswith("list of "):
            item = name.removeprefix("list of ")
            return _list(self.type(item), is_text=item in self.texts)
        if name.startswith("map of "):
            return _map(self.type(name.removeprefix("map of ")))
        return _bounded(name) or {"$ref": f"#/definitions/{name}"}

    def block(self, block: Schema) -> Schema:
        """A struct of the collector, or a map of any names."""
        if "*" in block:
            return _map(self.type(block["*"]))
        fields = self.fields(block)
        is_open = fields.pop("...", None) is not None
        return _closed({name: self.type(fields[name]) for name in sorted(fields)}, is_open=is_open)

    def fields(self, block: Schema) -> Schema:
        """The fields of a block by name, those that it takes in included."""
        found: Schema = {}
        for names, written in block.items():
            for name in names.split(", "):
                if name == "with":
                    for other in written.split(", "):
                        found |= self.fields(self.blocks[other])
                else:
                    found[name] = written
        return found


def _closed(properties: Schema, *, is_open: bool = False) -> Schema:
    schema = {"type": ["object", "string", "null"], "pattern": REFERENCE, "properties": properties}
    # `a::b: 1` is another way to write `a: {b: 1}`.
    closing = {"patternProperties": {"::": {}}, "additionalProperties": False}
    return {**schema, **({} if is_open else closing), "x-type": "block"}


def _list(items: Schema, *, is_text: bool = False) -> Schema:
    # Text is taken apart at its commas where text is wanted; elsewhere only a reference can stand.
    pattern = {} if is_text else {"pattern": REFERENCE}
    return {"type": ["array", "string", "null"], **pattern, "items": items, "x-type": "list"}


def _map(values: Schema) -> Schema:
    return {
        "type": ["object", "string", "null"],
        "pattern": REFERENCE,
        "additionalProperties": values,
        "x-type": "map",
    }


def made() -> str:
    """The text of the schema."""
    table = yaml.safe_load(TABLE.read_text("utf-8"))
    return json.dumps(Table(table).schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(made(), "utf-8")

"""What ADOT has: components, their fields, signals and releases, from the JSON Schema."""

from __future__ import annotations

from functools import cache, cached_property
from typing import Any, Final

from sidecar_lint.collector.versions import Version, parse, spelt
from sidecar_lint.manifests import schemas

Schema = dict[str, Any]

#: The maps of components, and what one of them is called.
KINDS: Final = {
    "receivers": "receiver",
    "processors": "processor",
    "exporters": "exporter",
    "connectors": "connector",
    "extensions": "extension",
}
SIGNALS: Final = ("traces", "metrics", "logs")
#: Known to the collector, but only behind a gate that an image's command would have to open.
GATED_SIGNAL: Final = "profiles"
#: What a pipeline lists.
PIPELINE: Final = ("receivers", "processors", "exporters")

_FIRST: Final = (0, 0, 0)


class Model:
    """A component that ADOT has, or had. `name` is the one that its newest release uses."""

    def __init__(self, kind: str, name: str, schema: Schema) -> None:
        self.kind = kind
        self.name = name
        self.schema = schema

    @property
    def signals(self) -> tuple[str, ...]:
        """What it takes part in; nothing for an extension."""
        return tuple(self.schema.get("x-signals", ()))

    @property
    def alias(self) -> str | None:
        """A name that still works, with a warning."""
        alias: str | None = self.schema.get("x-alias")
        return alias

    @property
    def is_renamed(self) -> bool:
        """Whether `name` is the newer of its names; else it is not known which releases know the other one."""
        return "x-named" in self.schema

    def since(self, written: str) -> Version:
        """The first release that knows it by a name."""
        word = "x-named" if written == self.name and "x-named" in self.schema else "x-since"
        return parse(self.schema[word]) or _FIRST

    @property
    def named(self) -> str:
        """The first release that knows its name, as a tag spells it."""
        return spelt(self.since(self.name))

    @property
    def former(self) -> str | None:
        """What a release that does not know `name` yet calls it."""
        former: str | None = self.schema.get("x-before", self.alias)
        return former


class Removed:
    """A component that ADOT does not have any more."""

    def __init__(self, entry: Schema) -> None:
        self.until: Version = parse(entry["until"]) or _FIRST
        self.instead: str = entry["instead"]


class Catalogue:
    """The whole of it."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.definitions: dict[str, Schema] = schema["definitions"]

    @cached_property
    def newest(self) -> Version:
        """The release that it describes."""
        return parse(self.schema["x-version"]) or _FIRST

    @cached_property
    def same_since(self) -> Version:
        """The oldest release that it describes as well as the newest."""
        return parse(self.schema["x-same-since"]) or self.newest

    @cached_property
    def models(self) -> dict[str, dict[str, Model]]:
        """The components of each kind, by name and by alias."""
        found: dict[str, dict[str, Model]] = {kind: {} for kind in KINDS}
        for key, schema in self.definitions.items():
            kind, dot, name = key.partition(".")
            if dot:
                model = Model(kind, name, schema)
                found[kind] |= {each: model for each in (name, model.alias) if each}
        return found

    @cached_property
    def removed(self) -> dict[str, dict[str, Removed]]:
        """What is gone, of each kind by name."""
        return {
            kind: {name: Removed(entry) for name, entry in entries.items()}
            for kind, entries in self.schema["x-removed"].items()
        }

    def removed_field(self, place: str, field: str) -> str:
        """What to do instead of a field that older releases had in a place such as `exporters.debug`."""
        found: str = self.schema["x-removed-fields"].get(place, {}).get(field, "")
        return found

    def resolve(self, schema: Schema) -> Schema:
        """Follow a reference."""
        reference: str | None = schema.get("$ref")
        return self.definitions[reference.rpartition("/")[2]] if reference else schema

    @property
    def telemetry(self) -> Schema:
        """The schema of `service.telemetry`."""
        found: Schema = self.schema["properties"]["service"]["properties"]["telemetry"]
        return found


@cache
def catalogue() -> Catalogue:
    """The catalogue, read when it is first asked for."""
    return Catalogue(schemas.load("otel-collector"))

"""Which settings the components of earlier releases knew.

`data/collector_history.json` is made by `tables/build.py` of `tables/collector_history.json`, and that of the
sources in the releases' own `vendor/` (tables/README.md).
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final

from sidecar_lint.collector.catalogue import Schema, catalogue
from sidecar_lint.collector.versions import Version, parse
from sidecar_lint.packaged import packaged_text

_NEVER: Final = (0, 0, 0)
#: Numbers and bools in quotes, and texts without, are refused from this release on (contrib v0.109).
STRICT: Final = (0, 41, 0)
#: Up to here `$NAME` was replaced, and a bad name of a variable was no error.
LAST_TO_EXPAND: Final = (0, 40, 2)


class History:
    """Settings by component, such as `exporters.otlp_grpc`. A release before `oldest` is not known."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.oldest: Version = parse(table["oldest"]) or _NEVER
        self._components: dict[str, dict[str, dict[str, str]]] = table["components"]

    def is_known(self, component: str) -> bool:
        """Whether the settings of a component are known: not those that other libraries read."""
        return component in self._components and component in catalogue().definitions

    def since(self, component: str, setting: str) -> Version | None:
        """The first release that knows a setting of the newest one; None where all that are known do."""
        written = self._components.get(component, {}).get("since", {}).get(setting)
        return parse(written) if written else None

    def until(self, component: str, setting: str) -> Version | None:
        """The last release that knows a setting which the newest one does not."""
        written = self._components.get(component, {}).get("until", {}).get(setting)
        return parse(written) if written else None

    def is_nowhere(self, component: str, setting: str) -> bool:
        """Whether a component has a setting of this name at no place, in no release that is known."""
        if not self.is_known(component) or self.until(component, setting):
            return False
        return setting not in _settings(component)


@cache
def _settings(component: str) -> frozenset[str]:
    """The names of a component's settings in the newest release, at any depth."""
    return frozenset(_names(catalogue().definitions[component], ()))


def _names(schema: Schema, seen: tuple[str, ...]) -> set[str]:
    name = schema.get("$ref", "").rpartition("/")[2]
    if name:
        return set() if name in seen else _names(catalogue().definitions[name], (*seen, name))
    found = set(schema.get("properties", ()))
    below = [*schema.get("properties", {}).values(), schema.get("items"), schema.get("additionalProperties")]
    return found.union(*(_names(each, seen) for each in below if isinstance(each, dict)))


@cache
def history() -> History:
    """The table, read when it is first asked for."""
    text = packaged_text("data", "collector_history.json")
    return History(json.loads(text))

"""What Copilot provides to containers at run time, and what becomes of it elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.migration.inventory import ProvidedVariable
from sidecar_lint.workspace.addons import OutputKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.migration.migration import Migration

_PREFIX: Final = "COPILOT_"


def provided_variables(migration: Migration) -> Iterator[ProvidedVariable]:
    """The variables of Copilot's and of addons; of one with several values each value is one."""
    provided, own = _of_addons(migration), _own(migration)
    found: dict[tuple[str, str], list[str]] = {}
    for container in migration.containers:
        for entry in container.get("environment", ()):
            name, value = str(entry.get("name", "")), str(entry.get("value", ""))
            if name in provided or (name.startswith(_PREFIX) and name not in own):
                found.setdefault((name, value), []).append(str(container.get("name", "")))
    for (name, value), containers in found.items():
        yield ProvidedVariable(name, value, tuple(dict.fromkeys(containers)))


def _of_addons(migration: Migration) -> frozenset[str]:
    outputs = migration.stack.addon_outputs(OutputKind.VARIABLE, OutputKind.SECURITY_GROUP)
    return frozenset(name for output in outputs if (name := output.variable))


def _own(migration: Migration) -> frozenset[str]:
    """The variables that the manifest writes itself."""
    containers = migration.manifest.containers.values()
    return frozenset(name for each in containers for name in each.mapping("variables").entries)

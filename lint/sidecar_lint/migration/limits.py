"""Why a workload cannot go to a target as it is, and what that has no setting for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.migration import express
from sidecar_lint.migration.inventory import TargetLimit
from sidecar_lint.template.task_definition_model import faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.migration.migration import Migration

#: The topic of what no target takes.
REFUSED: Final = "refused"


def limits(migration: Migration) -> Iterator[TargetLimit]:
    """What stands in the way, and what has to be done by hand afterwards."""
    yield from _refused(migration)
    if migration.is_express:
        yield from express.limits(migration)


def _refused(migration: Migration) -> Iterator[TargetLimit]:
    """What ECS's API takes no task definition with, Copilot's included: a value of a wrong type, or a missing one.

    A value that it does not list may be a newer one.
    """
    for fault in faults(migration.template):
        if not fault.values:
            place = migration.origin_place(fault.origins[0]) if fault.origins else None
            text = f"ECS takes no such task definition, from Copilot neither: {fault.message}"
            yield TargetLimit(REFUSED, text, place, blocks=True)

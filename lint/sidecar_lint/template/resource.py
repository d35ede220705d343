"""A resource of a template."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from sidecar_lint.template.values import Lazy, Value

#: Logical ids with what they name, in the order of the template.
Resources: TypeAlias = Iterator[tuple[str, Value]]
DESCRIPTION: Final = "aws:copilot:description"


def resource(
    kind: str,
    properties: Value | Callable[[], Value],
    description: Value = None,
    *,
    depends_on: Value = None,
    condition: str | None = None,
) -> dict[str, Value]:
    """A resource of a type. What makes its properties is called when they are first asked for."""
    made: dict[str, Value] = {}
    if description is not None:
        made["Metadata"] = {DESCRIPTION: description}
    made["Type"] = kind
    if depends_on is not None:
        made["DependsOn"] = depends_on
    if condition is not None:
        made["Condition"] = condition
    made["Properties"] = Lazy(properties) if callable(properties) else properties
    return made

"""Texts with placeholders in them, which a target has variables for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.template.placeholders import split

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sidecar_lint.migration.migration import Migration


class PlaceholderReference(NamedTuple):
    """A placeholder in a text, without its brackets."""

    name: str


def parts(migration: Migration, text: str) -> list[str | PlaceholderReference]:
    """A text as what stands in it by itself, and placeholders; what the manifest itself writes is none."""
    found: list[str | PlaceholderReference] = []
    for at, part in enumerate(split(text)):
        if at % 2 and part not in migration.own_texts:
            found.append(PlaceholderReference(part[1:-1]))
        elif found and isinstance(found[-1], str):
            found[-1] += part
        elif part:
            found.append(part)
    return found


def only_reference(migration: Migration, items: Sequence[Any]) -> str | None:
    """The name of the placeholder that is all there is in a list."""
    if len(items) != 1 or not isinstance(items[0], str):
        return None
    found = parts(migration, items[0])
    return found[0].name if len(found) == 1 and isinstance(found[0], PlaceholderReference) else None


def is_list(name: str) -> bool:
    """Whether a placeholder stands for several values: the subnets that the environment's stack exports."""
    return name in ("PUBLIC_SUBNETS", "PRIVATE_SUBNETS")


def is_number(name: str) -> bool:
    """Whether a placeholder stands for a number: the priority of a rule."""
    return "_RULE_PRIORITY" in name


def references(migration: Migration, value: Any) -> Iterator[str]:
    """The names of the placeholders in a document of plain values, each once, in order."""
    yield from dict.fromkeys(_all(migration, value))


def _all(migration: Migration, value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from (each.name for each in parts(migration, value) if isinstance(each, PlaceholderReference))
    elif isinstance(value, (dict, list, tuple)):
        for child in value.values() if isinstance(value, dict) else value:
            yield from _all(migration, child)

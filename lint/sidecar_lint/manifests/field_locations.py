"""Where the fields of a kind of manifest belong, by their names."""

from __future__ import annotations

from functools import cache
from typing import Final

from sidecar_lint.manifests.schemas import FILES, Field, fields

#: No field that anybody looks for by its name is deeper.
_HOME_DEPTH: Final = 5


@cache
def homes(kind: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Where each field name belongs in a kind of manifest, shallow places first.

    A step of `*` stands for a name of the user's choice. Environments repeat the rest and are left
    out.
    """
    found: dict[str, list[tuple[str, ...]]] = {}
    pending: list[tuple[tuple[str, ...], Field]] = [((), fields(kind))]
    for path, field in pending:
        if len(path) > _HOME_DEPTH:
            continue
        for name in field.properties:
            if name != "environments":
                found.setdefault(name, []).append(path)
                pending.append(((*path, name), Field(field.properties[name], field.root)))
        below = field.child("*") if not field.properties else None
        if below is not None and below.is_struct:
            pending.append(((*path, "*"), below))
        item = field.item()
        if item is not None and item.is_struct:
            pending.append(((*path, "[]"), item))
    return {name: tuple(paths) for name, paths in found.items()}


def generic(kind: str, path: tuple[str | int, ...]) -> tuple[str, ...]:
    """A path as `homes` has it: names of the user's choice are `*`, items `[]`, an environment is left out."""
    inside = kind in FILES and path[:1] == ("environments",)
    field: Field | None = fields(kind)
    steps: list[str] = []
    for step in path[2:] if inside else path:
        if isinstance(step, int):
            steps.append("[]")
            field = field.item() if field else None
        else:
            named = field is not None and not field.is_struct and field.child(step) is not None
            steps.append("*" if named else step)
            field = field.child(step) if field else None
    return tuple(steps)

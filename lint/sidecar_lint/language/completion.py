"""What can be written at a place: keys, values, names, files; nothing that the place does not allow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.escaping import snippet
from sidecar_lint.language import candidates
from sidecar_lint.language.cursor import Cursor, cursor
from sidecar_lint.language.error_recovery import readable
from sidecar_lint.manifests.field_locations import generic
from sidecar_lint.manifests.schemas import ENVIRONMENT, PIPELINE, Field, fields
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Node, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.manifests.file import ManifestFile
    from sidecar_lint.syntax.span import Span

Path = tuple[str | int, ...]

#: What a section cannot do without; offered first, and written with it.
_NEEDED: Final[dict[tuple[str, ...], tuple[str, ...]]] = {
    (): ("name", "type", "image"),
    ("http",): ("path",),
    ("nlb",): ("port",),
    ("sidecars", "*"): ("image",),
    ("sidecars", "*", "mount_points", "*"): ("source_volume", "path"),
    ("sidecars", "*", "healthcheck"): ("command",),
    ("image", "healthcheck"): ("command",),
    ("logging", "destination"): ("Name",),
    ("storage", "volumes", "*"): ("path",),
    ("publish", "topics", "*"): ("name",),
    ("subscribe", "topics", "*"): ("name", "service"),
    ("on",): ("schedule",),
}
_RULE: Final = ("cidr", "ip_protocol", "ports")
#: The same for other kinds of manifest.
_NEEDED_ELSEWHERE: Final[dict[str, dict[tuple[str, ...], tuple[str, ...]]]] = {
    ENVIRONMENT: {
        (): ("name", "type"),
        ("network", "vpc", "security_group", "ingress", "*"): _RULE,
        ("network", "vpc", "security_group", "egress", "*"): _RULE,
        ("cdn", "static_assets"): ("alias", "location", "path"),
    },
    PIPELINE: {
        (): ("name", "version", "source", "stages"),
        ("source",): ("provider", "properties"),
        ("source", "properties"): ("repository", "branch"),
        ("stages", "*"): ("name",),
        ("stages", "*", "pre_deployments", "*"): ("buildspec",),
        ("stages", "*", "post_deployments", "*"): ("buildspec",),
    },
}
_STEP: Final = "  "


class Completion(NamedTuple):
    """Something that can be written: `text` (a snippet in LSP's syntax if `is_snippet`) for `replace`.

    `kind` is field, value, reference or file; a lower `rank` comes first.
    """

    label: str
    kind: str
    replace: Span
    text: str
    is_snippet: bool = False
    detail: str = ""
    documentation: str = ""
    rank: int = 1

    @property
    def plain(self) -> str:
        """The text for an editor that takes no snippets."""
        return re.sub(r"\\(.)|\$[0-9]+", r"\1", self.text)


def complete(file: ManifestFile, offset: int) -> list[Completion]:
    """What can be written at an offset (code points) of a manifest, the most likely first."""
    at = cursor(file.source.text, offset)
    if at is None:
        return []
    known = readable(file, offset)
    found = list(_values(known, at) if at.key is not None else _keys(known, at))
    return sorted(found, key=lambda each: each.rank)


def _keys(file: ManifestFile, at: Cursor) -> Iterator[Completion]:
    top = _top(file)
    field = top.at(iter(at.path)) if top else None
    if top is None or field is None:
        yield from _first_keys(file, at)
        return
    if at.in_list and not field.is_struct:
        yield from _choices(file, at, field)
        return
    written = set(_written(file, at.path))
    needed = _needed(file.kind, at.path)
    for name in field.properties:
        if name not in written and not name.startswith("x-"):
            yield _key(name, field.child(name), at, 0 if name in needed else 1, kind=file.kind)
    if not field.is_struct and field.type in ("map", "any"):
        for each in candidates.names(file, at.path):
            if each.text not in written:
                yield _key(each.text, field.child(each.text), at, each.rank, each.detail, kind=file.kind)


def _first_keys(file: ManifestFile, at: Cursor) -> Iterator[Completion]:
    """A manifest that does not say its type yet needs that first."""
    if at.path:
        return
    written = _written(file, ())
    yield from (_key(name, None, at, 0) for name in ("name", "type") if name not in written)


def _key(  # noqa: PLR0913  what a key is, and where
    name: str, field: Field | None, at: Cursor, rank: int, detail: str = "", *, kind: str | None = None
) -> Completion:
    text, is_snippet = (name, False) if at.has_colon else _with_value(name, field, at, kind)
    title, documentation = _words(field)
    return Completion(name, "field", at.word, text, is_snippet, detail or title, documentation, rank)


def _with_value(name: str, field: Field | None, at: Cursor, kind: str | None) -> tuple[str, bool]:
    """A key with the beginning of its value: lines of their own for a map or a list."""
    if at.indent is None or field is None or field.type not in ("map", "list"):
        return f"{name}: ", False
    indent = " " * at.indent + _STEP
    needed = _needed(kind, (*at.path, name, *([0] if field.type == "list" else [])))
    keys = [f"{key}: ${number}" for number, key in enumerate(needed, 1)] or ["$0"]
    name = snippet(name)
    if field.type == "list":
        return f"{name}:\n{indent}- " + f"\n{indent}{_STEP}".join(keys), True
    return f"{name}:\n{indent}" + f"\n{indent}".join(keys), True


def _values(file: ManifestFile, at: Cursor) -> Iterator[Completion]:
    top = _top(file)
    field = top.at(iter(at.full_path)) if top else None
    yield from _choices(file, at, field)


def _choices(file: ManifestFile, at: Cursor, field: Field | None) -> Iterator[Completion]:
    """The values that are known: names of the manifest, files, and what the schema lists."""
    seen: set[str] = set()
    for choice in candidates.values(file, at, field):
        if choice.text not in seen:
            seen.add(choice.text)
            yield Completion(
                choice.text,
                choice.kind,
                at.word,
                _quoted(choice.text, at),
                detail=choice.detail,
                rank=choice.rank,
            )


def _quoted(text: str, at: Cursor) -> str:
    """A value in the quotes that it needs, or that are already there."""
    quote = at.typed[:1]
    if quote in ("'", '"'):
        return f"{quote}{text}{quote}"
    return f'"{text}"' if text[:1] in "*&!|>%@`{[" or ": " in text else text


def _top(file: ManifestFile) -> Field | None:
    return fields(file.kind) if file.kind else None


def _words(field: Field | None) -> tuple[str, str]:
    schema = field.schema if field else {}
    return schema.get("title", ""), schema.get("description", "")


def _needed(kind: str | None, path: Path) -> tuple[str, ...]:
    """What the section at a path cannot do without; an override needs nothing."""
    if kind is not None and kind in _NEEDED_ELSEWHERE:
        place = tuple("*" if step == "[]" else step for step in generic(kind, path))
        return _NEEDED_ELSEWHERE[kind].get(place, ())
    return () if path[:1] == ("environments",) else _NEEDED.get(candidates.pattern(path), ())


def _written(file: ManifestFile, path: Path) -> list[str]:
    """The keys that a map has already."""
    node: Node | None = file.root
    for step in path:
        if isinstance(step, int):
            node = node.items[step] if isinstance(node, Sequence) and step < len(node.items) else None
        else:
            node = node.entries.get(step) if isinstance(node, Mapping) else None
    return list(node.entries) if isinstance(node, Mapping) else []

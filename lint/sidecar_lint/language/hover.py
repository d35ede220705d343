"""What there is to say about what the cursor is on, as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.escaping import markdown, markdown_code
from sidecar_lint.finding import ANY_ENVIRONMENT
from sidecar_lint.language.error_recovery import without_environment
from sidecar_lint.language.names import ENVIRONMENT, WORKLOAD, Name, name_at
from sidecar_lint.language.places import Place, place_at
from sidecar_lint.linting.hidden import Hidden, hidden_in
from sidecar_lint.linting.inputs import ManifestInput
from sidecar_lint.manifests.manifest import Document
from sidecar_lint.manifests.schema_check import dotted, node_at
from sidecar_lint.manifests.schemas import Field, fields
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.pages.docstring import summary
from sidecar_lint.syntax.nodes import Node, Scalar
from sidecar_lint.syntax.outline import Outline
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sidecar_lint.manifests.file import ManifestFile
    from sidecar_lint.rulebook.rule import Rule

_SUPPRESSION: Final = re.compile(r"#\s*sidecar-lint:\s*ignore(?:-file)?\[([^\]#]*)\]")
_CODE: Final = re.compile(r"[A-Za-z0-9-]+")
_LIMITS: Final = {"minimum": "at least", "maximum": "at most"}
_REST: Final = "any other"


class Hover(NamedTuple):
    """A text in Markdown, and what it is about."""

    markdown: str
    span: Span


def hover(file: ManifestFile, offset: int, rules: Iterable[Rule] = ()) -> Hover | None:
    """What to show for an offset (code points); None where there is nothing to say.

    `rules` are those that comments may name.
    """
    about_rule = _rule(file, offset, rules)
    if about_rule:
        return about_rule
    place = place_at(Outline(file.source), offset)
    span = _under(place, offset) if place else None
    if place is None or span is None or file.kind is None:
        return None
    hidden = Hidden(hidden_in(ManifestInput(file) if isinstance(file, Document) else file))
    parts = [*_name(file, offset, hidden), *_field(file.kind, place)]
    if isinstance(file, Document):
        parts += _effective(file, place, hidden)
    return Hover("\n\n".join(parts), span) if parts else None


def _under(place: Place, offset: int) -> Span | None:
    """The key or the scalar that an offset is on."""
    key, node = place.node.key, place.node
    if key is not None and place.on_key(offset):
        return key.span
    is_inside = isinstance(node, Scalar) and node.span.start <= offset <= node.span.end
    return node.span if is_inside and node.alias is None else None


def _rule(file: ManifestFile, offset: int, rules: Iterable[Rule]) -> Hover | None:
    source = file.source
    line = source.position(offset).line
    comment = _SUPPRESSION.search(source.line(line))
    if comment is None:
        return None
    start = source.line_starts[line] + comment.start(1)
    for word in _CODE.finditer(comment[1]):
        span = Span(start + word.start(), start + word.end())
        rule = next((rule for rule in rules if word[0].lower() in (rule.code.lower(), rule.name)), None)
        if rule and span.start <= offset <= span.end:
            head = f"**{markdown(rule.code)} {markdown(rule.name)}** ({rule.severity}, stage {rule.stage})"
            return Hover(f"{head}\n\n{summary(rule)}", span)
    return None


def _name(file: ManifestFile, offset: int, hidden: Hidden) -> Iterator[str]:
    name = name_at(file, offset)
    if name and isinstance(file, Document):
        yield from _described(file, name, hidden)
    elif name and name.kind in (ENVIRONMENT, WORKLOAD):
        yield f"{name.kind.capitalize()} {markdown_code(name.text)}"


def _described(document: Document, name: Name, hidden: Hidden) -> Iterator[str]:
    if name.kind == "sidecar":
        containers = (each.containers.get(name.text) for each in document.manifests)
        container = next(filter(None, containers), None)
        if container is None:
            return
        image, port = container.image, container.port
        words = [
            f"image {_code(image, hidden)}" if image else "",
            f"port {_code(port, hidden)}" if port else "",
        ]
        told = ", ".join(filter(None, words)) or "declared by environments"
        yield f"Sidecar {markdown_code(name.text)}: {told}"
    elif name.kind == "volume":
        volumes = (volume for each in document.manifests for volume in each.task_volumes)
        volume = next((each for each in volumes if each.name == name.text), None)
        if volume is None:
            return
        path = f", mounted at {_code(volume.path, hidden)}" if volume.path else ""
        where = "on EFS" if volume.has_file_system else "scratch, gone with the task"
        yield f"Volume {markdown_code(name.text)}: {where}{path}"


def _field(kind: str, place: Place) -> Iterator[str]:
    field = fields(kind).at(iter(place.path))
    title = field.schema.get("title") if field else None
    if field is None or not title:
        return
    yield f"**{title}** {markdown_code(dotted(without_environment(place.path)) or str(place.path[-1]))}"
    description = field.schema.get("description")
    if description:
        yield description
    facts = ", ".join(_facts(field))
    if facts:
        yield facts


def _facts(field: Field) -> Iterator[str]:
    if field.type != "any":
        yield f"Type: {field.type}"
    default = field.schema.get("default")
    if default is not None:
        yield f"default: `{str(default).lower() if isinstance(default, bool) else default}`"
    yield from (f"{words} {field.schema[limit]}" for limit, words in _LIMITS.items() if limit in field.schema)


def _effective(document: Document, place: Place, hidden: Hidden) -> Iterator[str]:
    """The value in each environment and its line, where environments have a say."""
    path = without_environment(place.path)
    if not document.overrides or not path or path[0] == "environments":
        return
    rows = []
    for manifest in document.manifests:
        node = node_at(manifest.root, path)
        where = _REST if manifest.environment == ANY_ENVIRONMENT else markdown_code(manifest.environment)
        if isinstance(node, Scalar):
            rows.append(f"| {where} | {_code(node, hidden)} | line {_line(document, node)} |")
        elif node is None:
            rows.append(f"| {where} | not set | |")
    if any(" line " in row for row in rows):
        yield "\n".join(["| environment | value | from |", "|---|---|---|", *rows])


def _code(node: Scalar, hidden: Hidden) -> str:
    """The first line of a value as code, unless it is hidden."""
    return markdown_code(hidden.text(node, node.text.split("\n")[0])) or "(empty)"


def _line(document: Document, node: Node) -> int:
    return document.source.position(node.span.start).line + 1

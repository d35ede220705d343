"""The manifest of one environment as YAML: merged and interpolated, with the comments it had.

ruamel.yaml writes; it never reads, because it does not read all that Copilot does. Comments are
taken from the text as written, by the lines of the keys and items they stand above or beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any, Final, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import CommentMark
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.tokens import CommentToken

from sidecar_lint.escaping import needs_no_escape, terminal, yaml_document
from sidecar_lint.finding import ANY_ENVIRONMENT, Span
from sidecar_lint.manifests.document import Document
from sidecar_lint.manifests.interpolation import ENVIRONMENT, interpolate
from sidecar_lint.manifests.manifest import Manifest
from sidecar_lint.syntax.nearest import closest
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.tags import BINARY

_MAP: Final = "tag:yaml.org,2002:map"
_SEQ: Final = "tag:yaml.org,2002:seq"
_STR: Final = "tag:yaml.org,2002:str"
_UNFOLDED: Final = 1 << 30
_SURROGATE = re.compile("[\ud800-\udfff]")
#: What may stand between the end of a value, or of a key, and a comment on its line.
_AFTER_VALUE = re.compile(r"[ \t]*,?[ \t]+(#.*)")
_AFTER_KEY = re.compile(r"[ \t]*:(?:[ \t]+[&!][^ \t]*)*[ \t]+(#.*)")


class CannotRender(Exception):  # noqa: N818  the manifest is at fault
    """There is no manifest to show: the file cannot be understood."""


class Rendered(NamedTuple):
    """YAML, and what its reader should know about it."""

    text: str
    note: str = ""


def render(data: bytes, path: str, environment: str, *, origin: bool = False) -> Rendered:
    """The manifest that an environment gets. Raises CannotRender.

    `origin` adds to each value where it is written.
    """
    document = Document(Source.from_bytes(path, data))
    manifest = _manifest(document, environment)
    over = document.overrides.get(environment)
    writer = _Writer(document, Origins(document.source, environment, over) if origin else None)
    return Rendered(writer.text(manifest.root), _note(document, environment))


def _manifest(document: Document, environment: str) -> Manifest:
    """The manifest of an environment, or of any that the file does not name."""
    named = environment if environment in document.overrides else ANY_ENVIRONMENT
    base = document.manifest(named)
    if base is None:
        raise CannotRender(_reason(document))
    if environment == named:
        return base
    root = interpolate(base.root, {ENVIRONMENT: environment}, document.source.text)
    return Manifest(document, environment, base.kind, root if isinstance(root, Mapping) else base.root)


def _reason(document: Document) -> str:
    if document.problem:
        line = document.source.position(document.problem.span.start).line + 1
        # What is quoted may be of a secret: nobody knows what such a file is.
        problem = re.sub(" '[^']*'", "", document.problem.problem)
        return f"not YAML: line {line}: {problem}"
    if document.type is None:
        return "it has no `type`, so it is no manifest of a workload"
    return f"{document.type.text!r} is no workload type of Copilot's"


def _note(document: Document, environment: str) -> str:
    names = list(document.overrides)
    if not names or environment in (ANY_ENVIRONMENT, *names):
        return ""
    nearest = closest(environment, names)
    hint = f"did you mean {nearest!r}?" if nearest else f"it names {', '.join(names)}"
    return f"the file names no environment {environment!r} ({hint}): this is what any other one gets"


class Origins:
    """Where the values of an environment's manifest are written."""

    def __init__(self, source: Source, environment: str, over: Mapping | None) -> None:
        self._source = source
        self._environment = environment
        self._spans = [span for span in (over.span, over.alias) if span] if over else []

    def of(self, node: Node, alias: Span | None) -> str:
        """The line of a value, and which half of the file it is in; `alias` is how it got there."""
        line = self._source.position(node.place.start).line + 1
        places = [span for span in (node.place, node.alias, alias) if span]
        overridden = any(_within(place, span) for place in places for span in self._spans)
        return terminal(f"line {line}, {f'environments.{self._environment}' if overridden else 'base'}")


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


class _Comments:
    """The comments of a text, each given out once."""

    def __init__(self, document: Document) -> None:
        self._source = document.source
        self._content = set(_lines_of_text(document))
        self._used: set[int] = set()

    def above(self, offset: int) -> list[str]:
        """The comment lines, and empty ones between them, right above the line of an offset."""
        number = self._source.position(offset).line
        found: list[str] = []
        while number and number - 1 not in self._used and self._is_comment(number - 1):
            number -= 1
            self._used.add(number)
            found.append(self._source.line(number).strip())
        return found[::-1]

    def beside(self, key: Scalar | None, value: Node) -> str:
        """The comment at the end of the line of a key or a value."""
        block = isinstance(value, Mapping | Sequence) and not value.flow
        after_key = key is not None and (block or value.span.start == value.span.end)
        if isinstance(value, Scalar) and value.style in ("|", ">"):
            return ""
        end = key.span.end if after_key and key else value.span.end
        at = self._source.position(end)
        if (block and not after_key) or at.line in self._used:
            return ""
        match = (_AFTER_KEY if after_key else _AFTER_VALUE).match(self._source.line(at.line), at.column)
        if match:
            self._used.add(at.line)
        return match[1].rstrip() if match else ""

    def rest(self, root: Mapping) -> list[str]:
        """The comments after everything else, unless they follow the environments' section."""
        last = max(root.entries.values(), key=lambda node: node.place.end, default=None)
        if last is None or (last.key is not None and last.key.text == "environments"):
            return []
        return self.above(len(self._source.text))

    def _is_comment(self, number: int) -> bool:
        line = self._source.line(number).strip()
        return (not line or line[0] == "#") and number not in self._content


def _lines_of_text(document: Document) -> Iterator[int]:
    """The lines of scalars that have several: a # there is no comment."""
    position = document.source.position
    for scalar in document.scalars:
        first, last = position(scalar.span.start).line, position(max(scalar.span.end - 1, 0)).line
        yield from range(first + 1, last + 1)


class _Writer:
    """Turns a manifest into ruamel's nodes, and those into text."""

    def __init__(self, document: Document, origins: Origins | None) -> None:
        self._document = document
        self._comments = _Comments(document)
        self._origins = origins
        self._yaml = YAML()
        self._yaml.width = _UNFOLDED
        self._yaml.indent(mapping=2, sequence=4, offset=2)

    def text(self, root: Mapping) -> str:
        out = StringIO()
        nodes = self._mapping(root, 0, None)
        serializer, _, _ = self._yaml.get_serializer_representer_emitter(out, None)
        serializer.open()
        serializer.serialize(nodes)
        serializer.close()
        rest = self._comments.rest(self._document.root or root)
        return yaml_document(out.getvalue() + "".join(f"{line}\n" for line in rest))

    def _node(self, node: Node, column: int, alias: Span | None) -> Any:
        alias = node.alias or alias
        if isinstance(node, Mapping):
            return self._mapping(node, column, alias)
        if isinstance(node, Sequence):
            return self._sequence(node, column, alias)
        return self._scalar(node) if isinstance(node, Scalar) else ScalarNode(_STR, "")

    def _mapping(self, node: Mapping, column: int, alias: Span | None) -> Any:
        pairs = []
        for key, value in node:
            written = self._scalar(key)
            above = self._comments.above(key.span.start)
            beside = self._beside(key, value, alias)
            if beside and not _takes_comment(value):
                above, beside = [*above, *beside], []
            _comment(written, above=above, column=column)
            child = self._node(value, column + 2, alias)
            _comment(child, beside=beside)
            pairs.append((written, child))
        return MappingNode(_MAP, pairs, flow_style=not pairs)

    def _sequence(self, node: Sequence, column: int, alias: Span | None) -> Any:
        plain = all(isinstance(item, Scalar) for item in node.items)
        if node.flow and plain:
            items = [self._scalar(item) for item in node.items if isinstance(item, Scalar)]
            return SequenceNode(_SEQ, items, flow_style=True)
        return SequenceNode(_SEQ, [*self._items(node, column + 2, alias)], flow_style=not node.items)

    def _items(self, node: Sequence, column: int, alias: Span | None) -> Iterator[Any]:
        for item in node.items:
            above = self._comments.above(item.place.start)
            beside = self._beside(None, item, alias) if isinstance(item, Scalar) else []
            if beside and not _takes_comment(item):
                above, beside = [*above, *beside], []
            written = self._node(item, column, alias)
            _comment(written, above=above, beside=beside, column=column - 2)
            yield written

    def _beside(self, key: Scalar | None, value: Node, alias: Span | None) -> list[str]:
        """What stands at the end of a line: where the value is from, and the comment it had."""
        comment = self._comments.beside(key, value)
        leaf = isinstance(value, Scalar) or not _takes_comment(value)
        origin = f"# {self._origins.of(value, alias)}" if self._origins and leaf else ""
        return [text for text in (origin, comment) if text]

    def _scalar(self, node: Scalar) -> Any:
        text = _SURROGATE.sub("\ufffd", node.text)
        style = node.style if needs_no_escape(text) else '"'
        if node.tag == BINARY:  # already decoded
            return ScalarNode(_STR, text, style=style or '"')
        if node.tag is not None:
            return ScalarNode(node.tag, text, style=style or None)
        # libyaml has no "<<" of its own: quoted it is a key like any other.
        style = style or ('"' if text == "<<" else "")
        if style:
            return ScalarNode(_STR, text, style="|" if style == ">" else style)
        return ScalarNode(self._yaml.resolver.resolve(ScalarNode, text, (True, False)), text)


def _takes_comment(value: Node) -> bool:
    """Whether a comment can stand at the end of its first line."""
    if isinstance(value, Scalar):
        return "\n" not in value.text and value.style not in ("|", ">")
    if isinstance(value, Mapping):
        return bool(value.entries)
    return isinstance(value, Sequence) and bool(value.items) and not value.flow


def _comment(node: Any, *, above: Iterable[str] = (), beside: Iterable[str] = (), column: int = 0) -> None:
    before = [_token(f"{line}\n", column) if line else _token("\n", 0) for line in above]
    after = "  ".join(beside)
    if before or after:
        node.comment = [_token(f"{after}\n", 0) if after else None, before or None]


def _token(text: str, column: int) -> Any:
    return CommentToken(text, CommentMark(column), None)

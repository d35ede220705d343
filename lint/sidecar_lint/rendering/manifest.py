"""The manifest of one environment as YAML: merged and interpolated, with the comments it had.

ruamel.yaml writes; it never reads, because it does not read all that Copilot does. Comments are
taken from the text as written, by the lines of the keys and items they stand above or beside.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from sidecar_lint.escaping import needs_no_escape, yaml_document
from sidecar_lint.rendering.yaml_nodes import MAP, SEQ, STR, comment, document_text, plain_scalar
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence
from sidecar_lint.syntax.tags import BINARY
from sidecar_lint.template.values import Short, Sourced, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.manifests.manifest import Manifest
    from sidecar_lint.manifests.workload_file import WorkloadFile
    from sidecar_lint.rendering.origins import Origins
    from sidecar_lint.syntax.span import Span

_SURROGATE = re.compile("[\ud800-\udfff]")
#: What may stand between the end of a value, or of a key, and a comment on its line.
_AFTER_VALUE = re.compile(r"(?:[ \t]*+,)?+[ \t]++(#.*)")
_AFTER_KEY = re.compile(r"[ \t]*+:(?:[ \t]++[&!][^ \t]*+)*+[ \t]++(#.*)")


def manifest_text(manifest: Manifest, origins: Origins | None = None) -> str:
    """The manifest as YAML; `origins` say after each value where it is written."""
    return _ManifestWriter(manifest.document, origins).text(manifest.root)


def manifest_value(node: Node) -> Value:
    """The same as data: scalars are what Copilot's reader takes them for."""
    value = _value(node)
    if node.tag is not None and node.tag.startswith("!") and node.tag != "!":
        return Short(node.tag[1:], value)
    return Sourced(value, node)


def _value(node: Node) -> Value:
    if isinstance(node, Mapping):
        return {name: manifest_value(child) for name, child in node.entries.items()}
    if isinstance(node, Sequence):
        return [manifest_value(item) for item in node.items]
    return node.resolved if isinstance(node, Scalar) else None


class _Comments:
    """The comments of a text, each given out once."""

    def __init__(self, document: WorkloadFile) -> None:
        self._source = document.source
        self._content = set(_lines_of_text(document))
        self._used: set[int] = set()

    def above(self, offset: int) -> list[str]:
        """The comment lines, and empty ones between them, right above the line of an offset."""
        number = self._source.position(offset).line
        found: list[str] = []
        while number and number - 1 not in self._used and self._iscomment(number - 1):
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

    def _iscomment(self, number: int) -> bool:
        line = self._source.line(number).strip()
        return (not line or line[0] == "#") and number not in self._content


def _lines_of_text(document: WorkloadFile) -> Iterator[int]:
    """The lines of scalars that have several: a # there is no comment."""
    position = document.source.position
    for scalar in document.scalars:
        first, last = position(scalar.span.start).line, position(max(scalar.span.end - 1, 0)).line
        yield from range(first + 1, last + 1)


class _ManifestWriter:
    """Turns a manifest into ruamel's nodes, and those into text."""

    def __init__(self, document: WorkloadFile, origins: Origins | None) -> None:
        self._document = document
        self._comments = _Comments(document)
        self._origins = origins

    def text(self, root: Mapping) -> str:
        written = document_text(self._mapping(root, 0, None))
        rest = self._comments.rest(self._document.root or root)
        return yaml_document(written + "".join(f"{line}\n" for line in rest))

    def _node(self, node: Node, column: int, alias: Span | None) -> Any:
        alias = node.alias or alias
        if isinstance(node, Mapping):
            return self._mapping(node, column, alias)
        if isinstance(node, Sequence):
            return self._sequence(node, column, alias)
        return self._scalar(node) if isinstance(node, Scalar) else ScalarNode(STR, "")

    def _mapping(self, node: Mapping, column: int, alias: Span | None) -> Any:
        pairs = []
        for key, value in node:
            written = self._scalar(key)
            above = self._comments.above(key.span.start)
            beside = self._beside(key, value, alias)
            if beside and not _takescomment(value):
                above, beside = [*above, *beside], []
            comment(written, above=above, column=column)
            child = self._node(value, column + 2, alias)
            comment(child, beside=beside)
            pairs.append((written, child))
        return MappingNode(MAP, pairs, flow_style=not pairs)

    def _sequence(self, node: Sequence, column: int, alias: Span | None) -> Any:
        plain = all(isinstance(item, Scalar) for item in node.items)
        if node.flow and plain:
            items = [self._scalar(item) for item in node.items if isinstance(item, Scalar)]
            return SequenceNode(SEQ, items, flow_style=True)
        return SequenceNode(SEQ, [*self._items(node, column + 2, alias)], flow_style=not node.items)

    def _items(self, node: Sequence, column: int, alias: Span | None) -> Iterator[Any]:
        for item in node.items:
            above = self._comments.above(item.place.start)
            beside = self._beside(None, item, alias) if isinstance(item, Scalar) else []
            if beside and not _takescomment(item):
                above, beside = [*above, *beside], []
            written = self._node(item, column, alias)
            comment(written, above=above, beside=beside, column=column - 2)
            yield written

    def _beside(self, key: Scalar | None, value: Node, alias: Span | None) -> list[str]:
        """What stands at the end of a line: where the value is from, and the comment it had."""
        comment = self._comments.beside(key, value)
        leaf = isinstance(value, Scalar) or not _takescomment(value)
        origin = f"# {self._origins.of(value, alias)}" if self._origins and leaf else ""
        return [text for text in (origin, comment) if text]

    def _scalar(self, node: Scalar) -> Any:
        text = _SURROGATE.sub("\ufffd", node.text)
        style = node.style if needs_no_escape(text) else '"'
        if node.tag == BINARY:  # already decoded
            return ScalarNode(STR, text, style=style or '"')
        if node.tag is not None:
            return ScalarNode(node.tag, text, style=style or None)
        # libyaml has no "<<" of its own: quoted it is a key like any other.
        style = style or ('"' if text == "<<" else "")
        if style:
            return ScalarNode(STR, text, style="|" if style == ">" else style)
        return plain_scalar(text)


def _takescomment(value: Node) -> bool:
    """Whether a comment can stand at the end of its first line."""
    if isinstance(value, Scalar):
        return "\n" not in value.text and value.style not in ("|", ">")
    if isinstance(value, Mapping):
        return bool(value.entries)
    return isinstance(value, Sequence) and bool(value.items) and not value.flow

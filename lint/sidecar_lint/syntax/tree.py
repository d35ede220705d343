"""YAML as a tree that knows where everything stands. The only module that imports a YAML parser.

It reads as Copilot reads: libyaml's grammar (that of Go's yaml.v3), the first document only,
anchors, aliases and merge keys followed, duplicate keys kept. What a scalar *is* depends on the
field that receives it, so scalars keep their text and resolve when asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Final, NamedTuple

import yaml

from sidecar_lint.finding import Span
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence
from sidecar_lint.syntax.source import Source

#: Deeper than this nothing is read: no field of a manifest is a tenth as deep, and what walks the
#: tree may recurse.
DEPTH_LIMIT: Final = 60
#: yaml.v3 gives up here (decode.go, `max_depth`).
_COPILOT_DEPTH_LIMIT: Final = 10_000
_EXPANSION_FLOOR: Final = 400_000
_EXPANSION_CEILING: Final = 4_000_000

_Parser: Any = getattr(yaml, "CLoader", yaml.Loader)
#: Some builds of libyaml stop a thousand levels down, which yaml.v3 does not.
_TOO_DEEP: Final = "exceeded maximum nesting depth"
_BRACKETS: Final = {"[": 1, "{": 1, "]": -1, "}": -1}
#: What may stand before a value, and is no part of it: an anchor, a tag, blanks and comments.
_PROPERTY: Final = re.compile(r"&[0-9A-Za-z_-]*+|!(?:<[^>\s]*+>?|[^\s,\[\]{}]*+)")
_GAP: Final = re.compile("(?:[ \t\r\n\x85\u2028\u2029]++|#[^\r\n\x85\u2028\u2029]*+)*+")
_BYTE_ORDER_MARK: Final = "\ufeff"
#: What libyaml refuses, as a pattern; it takes long to compile and is seldom needed.
_CONTROL: Final = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def _parser(text: str) -> Any:
    """A parser whose places are those of the text: it takes a byte order mark away without counting it."""
    return _Parser(_BYTE_ORDER_MARK + text if text.startswith(_BYTE_ORDER_MARK) else text)


class SyntaxProblem(NamedTuple):
    """Why a text is no YAML: where the parser gave up, what it said, and where it had started.

    `span` covers the code point at which it stopped.
    """

    span: Span
    problem: str
    context: str = ""
    context_start: int | None = None


class Tree(NamedTuple):
    """What was read: the root of the first document, and what is odd about the text."""

    root: Node | None = None
    problem: SyntaxProblem | None = None
    #: Where a second document begins, if there is one with content.
    second_document: Span | None = None
    #: The first value that is nested too deeply to be read; without a root, nothing was read at all.
    too_deep: Span | None = None

    @property
    def unread(self) -> bool:
        """Whether nothing is known of the text: it is no YAML, or nested too deeply for the parser."""
        return self.problem is not None or (self.root is None and self.too_deep is not None)


def read(source: Source) -> Tree:
    """Read a text. Anything is acceptable input; what is not YAML becomes `problem`."""
    if source.undecodable:
        at = source.undecodable.offset
        return Tree(problem=SyntaxProblem(Span(at, at), source.undecodable.reason))
    try:
        composer = _Composer(source.text)
        root = composer.compose()
    except _Refused as refused:
        return Tree(problem=refused.problem)
    except (yaml.reader.ReaderError, UnicodeEncodeError):
        return Tree(problem=_control_character(source.text))
    except yaml.MarkedYAMLError as error:
        problem = _problem(error, len(source.text))
        return _too_deep(source.text, problem) if problem.problem == _TOO_DEEP else Tree(problem=problem)
    return Tree(root, None, composer.second_document(), composer.too_deep)


def _too_deep(text: str, problem: SyntaxProblem) -> Tree:
    """What is known of a text that libyaml stopped reading: only whether yaml.v3 would stop, too."""
    depth = max(accumulate(_BRACKETS.get(character, 0) for character in text))
    if depth > _COPILOT_DEPTH_LIMIT:
        return Tree(problem=problem._replace(problem=f"exceeded max depth of {_COPILOT_DEPTH_LIMIT}"))
    return Tree(too_deep=problem.span)


def scalars(text: str) -> Iterator[tuple[Span, str]]:
    """Where scalars are written in a whole stream, keys included, each with its style.

    Where the text stops being YAML, all that follows counts as one more, of style `?`.
    """
    parser = _parser(text)
    at = 0
    try:
        while not isinstance(token := parser.get_token(), yaml.StreamEndToken):
            at = token.end_mark.index
            if isinstance(token, yaml.ScalarToken):
                yield _span(token), token.style or ""
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark.index if error.problem_mark else at
        yield Span(min(at, len(text)), len(text)), "?"
    except (yaml.reader.ReaderError, UnicodeEncodeError):
        yield Span(at, len(text)), "?"


class _Refused(Exception):  # noqa: N818  not an error of ours: yaml.v3 would refuse this
    def __init__(self, span: Span, problem: str) -> None:
        super().__init__(problem)
        self.problem = SyntaxProblem(span, problem)


def _control_character(text: str) -> SyntaxProblem:
    found = re.search(_CONTROL, text)
    at = found.start() if found else 0
    name = f"U+{ord(text[at]):04X}" if found else "a character"
    return SyntaxProblem(Span(at, at + 1), f"control characters are not allowed: {name}")


def _problem(error: yaml.MarkedYAMLError, length: int) -> SyntaxProblem:
    mark = error.problem_mark or error.context_mark
    at = min(mark.index, length) if mark else 0
    start = error.context_mark.index if error.context_mark else None
    return SyntaxProblem(
        Span(at, min(at + 1, length)), error.problem or "not YAML", error.context or "", start
    )


@dataclass(slots=True)
class _Open:
    """A collection whose end has not been read yet."""

    node: Any  # a Mapping or a Sequence
    anchor: str | None
    size: int = 1
    key: Node | None = None
    merges: list[Node] = field(default_factory=list)


class _Composer:
    """Turns parser events into nodes, without recursion: depth costs memory, not stack."""

    def __init__(self, text: str) -> None:
        self.too_deep: Span | None = None
        self._text = text
        self._next = _parser(text).get_event
        self._handlers: dict[type, Callable[[Any], None]] = {
            yaml.DocumentStartEvent: self._directives,
            yaml.MappingStartEvent: self._start,
            yaml.SequenceStartEvent: self._start,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
        }
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Node | None, int]] = {}
        self._root: Node | None = None
        self._aliased = 0

    def compose(self) -> Node | None:
        """The root of the first document; None for an empty stream."""
        next_event, handlers, text = self._next, self._handlers, self._text
        while True:
            event = next_event()
            kind = event.__class__
            if kind is yaml.ScalarEvent:  # most events are, so they take the shortest way
                # As Span(…), without its Python-level __new__.
                span = tuple.__new__(Span, (event.start_mark.index, event.end_mark.index))
                node = Scalar(span, event.value, event.style or "", tag=event.tag)
                if text.startswith(("&", "!"), span.start):
                    self._strip(node, event.anchor)
                self._add(node, 1)
            elif kind in handlers:
                handlers[kind](event)
            elif kind is yaml.DocumentEndEvent or kind is yaml.StreamEndEvent:
                return self._root

    def _strip(self, scalar: Scalar, anchor: str | None) -> None:
        """Take an anchor and a tag off the span of a scalar."""
        found = _properties(self._text, *scalar.span, count=2)
        scalar.span = Span(found.value, scalar.span.end)
        scalar.tag_start, scalar.anchor = found.tag, anchor
        if anchor is not None:
            self._anchors[anchor] = (scalar, 1)

    def second_document(self) -> Span | None:
        """Where the next document starts. What follows it is never read, so it may be broken."""
        try:
            event = self._next()
        except yaml.YAMLError:
            return None
        return _span(event) if isinstance(event, yaml.DocumentStartEvent) else None

    def _directives(self, event: Any) -> None:
        if event.version is not None and event.version != (1, 1):
            span = _span(event)
            raise _Refused(span, "found incompatible YAML document")

    def _start(self, event: Any) -> None:
        count = (event.anchor is not None) + (event.tag is not None)
        found = _properties(self._text, event.start_mark.index, len(self._text), count)
        span = Span(found.value, max(found.value, event.end_mark.index))
        kind = Mapping if isinstance(event, yaml.MappingStartEvent) else Sequence
        if event.anchor is not None:
            self._anchors[event.anchor] = (None, 0)  # until it is complete, it contains itself
        node = kind(span, tag=event.tag, flow=bool(event.flow_style), anchor=event.anchor)
        node.tag_start = found.tag
        self._open.append(_Open(node, event.anchor))
        if len(self._open) > DEPTH_LIMIT and self.too_deep is None:
            self.too_deep = span
        if len(self._open) > _COPILOT_DEPTH_LIMIT:
            raise _Refused(span, f"exceeded max depth of {_COPILOT_DEPTH_LIMIT}")

    def _end(self, event: Any) -> None:
        done = self._open.pop()
        done.node.span = Span(done.node.span.start, event.end_mark.index)
        if done.merges:
            _merge(done.node, done.merges)
        if done.anchor is not None:
            self._anchors[done.anchor] = (done.node, done.size)
        self._add(done.node, done.size)

    def _alias(self, event: Any) -> None:
        span = _span(event)
        if event.anchor not in self._anchors:
            raise _Refused(span, f"unknown anchor '{event.anchor}' referenced")
        target, size = self._anchors[event.anchor]
        if target is None:
            raise _Refused(span, f"anchor '{event.anchor}' value contains itself")
        node = copy(target)
        node.alias, node.key, node.anchor = span, None, None
        self._aliased += size
        self._add(node, size)
        self._refuse_bombs(span)

    def _refuse_bombs(self, span: Span) -> None:
        """yaml.v3 counts what it decodes and refuses a text that is mostly aliases (decode.go)."""
        total = sum(each.size for each in self._open)
        if total > _EXPANSION_FLOOR and self._aliased / total > _allowed_alias_ratio(total):
            raise _Refused(span, "document contains excessive aliasing")

    def _add(self, node: Node, size: int) -> None:
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        parent.size += size
        if len(self._open) > DEPTH_LIMIT:
            return
        collection, key = parent.node, parent.key
        if collection.__class__ is Sequence:
            collection.items.append(node)
        elif key is None:
            parent.key = node
        else:
            parent.key = None
            self._enter(parent, key, node)

    def _enter(self, parent: _Open, key: Node, value: Node) -> None:
        mapping: Any = parent.node
        if key.__class__ is not Scalar or key.is_null:
            mapping.odd_keys.append(key)
            return
        value.key = key
        text = key.text
        if text in mapping.entries:
            mapping.duplicates.append((mapping.entries[text].key, key))
        elif text == "<<" and not key.style and key.tag is None and not parent.merges:
            parent.merges = [value]
            return
        mapping.entries[text] = value


def _span(event: Any) -> Span:
    return Span(event.start_mark.index, event.end_mark.index)


class _Properties(NamedTuple):
    """What stands before a value: where the value begins, and where its tag does if it has one."""

    value: int
    tag: int | None


def _properties(text: str, start: int, end: int, count: int) -> _Properties:
    """Where a value begins: behind `count` anchors and tags at most, and what stands between.

    What has nothing but these ends with the last of them and is empty. The key that a block begins
    with may have an anchor and a tag of its own, which are inside the block.
    """
    at, tag = start, None
    while count and (match := _PROPERTY.match(text, at)):
        tag = at if text[at] == "!" else tag
        start = match.end()
        gap = _GAP.match(text, start)
        at = gap.end() if gap else start
        count -= 1
    return _Properties(at if at < end else min(start, end), tag)


def _allowed_alias_ratio(count: int) -> float:
    """How much of a decoded document may come through aliases (yaml.v3, `allowedAliasRatio`)."""
    if count <= _EXPANSION_FLOOR:
        return 0.99
    if count >= _EXPANSION_CEILING:
        return 0.10
    return 0.99 - 0.89 * (count - _EXPANSION_FLOOR) / (_EXPANSION_CEILING - _EXPANSION_FLOOR)


def _merge(mapping: Mapping, merges: list[Node]) -> None:
    """Fill in what `<<` brings: written keys win, and of several mappings the first."""
    for merge in merges:
        sources = merge.items if isinstance(merge, Sequence) else [merge]
        for source in sources:
            if not isinstance(source, Mapping):
                mapping.bad_merges.append(source)
                continue
            for name, value in source.entries.items():
                if name not in mapping.entries:
                    inherited = copy(value)
                    inherited.alias = source.alias or merge.alias or merge.span
                    mapping.entries[name] = inherited

"""Makes nodes of a parser's events: anchors, aliases and merge keys followed, repeated keys kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import DEPTH_LIMIT, Loop, Mapping, Node, Scalar, Sequence
from sidecar_lint.syntax.parsers import kind
from sidecar_lint.syntax.problem import Refused
from sidecar_lint.syntax.span import Span
from sidecar_lint.syntax.tags import MERGE, full, settle

if TYPE_CHECKING:
    from collections.abc import Callable

_EXPANSION_FLOOR: Final = 400_000
_EXPANSION_CEILING: Final = 4_000_000

_ENDS: Final = frozenset(("DocumentEndEvent", "StreamEndEvent"))
#: What may stand before a value, and is no part of it: an anchor, a tag, blanks and comments.
_PROPERTY: Final = r"&[0-9A-Za-z_-]*+|!\S*+"
_GAP: Final = "(?:[ \t\r\n\x85\u2028\u2029]++|#[^\r\n\x85\u2028\u2029]*+)*+"


class _Open:
    """A collection whose end has not been read yet."""

    __slots__ = ("anchor", "key", "merges", "node", "size", "unusual")

    def __init__(self, node: Any, anchor: str | None) -> None:
        self.node = node  # a Mapping or a Sequence
        self.anchor = anchor
        self.size = 1
        self.key: Node | None = None
        self.merges: list[Node] = []
        #: Keys that are no plain text, as yaml.v3 compares them: by what they are and how they are written.
        self.unusual: dict[tuple[str, str], Scalar] = {}


class Composer:
    """The nodes of the first document, made without recursion: depth costs memory, not stack.

    `loops`: whether an alias may stand inside what it stands for, as it may where nothing decodes it.
    """

    def __init__(self, text: str, parser: Any, *, loops: bool) -> None:
        self.too_deep: Span | None = None
        self.has_loop = False
        self._text = text
        self._next = parser.get_event
        self._loops = loops
        self._handlers: dict[str, Callable[[Any], None]] = {
            "MappingStartEvent": self._start,
            "SequenceStartEvent": self._start,
            "MappingEndEvent": self._end,
            "SequenceEndEvent": self._end,
            "AliasEvent": self._alias,
        }
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Node | None, int]] = {}
        self._root: Node | None = None
        #: Nodes so far, and how many of them through aliases.
        self._count = self._aliased = 0

    def compose(self) -> Node | None:
        """The root of the first document; None for an empty stream. Raises `Refused`, and as the parser does."""
        next_event, handlers, text = self._next, self._handlers, self._text
        while True:
            event = next_event()
            name = event.__class__.__name__  # as `kind` has it
            if name == "ScalarEvent":  # most events are, so they take the shortest way
                # As Span(…), without its Python-level __new__.
                span = tuple.__new__(Span, (event.start_mark.index, event.end_mark.index))
                node = Scalar(span, event.value, event.style or "")
                if text.startswith(("&", "!"), span.start):
                    self._strip(node, event)
                self._add(node, 1)
            elif name in handlers:
                handlers[name](event)
            elif name in _ENDS:
                return self._root

    def _strip(self, scalar: Scalar, event: Any) -> None:
        """Take an anchor and a tag off the span of a scalar, and give it what its tag says."""
        found = _properties(self._text, *scalar.span, count=2)
        scalar.span = Span(found.value, scalar.span.end)
        scalar.tag, scalar.tag_start, scalar.anchor = event.tag, found.tag, event.anchor
        settle(scalar)
        if event.anchor is not None:
            self._anchors[event.anchor] = (scalar, 1)

    def _start(self, event: Any) -> None:
        count = (event.anchor is not None) + (event.tag is not None)
        found = _properties(self._text, event.start_mark.index, len(self._text), count)
        span = Span(found.value, max(found.value, event.end_mark.index))
        collection = Mapping if kind(event) == "MappingStartEvent" else Sequence
        if event.anchor is not None:
            self._anchors[event.anchor] = (None, 0)  # until it is complete, it contains itself
        node = collection(span, tag=full(event.tag), flow=bool(event.flow_style))
        node.tag_start, node.anchor = found.tag, event.anchor
        self._open.append(_Open(node, event.anchor))
        self._count += 1
        if len(self._open) > DEPTH_LIMIT and self.too_deep is None:
            self.too_deep = span

    def _end(self, event: Any) -> None:
        done = self._open.pop()
        done.node.span = Span(done.node.span.start, event.end_mark.index)
        if done.merges:
            _merge(done.node, done.merges)
        if done.anchor is not None:
            self._anchors[done.anchor] = (done.node, done.size)
        self._count -= done.size
        self._add(done.node, done.size)

    def _alias(self, event: Any) -> None:
        span = Span(event.start_mark.index, event.end_mark.index)
        if event.anchor not in self._anchors:
            raise Refused(span, f"unknown anchor '{event.anchor}' referenced")
        target, size = self._anchors[event.anchor]
        self.has_loop |= target is None
        if target is None and not self._loops:
            raise Refused(span, f"anchor '{event.anchor}' value contains itself")
        node = target.copy() if target else Loop(span)
        node.alias, node.key, node.anchor = span, None, None
        self._aliased += size
        self._add(node, size)
        self._refuse_bombs(span)

    def _refuse_bombs(self, span: Span) -> None:
        """yaml.v3 counts what it decodes and refuses a text that is mostly aliases (decode.go)."""
        total = self._count
        if total > _EXPANSION_FLOOR and self._aliased / total > _allowed_alias_ratio(total):
            raise Refused(span, "document contains excessive aliasing")

    def _add(self, node: Node, size: int) -> None:
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        parent.size += size
        self._count += size
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
        if key.__class__ is not Scalar or key.misfit:
            mapping.odd_keys.append(key)
        elif parent.unusual or key.alias is not None or key.is_null or key.text == "<<":
            self._enter_unusual(parent, key, value)
        else:
            value.key = key
            if key.text in mapping.entries:
                mapping.duplicates.append((mapping.entries[key.text].key, key))
            mapping.entries[key.text] = value

    def _enter_unusual(self, parent: _Open, key: Scalar, value: Node) -> None:
        """Enter what has a null, an alias or `<<` for a key, or comes behind one of them."""
        mapping: Any = parent.node
        first = self._first(parent, key)
        if first is not None:
            mapping.duplicates.append((first, key))
        if _is_merge(key):
            parent.merges.append(value)
            return
        value.key = key
        if key.is_null:
            mapping.odd_keys.append(key)
            mapping.unnamed.append(value)
            return
        if first is None and key.text in mapping.entries:
            mapping.aliased_keys.append((mapping.entries[key.text].key, key))
        mapping.entries[key.text] = value

    def _first(self, parent: _Open, key: Scalar) -> Scalar | None:
        """The same key above, as yaml.v3 compares them: as written, so that an alias is only like itself."""
        written = ("*", self._text[slice(*key.alias)]) if key.alias else ("", key.text)
        first = parent.unusual.setdefault(written, key)
        if first is not key:
            return first
        above = None if key.alias else parent.node.entries.get(key.text)
        return above.key if above is not None and above.key.alias is None else None


def _is_merge(key: Scalar) -> bool:
    plain = key.tag is None and not key.style
    return key.text == "<<" and key.alias is None and (plain or key.tag == MERGE)


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
    while count and (match := re.compile(_PROPERTY).match(text, at)):
        tag = at if text[at] == "!" else tag
        start = match.end()
        gap = re.compile(_GAP).match(text, start)
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
        sources = merge.items if isinstance(merge, Sequence) and merge.alias is None else [merge]
        for source in sources:
            if not isinstance(source, Mapping):
                mapping.bad_merges.append(source)
                continue
            for name, value in source.entries.items():
                if name not in mapping.entries:
                    inherited = value.copy()
                    inherited.alias = source.alias or merge.alias or merge.span
                    mapping.entries[name] = inherited

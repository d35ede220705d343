"""YAML as a tree that knows where everything stands.

It reads as Copilot reads: yaml.v3's grammar, the first document only, anchors, aliases and merge
keys followed, duplicate keys kept. What a scalar *is* depends on the field that receives it, so
scalars keep their text and resolve when asked.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sidecar_lint.syntax.composer import DEPTH_LIMIT, Composer
from sidecar_lint.syntax.line_by_line import read_lines
from sidecar_lint.syntax.parsers import exact_parser, fast_parser, kind
from sidecar_lint.syntax.problem import Refused, SyntaxProblem
from sidecar_lint.syntax.span import Span
from sidecar_lint.syntax.yaml_v3 import reader
from sidecar_lint.syntax.yaml_v3.cursor import GrammarError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.syntax.nodes import Node
    from sidecar_lint.syntax.source import Source

__all__ = ["DEPTH_LIMIT", "SyntaxProblem", "Token", "Tree", "marks", "read", "scalars"]

#: The tokens that are written and hold nothing.
_STRUCTURE: Final = frozenset(
    (
        *("FlowMappingStartToken", "FlowMappingEndToken", "FlowSequenceStartToken", "FlowSequenceEndToken"),
        *("FlowEntryToken", "BlockEntryToken", "KeyToken", "ValueToken"),
        *("DocumentStartToken", "DocumentEndToken"),
    )
)


class Tree(NamedTuple):
    """What was read: the root of the first document, and what is odd about the text."""

    root: Node | None = None
    problem: SyntaxProblem | None = None
    #: Where a second document begins, if there is one with content.
    second_document: Span | None = None
    #: The first value that is nested too deeply to be read.
    too_deep: Span | None = None
    #: Whether an anchor contains itself, as far as the text was read.
    has_loop: bool = False

    @property
    def unread(self) -> bool:
        """Whether nothing is known of the text, as it is no YAML."""
        return self.problem is not None


def read(source: Source, *, loops: bool = False) -> Tree:
    """Read a text, once. Anything is acceptable input; what is not YAML becomes `problem`.

    `loops`: whether an anchor may contain itself, as it may for Copilot in a field that it ignores.
    """
    known: dict[bool, Tree] = source.__dict__.setdefault("trees", {})
    if loops not in known:
        other = known.get(not loops)
        known[loops] = other if other and not other.has_loop else _read(source, loops=loops)
    return known[loops]


def _read(source: Source, *, loops: bool) -> Tree:
    if not source.undecodable and (simple := read_lines(source.text)):
        return Tree(simple)
    parser = None if source.undecodable else fast_parser(source.text)
    if parser is not None:
        from sidecar_lint.syntax.libyaml import REFUSALS

        composer = Composer(source.text, parser, loops=loops)
        try:
            root = composer.compose()
            if kind(parser.get_event()) == "StreamEndEvent":
                return Tree(root, too_deep=composer.too_deep, has_loop=composer.has_loop)
        except (*REFUSALS, Refused):
            pass
    return _read_exactly(source, loops=loops)


def _read_exactly(source: Source, *, loops: bool) -> Tree:
    parser = exact_parser(source.text)
    composer = Composer(source.text, parser, loops=loops)
    root, problem = None, None
    try:
        root = composer.compose()
    except Refused as refused:
        problem = refused.problem
    except GrammarError as error:
        problem = _problem(error, len(source.text))
    unreadable = reader.unreadable(source)
    if unreadable and reader.is_read(source, unreadable.span.start, parser.reach):
        problem = unreadable
    if problem:
        return Tree(problem=problem, has_loop=composer.has_loop)
    return Tree(root, None, _second_document(parser), composer.too_deep, composer.has_loop)


def _problem(error: GrammarError, length: int) -> SyntaxProblem:
    """What the parser says about a text of some length."""
    at = min(error.problem_mark.index, length)
    start = error.context_mark.index if error.context_mark else length
    context_start = start if start < length else None  # nothing stands there
    return SyntaxProblem(Span(at, min(at + 1, length)), error.problem, error.context, context_start)


def _second_document(parser: Any) -> Span | None:
    """Where the next document starts. What follows it is never read, so it may be broken."""
    try:
        event = parser.get_event()
    except GrammarError:
        return None
    return _span(event) if kind(event) == "DocumentStartEvent" else None


def scalars(text: str) -> Iterator[tuple[Span, str]]:
    """Where scalars are written in a whole stream, keys included, each with its style.

    Where the text stops being YAML, all that follows counts as one more, of style `?`.
    """
    readable = text[: reader.readable(text)]
    at = 0
    try:
        for token in _tokens(readable):
            at = token.end_mark.index
            if kind(token) == "ScalarToken":
                yield _span(token), token.style or ""
    except GrammarError as error:
        at = min(error.problem_mark.index, len(readable))
        yield Span(at, len(text)), "?"
        return
    if len(readable) < len(text):
        yield Span(len(readable), len(text)), "?"


class Token(NamedTuple):
    """What a text has besides its values: a bracket, a colon, a dash; or a key (`key` is its text)."""

    span: Span
    key: str | None = None


def marks(text: str) -> Iterator[Token]:
    """The structure of a whole stream, in order, as far as it is YAML; comments, anchors and tags are none."""
    before = ""
    with suppress(GrammarError):
        for token in _tokens(text[: reader.readable(text)]):
            if kind(token) in _STRUCTURE:
                yield Token(_span(token))
            elif kind(token) == "ScalarToken" and before == "KeyToken":
                yield Token(_span(token), token.value)
            before = kind(token)


def _tokens(text: str) -> Iterator[Any]:
    """The tokens of a whole stream; raises GrammarError where they end before it."""
    if parser := fast_parser(text):
        from sidecar_lint.syntax.libyaml import REFUSALS

        try:
            yield from list(iter(parser.get_token, None))
        except REFUSALS:
            pass
        else:
            return
    parser = exact_parser(text)
    while kind(token := parser.get_token()) != "StreamEndToken":
        yield token


def _span(event: Any) -> Span:
    return Span(event.start_mark.index, event.end_mark.index)

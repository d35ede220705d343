"""YAML by its whole grammar: what anybody may write, its tokens among that."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.composer import Composer
from sidecar_lint.syntax.nodes import Tree
from sidecar_lint.syntax.parsers import exact_parser, fast_parser, kind
from sidecar_lint.syntax.problem import Refused, SyntaxProblem
from sidecar_lint.syntax.span import Span
from sidecar_lint.syntax.yaml_v3 import reader
from sidecar_lint.syntax.yaml_v3.cursor import GrammarError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.syntax.source import Source

#: The tokens that are written and hold nothing.
_STRUCTURE: Final = frozenset(
    (
        *("FlowMappingStartToken", "FlowMappingEndToken", "FlowSequenceStartToken", "FlowSequenceEndToken"),
        *("FlowEntryToken", "BlockEntryToken", "KeyToken", "ValueToken"),
        *("DocumentStartToken", "DocumentEndToken"),
    )
)


def read_all(source: Source, *, loops: bool) -> Tree:
    """Read any text."""
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

"""The suppressions of a file: each comment with what it covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.suppressions.instruction import Instruction, SuppressionWord, understand
from sidecar_lint.syntax.comments import Comment, comments
from sidecar_lint.syntax.outline import Outline
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sidecar_lint.embedding import Embedding
    from sidecar_lint.syntax.source import Source


class Suppression(NamedTuple):
    """A comment that suppresses, or tries to. Places are in the file.

    `scope` is what it covers: findings that begin there. `inside` is what stands between the
    brackets, `wrong` what cannot be understood. `editable` is False where the comment is in a text inside the file that is not written
    as it is read.
    """

    span: Span
    scope: Span
    instruction: Instruction
    words: tuple[SuppressionWord, ...]
    inside: Span
    wrong: Span
    editable: bool = True

    @property
    def is_blanket(self) -> bool:
        """Whether it names no rule."""
        return not self.words and not self.instruction.problem


def read_suppressions(source: Source, texts: Iterable[Embedding]) -> Iterator[Suppression]:
    """The suppressions in a file, and in the texts inside it that are linted."""
    yield from _of(source, source, lambda span: span, Span(0, len(source.text)))
    for text in texts:
        yield from _of(source, text.source, text.span, text.scalar.span)


def _of(file: Source, source: Source, place: Callable[[Span], Span], whole: Span) -> Iterator[Suppression]:
    outline: Outline | None = None
    for comment in comments(source):
        outline = outline or Outline(source)
        instruction = understand(comment.text)
        span = place(comment.span)
        yield Suppression(
            span,
            whole if instruction.whole_file else place(_scope(comment, outline)),
            instruction,
            tuple(
                SuppressionWord(word.text, place(_moved(word.span, comment))) for word in instruction.words
            ),
            place(_moved(instruction.inside, comment)),
            place(_moved(instruction.wrong, comment)),
            file.text[span.start : span.end] == comment.text,
        )


def _moved(span: Span, comment: Comment) -> Span:
    return Span(span.start + comment.span.start, span.end + comment.span.start)


def _scope(comment: Comment, outline: Outline) -> Span:
    if comment.line:
        return comment.line
    below = outline.after(comment.span.end)
    end = comment.span.end
    return below.span if below else Span(end, end)

"""Why a text is no YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from sidecar_lint.syntax.span import Span


class SyntaxProblem(NamedTuple):
    """Why a text is no YAML: where the parser gave up, what it said, and where it had started.

    `span` covers the code point at which it stopped.
    """

    span: Span
    problem: str
    context: str = ""
    context_start: int | None = None


class Refused(Exception):  # noqa: N818  not an error of ours: yaml.v3 would refuse this
    """What cannot be read, found after parsing."""

    def __init__(self, span: Span, problem: str) -> None:
        super().__init__(problem)
        self.problem = SyntaxProblem(span, problem)

"""Why a text is no YAML."""

from __future__ import annotations

from typing import Any, NamedTuple

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


def of_parser(error: Any, length: int) -> SyntaxProblem:
    """What a `yaml.MarkedYAMLError` says about a text of some length."""
    mark = error.problem_mark or error.context_mark
    at = min(mark.index, length) if mark else 0
    start = error.context_mark.index if error.context_mark else length
    span = Span(at, min(at + 1, length))
    context_start = start if start < length else None  # nothing stands there
    return SyntaxProblem(span, error.problem or "not YAML", error.context or "", context_start)

"""What Copilot's reader of YAML refuses and most others take: what to say of it, and what to write."""

from __future__ import annotations

import re
from typing import Final

from sidecar_lint import Edit, Fix, NamedTuple, Scalar, Span, SyntaxProblem, quoted, words_elsewhere


class Explained(NamedTuple):
    """Where to look, what is wrong there, and what to write."""

    span: Span
    message: str
    help: str = ""
    fixes: tuple[Fix, ...] = ()


_ESCAPE: Final = r"\\(?:\r\n|[\s\S])"
_TAG: Final = r"(?<![^\s,\[{:])!([^\s,\[\]{}]*)[,\[\]{}]\S*"
_BYTE_ORDER_MARK: Final = "\ufeff"


def explain(problem: SyntaxProblem, text: str) -> Explained | None:
    """What a problem comes from, where it is one of these."""
    for kind in (_byte_order_mark, _question_mark, _escape, _tag):
        if found := kind(problem, text):
            return found
    return None


def _byte_order_mark(problem: SyntaxProblem, text: str) -> Explained | None:
    start = problem.span.start if problem.context_start is None else problem.context_start
    at = text.rfind(_BYTE_ORDER_MARK, text.rfind("\n", 0, start) + 1, problem.span.end)
    if at == -1:
        return None
    marks = (Span(*found.span()) for found in re.finditer(_BYTE_ORDER_MARK, text))
    fix = Fix("remove it", tuple(Edit(mark, "") for mark in marks), safe=True)
    message = "a byte order mark inside the file is a character like any other"
    return Explained(Span(at, at + 1), message, "remove it", (fix,))


def _question_mark(problem: SyntaxProblem, text: str) -> Explained | None:
    if "?" not in text or "did not find expected" not in problem.problem:
        return None
    words = [word.span for word in words_elsewhere(text) if word.in_flow and not word.style]
    cut = [span for span in words if "?" in text[span.start : span.end]]
    began = problem.context_start or 0
    here = max((span for span in cut if began < span.start <= problem.span.start), default=None)
    if here is None:
        return None
    edits = tuple(Edit(span, quoted(text[span.start : span.end], "'")) for span in cut)
    message = "in a list or map in brackets, `?` ends a text without quotes"
    written = next(edit.text for edit in edits if edit.span == here)
    return Explained(here, message, f"write {written}", (Fix("put it in quotes", edits, safe=True),))


def _escape(problem: SyntaxProblem, text: str) -> Explained | None:
    if "unknown escape" not in problem.problem:
        return None
    at = problem.span.start
    written = text[at : at + 2]
    if written != "\\/":
        help_ = f"write `\\{written}` for a backslash, or put the text in single quotes"
        return Explained(Span(at, at + len(written)), f"`{written}` is not an escape in double quotes", help_)
    quotes = [word.span for word in words_elsewhere(text) if word.style == '"']
    escapes = [found for start, end in quotes for found in re.compile(_ESCAPE).finditer(text, start, end)]
    edits = tuple(Edit(Span(*found.span()), "/") for found in escapes if found[0] == written)
    message = "`\\/` is an escape of JSON, and none of YAML 1.1"
    return Explained(Span(at, at + 2), message, "write `/`", (Fix("write `/`", edits, safe=True),))


def _tag(problem: SyntaxProblem, text: str) -> Explained | None:
    line = text.rfind("\n", 0, problem.span.start) + 1
    start = line if problem.context_start is None else min(line, problem.context_start)
    tags = list(re.compile(_TAG).finditer(text, start, problem.span.end))
    if not tags or "did not find expected" not in problem.problem:
        return None
    found = tags[-1]
    tag = f"!{found[1]}"
    end = found.start() + len(tag)
    message = f"a tag goes on to the next blank: here {found[0]!r} is one"
    fix = Fix("put a blank behind it", (Edit(Span(end, end), " "),))
    return Explained(Span(found.start(), found.end()), message, f"put a blank behind `{tag}`", (fix,))


def misfit(scalar: Scalar) -> str:
    """What a tag says that its value is not, to stand behind what has the tag."""
    tag = (scalar.tag or "").replace("tag:yaml.org,2002:", "!!")
    return f"has the tag {tag}, which {scalar.text!r} does not fit"

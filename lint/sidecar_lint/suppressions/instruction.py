"""What a comment for us says: `ignore[SL101, a-name] until=2027-01-01 a reason`.

Nothing here knows where the comment stands or which rules there are.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.comments import WORD
from sidecar_lint.syntax.nearest import closest
from sidecar_lint.syntax.span import Span

IGNORE: Final = "ignore"
IGNORE_FILE: Final = "ignore-file"

_INSTRUCTION: Final = r"#[ \t]*(?P<name>sidecar[-_]lint:?)\s*(?P<verb>[\w-]*)\s*(?:(?P<list>\[(?P<words>[^\]]*))(?P<end>\]?))?(?P<rest>.*)"
#: Codes after `ignore`, without the brackets.
_BARE: Final = r"[\s:=(]*(?P<codes>[A-Z]+[0-9]+(?:[\s,]+[A-Z]+[0-9]+)*)\)?"
_UNTIL: Final = r"(?<!\S)until=(\S*)"
_DATE: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


class SuppressionWord(NamedTuple):
    """A code or a name between the brackets, and where it stands in the comment."""

    text: str
    span: Span


class Instruction(NamedTuple):
    """A comment taken apart; places count from its `#`.

    `words` are empty where no rule is named. `problem` says why it cannot be understood, and
    `correction` is what to write in place of `wrong`, where that is clear.
    """

    words: tuple[SuppressionWord, ...] = ()
    inside: Span = Span(0, 0)
    whole_file: bool = False
    reason: str = ""
    until: date | None = None
    problem: str = ""
    wrong: Span = Span(0, 0)
    correction: str = ""


def understand(comment: str) -> Instruction:
    """Take a comment apart; anything is acceptable."""
    match = re.match(_INSTRUCTION, comment)
    if match is None:  # pragma: no cover  every comment that is found begins so
        return _problem("it is not an instruction", Span(0, len(comment)))
    if match["name"] != WORD:
        return _problem(f"it does not begin with `{WORD}`", Span(*match.span("name")), WORD)
    verb = match["verb"]
    if verb not in (IGNORE, IGNORE_FILE):
        return _unknown_verb(verb, Span(*match.span("verb")))
    if match["list"] is None:
        return _without_brackets(match)
    if not match["end"]:
        return _problem("the bracket after `ignore` is not closed", Span(*match.span("list")))
    words = tuple(_words(match["words"], match.start("words")))
    inside = Span(*match.span("words"))
    read = Instruction(words, inside, verb == IGNORE_FILE)
    return _with_rest(read, match["rest"], match.start("rest"))


def _without_brackets(match: re.Match[str]) -> Instruction:
    bare = re.match(_BARE, match["rest"])
    verb, at = match["verb"], match.start("rest")
    if bare is None:
        read = Instruction((), Span(match.end("verb"), match.end("verb")), verb == IGNORE_FILE)
        return _with_rest(read, match["rest"], at)
    codes = ", ".join(re.split(r"[\s,]+", bare["codes"]))
    wrong = Span(match.start("verb"), at + bare.end())
    return _problem("the rules are not in brackets", wrong, f"{verb}[{codes}]")


def _with_rest(read: Instruction, rest: str, at: int) -> Instruction:
    until = re.search(_UNTIL, rest)
    reason = re.sub(_UNTIL, "", rest).strip().lstrip(":-–—").strip()
    read = read._replace(reason=reason)
    if until is None:
        return read
    ends = _date(until[1])
    if ends is None:
        span = Span(at + until.start(1), at + until.end(1))
        return _problem(f"{until[1]!r} is not a date such as 2027-01-31", span)
    return read._replace(until=ends)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if re.fullmatch(_DATE, text) else None
    except ValueError:
        return None


def _words(text: str, at: int) -> list[SuppressionWord]:
    found = re.finditer(r"[^\s,](?:[^,]*[^\s,])?", text)
    return [SuppressionWord(each[0], Span(at + each.start(), at + each.end())) for each in found]


def _unknown_verb(verb: str, span: Span) -> Instruction:
    near = closest(verb, (IGNORE, IGNORE_FILE)) or ""
    said = f"{verb!r} is not an instruction" if verb else "there is no instruction"
    return _problem(said, span, near)


def _problem(problem: str, wrong: Span, correction: str = "") -> Instruction:
    return Instruction(problem=problem, wrong=wrong, correction=correction)

"""Writing suppressions: a comment for every finding that there is, and nothing else changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from sidecar_lint.finding import Edit, Finding, Span
from sidecar_lint.linting.engine import Report, lint_source
from sidecar_lint.linting.settings import PLAIN, Settings
from sidecar_lint.rulebook.rule import Rule
from sidecar_lint.suppressions.suppression import Suppression, read_suppressions
from sidecar_lint.syntax.comments import WORD
from sidecar_lint.syntax.outline import Outline
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.tree import scalars
from sidecar_lint.workspace.files import Files

#: A comment may itself be something to say of: once more, and then it is left alone.
_PASSES: Final = 3
#: Blocks, and what is no YAML.
_OPEN_ENDED: Final = ("|", ">", "?")


class _Spot(NamedTuple):
    """A place for a comment: what goes before and after its text.

    `whole_file` where it is about all of the file.
    """

    at: int
    before: str = ""
    after: str = ""
    whole_file: bool = False


def add_suppressions(
    source: Source,
    rules: Sequence[Rule],
    files: Files | None = None,
    settings: Settings = PLAIN,
    *,
    reason: str = "",
) -> Report:
    """Suppress every finding of a file; nothing is written.

    The report is about the text with the comments. What is found about suppressions themselves, and in what is no text, is left.
    """
    report = replace(lint_source(source, rules, files, settings), original=source)
    quiet = frozenset(rule.code for rule in rules if _is_about_comments(rule))
    for _ in range(_PASSES):
        wanted = [each for each in report.findings if each.code not in quiet]
        text = _Page(report.source).with_comments(wanted, reason)
        if not wanted or source.undecodable or text == report.source.text:
            break
        now = replace(report.source, text=text)
        around = files.having(now) if files else None
        report = replace(lint_source(now, rules, around, settings), original=source)
    return report


def with_comments(
    source: Source, findings: Iterable[Finding], reason: str, *, whole_file: bool = False
) -> str:
    """The text of a file with a comment for each of these findings: where it is, or for the whole file."""
    return _Page(source).with_comments(findings, reason, whole_file=whole_file)


def _is_about_comments(rule: Rule) -> bool:
    return type(rule).check_suppressions is not Rule.check_suppressions


class _Page:
    """A text, and where in it comments can be written."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._outline = Outline(source)
        self._scalars = list(scalars(source.text))
        self._written = list(read_suppressions(source, iter(())))

    def with_comments(self, findings: Iterable[Finding], reason: str, *, whole_file: bool = False) -> str:
        """The text with a comment for each finding."""
        spots: dict[_Spot, set[str]] = defaultdict(set)
        for finding in findings:
            spots[self._top() if whole_file else self._spot(finding)].add(finding.code)
        edits = [self._edit(spot, sorted(codes), " ".join(reason.split())) for spot, codes in spots.items()]
        text = self._source.text
        for edit in sorted(edits, key=lambda each: each.span, reverse=True):
            text = text[: edit.span.start] + edit.text + text[edit.span.end :]
        return text

    def _spot(self, finding: Finding) -> _Spot:
        line = self._source.position(finding.span.start).line
        end = self._source.line_starts[line] + len(self._source.line(line))
        if self._is_free(end) and self._has_content(line):
            return _Spot(end, before=" " if self._source.text[:end][-1:].isspace() else "  ")
        return next(self._lines_above(finding), None) or self._top()

    def _lines_above(self, finding: Finding) -> Iterator[_Spot]:
        """The place above the innermost entry that begins a line of its own."""
        at = finding.span.start
        holding = (each for each in reversed(self._outline.entries) if each.span.start <= at <= each.span.end)
        for entry in holding:
            line = self._source.position(entry.span.start).line
            start = self._source.line_starts[line]
            before = self._source.text[start : entry.span.start]
            if not before.strip(" -") and "\t" not in before and self._is_free(start):
                indent = before[: len(before) - len(before.lstrip(" "))]
                yield _Spot(start, indent, self._ending(line))

    def _top(self) -> _Spot:
        return _Spot(0, "", self._ending(0), whole_file=True)

    def _ending(self, line: int) -> str:
        """What ends a line; as the first one does, where it is the last."""
        starts, text = self._source.line_starts, self._source.text
        for each in (line, 0):
            if each + 1 < len(starts):
                return text[starts[each] + len(self._source.line(each)) : starts[each + 1]]
        return "\n"

    def _is_free(self, at: int) -> bool:
        """Whether no scalar goes on across a place; the end of a block is no place for a comment either."""
        return not any(
            span.start < at < span.end or (span.start < at == span.end and style in _OPEN_ENDED)
            for span, style in self._scalars
        )

    def _has_content(self, line: int) -> bool:
        written = self._source.line(line).strip()
        return bool(written) and not written.startswith(("#", "%"))

    def _edit(self, spot: _Spot, codes: Sequence[str], reason: str) -> Edit:
        old = self._already(spot, reason)
        if old is not None:
            words = dict.fromkeys((*(word.text for word in old.words), *codes))
            return Edit(old.inside, ", ".join(words))
        verb = "ignore-file" if spot.whole_file else "ignore"
        comment = f"# {WORD} {verb}[{', '.join(codes)}] {reason}".rstrip()
        return Edit(Span(spot.at, spot.at), f"{spot.before}{comment}{spot.after}")

    def _already(self, spot: _Spot, reason: str) -> Suppression | None:
        """The suppression for the same reason that ends a line already, to which codes can be added."""
        between = (each for each in self._written if each.span.end <= spot.at and not spot.after)
        ending = (each for each in between if not self._source.text[each.span.end : spot.at].strip(" \t"))
        same = (each for each in ending if each.words and each.instruction.reason == reason)
        return next((each for each in same if not each.instruction.until), None)

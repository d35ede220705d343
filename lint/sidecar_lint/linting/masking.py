"""A report as it may be told: it shows where a secret is, and not what it is.

Spans are all that a file knows of its secrets. What they hold is taken out of what findings say, and
fixes are cut down to the characters that change; a fix that must repeat a secret is not told.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sidecar_lint.finding import Edit, Finding, Fix, Related
from sidecar_lint.linting.hidden import MASK, Hidden
from sidecar_lint.syntax.source import between
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sidecar_lint.linting.report import Report

#: A word of a message, as far as quotes go; and a word in it.
_RUN: Final = r"[^\s'\"`]+"
_WORD: Final = r"\w+"
_PUNCTUATION: Final = ".,;:!?()"
#: A shorter word is hidden only where it stands alone in quotes: it may be anybody's.
_SHORTEST: Final = 4
#: The same of what is said of another place than that of a secret.
_SHORTEST_ELSEWHERE: Final = 8
#: Longer texts are not compared character by character.
_COMPARED: Final = 200


def told(report: Report) -> Report:
    """The same report without its secrets."""
    if not report.hidden:
        return report
    mask = Mask(report)
    return report._replace(
        findings=tuple(map(mask.finding, report.findings)),
        uncovered=tuple(map(mask.finding, report.uncovered)),
    )


class Mask:
    """Takes what is hidden in a file out of what is said of it."""

    def __init__(self, report: Report) -> None:
        self._text = report.source.text
        self._hidden = Hidden(report.hidden)

    @cached_property
    def _runs(self) -> frozenset[str]:
        return frozenset(self._words(_RUN, self._hidden))

    @cached_property
    def _inner(self) -> frozenset[str]:
        """Words that only secrets have, and that are long enough to be told from others."""
        shown = set(self._words(_WORD, (Span(*each) for each in between(self._hidden, len(self._text)))))
        return frozenset(each for each in self._words(_WORD, self._hidden) if each not in shown)

    def _words(self, pattern: str, spans: Iterable[Span]) -> Iterator[str]:
        for span in spans:
            yield from re.findall(pattern, self._text[span.start : span.end])

    def finding(self, finding: Finding) -> Finding:
        """A finding without what is hidden."""
        related = [each.span for each in finding.related if each.source is None]
        shortest = (
            _SHORTEST if any(map(self._hidden.touches, (finding.span, *related))) else _SHORTEST_ELSEWHERE
        )
        return finding._replace(
            message=self._masked(finding.message, shortest),
            effect=self._masked(finding.effect, shortest),
            help=self._masked(finding.help, shortest),
            related=tuple(self._related(each, shortest) for each in finding.related),
            fixes=tuple(self._fixes(finding.fixes)),
        )

    def _related(self, related: Related, shortest: int) -> Related:
        return related._replace(message=self._masked(related.message, shortest))

    def _masked(self, text: str, shortest: int) -> str:
        def run(found: re.Match[str]) -> str:
            word = found[0].rstrip(_PUNCTUATION)
            quoted = text[found.start() - 1 : found.start()] in ("'", '"', "`") and found.start() > 0
            if word in self._runs and (len(word) >= shortest or (quoted and shortest == _SHORTEST)):
                return MASK + found[0][len(word) :]
            return re.sub(_WORD, inner, found[0])

        def inner(found: re.Match[str]) -> str:
            return MASK if len(found[0]) >= shortest and found[0] in self._inner else found[0]

        return re.sub(_RUN, run, text)

    def _fixes(self, fixes: Iterable[Fix]) -> Iterator[Fix]:
        for fix in fixes:
            edits = self.edits(fix.edits)
            if edits is not None and not any(self.repeats(file.text) for file in fix.new_files):
                yield fix._replace(title=self.title(fix.title, fix.edits), edits=edits)

    def title(self, title: str, edits: Iterable[Edit]) -> str:
        """What is said of some edits."""
        touching = any(self._hidden.touches(edit.span) for edit in edits)
        return self._masked(title, _SHORTEST if touching else _SHORTEST_ELSEWHERE)

    def edits(self, edits: Iterable[Edit]) -> tuple[Edit, ...] | None:
        """The same edits, of as few characters as need be; None where they must repeat a secret."""
        small = tuple(part for edit in edits for part in self._smallest(edit))
        return None if any(self.repeats(edit.text) for edit in small) else small

    def repeats(self, text: str) -> bool:
        """Whether a text that a fix writes has a secret in it."""
        return self._masked(text, _SHORTEST_ELSEWHERE) != text

    def _smallest(self, edit: Edit) -> tuple[Edit, ...]:
        """An edit as the characters that change, where it is about what is hidden."""
        return smallest(self._text, edit) if self._hidden.touches(edit.span) else (edit,)


def smallest(text: str, edit: Edit) -> tuple[Edit, ...]:
    """The same change of a text in edits that leave alone what stays."""
    old, new, start = text[edit.span.start : edit.span.end], edit.text, edit.span.start
    at = new.find(old) if old else -1
    if at >= 0:
        parts = (
            Edit(Span(start, start), new[:at]),
            Edit(Span(edit.span.end, edit.span.end), new[at + len(old) :]),
        )
        return tuple(part for part in parts if part.text)
    if max(len(old), len(new)) > _COMPARED:
        return (edit,)
    from difflib import SequenceMatcher

    changes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return tuple(
        Edit(Span(start + low, start + high), new[first:last])
        for tag, low, high, first, last in changes
        if tag != "equal"
    )

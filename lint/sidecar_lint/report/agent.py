"""Findings for coding assistants: what is wrong, what to write, and each fix as edits; nothing is drawn.

Texts of a file are in double quotes, with the escapes of JSON, so that they can be searched for and
replaced as they are.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from sidecar_lint.escaping import terminal
from sidecar_lint.report.notes import notes
from sidecar_lint.report.place import place
from sidecar_lint.report.stream import StreamReport

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.finding import Edit, Finding, Fix
    from sidecar_lint.linting.report import Report
    from sidecar_lint.syntax.source import Source

#: A text that is to be replaced is not repeated where it has more characters: its place says which it is.
_LONGEST: Final = 400
_FIXING: Final = {
    frozenset((True,)): "`sidecar-lint --fix` makes the safe edits",
    frozenset((False,)): "`sidecar-lint --fix --unsafe-fixes` makes the edits, which may not be meant",
    frozenset((True, False)): (
        "`sidecar-lint --fix` makes the safe edits, with `--unsafe-fixes` also those that may not be meant"
    ),
}
_RULE: Final = "`sidecar-lint rule CODE` tells more of a rule"


class AgentReport(StreamReport):
    """Prints a few lines a finding, and at the end how many there were and how to go on.

    `quiet` leaves out the end, and whatever is only information.
    """

    def _begin(self) -> None:
        self._encoding = getattr(self._out, "encoding", None) or "utf-8"
        self._are_safe: set[bool] = set()
        self._found = False

    def _write(self, report: Report) -> None:
        for finding in self._shown(report):
            self._found = True
            self._are_safe |= {fix.safe for fix in finding.fixes}
            self._out.writelines(f"{terminal(line, self._encoding)}\n" for line in _lines(finding, report))

    def finish(self) -> None:
        if self._quiet or not self.tally.files:
            return
        self._out.write(f"{self.tally.sentence}\n")
        if self._found:
            fixing = _FIXING.get(frozenset(self._are_safe))
            self._out.write(f"next: {'; '.join(filter(None, (fixing, _RULE)))}\n")


def _lines(finding: Finding, report: Report) -> Iterator[str]:
    where = _where(finding.span.start, report.source)
    yield f"{where}: {finding.severity}[{finding.code}] {finding.name}: {finding.message}"
    new_files = any(fix.new_files for fix in finding.fixes)
    for name, text in notes(finding, report.environments):
        first, *more = text.split("\n")
        yield f"  {name}: {first}"
        if not new_files:  # else the fix has what the file is to hold
            yield from (f"    {line}" for line in more)
    for each in finding.related:
        yield f"  related: {_where(each.span.start, each.source or report.source)}: {each.message}"
    for fix in finding.fixes:
        yield from _fix(fix, report)


def _where(offset: int, source: Source) -> str:
    at = source.position(offset)
    return f"{source.path}:{at.line + 1}:{at.column + 1}"


def _fix(fix: Fix, report: Report) -> Iterator[str]:
    yield f"  fix ({'safe' if fix.safe else 'unsafe'}): {fix.title}"
    for edit in fix.edits:
        yield f"    {_edit(edit, report)}"
    for file in fix.new_files:
        yield f"    new file {_quoted(file.path)}: {_quoted(file.text)}"


def _edit(edit: Edit, report: Report) -> str:
    """The edit in words. What is hidden of the old text is not told, and only its end is."""
    source = report.source
    at = place(edit.span, source)
    old = source.text[edit.span.start : edit.span.end]
    where, new = f"{at.line}:{at.column}", _quoted(edit.text)
    if not old:
        return f"{where} insert {new}"
    hidden = old != report.shown.text[edit.span.start : edit.span.end]
    told = f"what is before {at.end_line}:{at.end_column}" if hidden or len(old) > _LONGEST else _quoted(old)
    return f"{where} replace {told} with {new}" if edit.text else f"{where} delete {told}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

"""The summary of a job on GitHub Actions: a table of all findings, as Markdown."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from sidecar_lint.address import url_of
from sidecar_lint.escaping import markdown, markdown_code, uri_path
from sidecar_lint.finding import Severity
from sidecar_lint.report.place import place
from sidecar_lint.report.repository import repository_path

if TYPE_CHECKING:
    from sidecar_lint.finding import Finding
    from sidecar_lint.linting.report import PathProblem, Report

#: Bytes that GitHub takes from a step; with more it shows nothing.
LIMIT: Final = 1 << 20
#: Bytes kept for the line that says how many are left out.
_RESERVE: Final = 200
_HEAD: Final = "\n| | where | what | help |\n|---|---|---|---|\n"


class Summary:
    """Collects the rows of a table, no more than fit, and appends it to the file that GitHub named."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._rows: dict[Severity, list[bytes]] = {severity: [] for severity in Severity}
        self._sizes = dict.fromkeys(Severity, 0)
        self._count = 0

    def add(self, finding: Finding, report: Report) -> None:
        """Take a finding."""
        code, url = markdown(finding.code), url_of(finding.name)
        rule = f"[{code}]({url})" if url else f"**{code}**"
        what = f"{rule} {markdown(finding.message)}"
        # What a help has below its first line, such as a whole file, is no matter for a cell.
        help_ = finding.help.partition("\n")[0].removesuffix(":")
        self._row(finding.severity, finding.severity, _where(finding, report), what, markdown(help_))

    def problem(self, problem: PathProblem) -> None:
        """Take what could not be done."""
        self._row(Severity.ERROR, "problem", markdown(problem.file or ""), markdown(problem.message), "")

    def write(self, title: str) -> None:
        """Append the table, the gravest first. Raises OSError."""
        with open(self.path, "ab") as file:
            text = f"### sidecar-lint: {title}\n{_HEAD if self._count else ''}".encode()
            room = LIMIT - _RESERVE - file.tell() - len(text)
            rows = self._fitting(room)
            left = self._count - len(rows)
            more = f"\n{left} more findings do not fit here.\n" if left else ""
            if room > 0:
                file.write(b"".join((text, *rows, more.encode(), b"\n")))

    def _row(self, severity: Severity, *cells: str) -> None:
        self._count += 1
        if self._sizes[severity] < LIMIT:
            row = f"| {' | '.join(cells)} |\n".encode("utf-8", "replace")
            self._rows[severity].append(row)
            self._sizes[severity] += len(row)

    def _fitting(self, room: int) -> list[bytes]:
        rows = []
        for row in (row for rows in self._rows.values() for row in rows):
            room -= len(row)
            if room < 0:
                break
            rows.append(row)
        return rows


def _where(finding: Finding, report: Report) -> str:
    """The place, linked to the file as it was checked where the environment says what that is."""
    at = place(finding.span, report.source)
    path = repository_path(report.path)
    text = markdown_code(f"{path}:{at.line}:{at.column}")
    names = ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA")
    server, repository, commit = (os.environ.get(name) for name in names)
    if not (server and repository and commit) or os.path.isabs(path):
        return text
    return f"[{text}]({server}/{repository}/blob/{commit}/{uri_path(path)}#L{at.line})"

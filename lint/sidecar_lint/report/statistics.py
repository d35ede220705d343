"""How often each rule found something."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sidecar_lint.escaping import terminal
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.report.counts import has_safe_fix
from sidecar_lint.report.stream import StreamReport

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.linting.report import Report


class _Key(NamedTuple):
    code: str
    name: str


class StatisticsReport(StreamReport):
    """Prints a table instead of findings: the most frequent first, and how many can be fixed."""

    def _begin(self) -> None:
        self._found: Counter[_Key] = Counter()
        self._safe: Counter[_Key] = Counter()
        self._unsafe: Counter[_Key] = Counter()

    def _write(self, report: Report) -> None:
        for finding in self._shown(report):
            key = _Key(terminal(finding.code), terminal(finding.name))
            self._found[key] += 1
            if finding.fixes:
                (self._safe if has_safe_fix(finding) else self._unsafe)[key] += 1

    def finish(self) -> None:
        rows = [(str(count), *key, self._fixable(key)) for key, count in self._ordered()]
        widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
        for count, code, name, fixable in rows:
            line = f"{count:>{widths[0]}}  {code:<{widths[1]}}  {name:<{widths[2]}}  {fixable}"
            self._out.write(f"{terminal(line.rstrip())}\n")
        if not self._quiet and self.tally.files:
            self._out.write(f"{self.tally.sentence}\n")

    def _ordered(self) -> Iterator[tuple[_Key, int]]:
        yield from sorted(self._found.items(), key=lambda item: (-item[1], item[0]))

    def _fixable(self, key: _Key) -> str:
        """How many the first fix of each would put right."""
        parts = []
        if self._safe[key]:
            parts.append(f"{self._safe[key]} fixable")
        if self._unsafe[key]:
            parts.append(f"{self._unsafe[key]} fixable with --unsafe-fixes")
        return ", ".join(parts)

"""The contract of docs/json.md."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sidecar_lint import Edit, Finding, Fix, Related, Severity, Span, Stage
from sidecar_lint.linting.report import PathProblem, Report
from sidecar_lint.report.json import JsonReport
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from pytest_snapshot.plugin import Snapshot

SNAPSHOTS = Path(__file__).parent / "snapshots" / "json"
CONTRACT = Path(__file__).parents[1] / "docs" / "json.md"
TEXT = "name: 'é日😀'\r\nport: [\n  80 ]\n"


def _finding(start: int, end: int, **changes: Any) -> Finding:
    fields = {
        "code": "XX101",
        "name": "odd",
        "message": "it is odd",
        "severity": Severity.WARNING,
        "stage": Stage.TASK,
        "environments": ("*", "prod"),
    }
    return Finding(span=Span(start, end), **{**fields, **changes})


def _print(*reports: Report, problems: tuple[PathProblem, ...] = ()) -> str:
    out = io.StringIO()
    printed = JsonReport(out)
    for report in reports:
        printed.add(report)
    for problem in problems:
        printed.problem(problem)
    printed.finish()
    return out.getvalue()


def _full() -> str:
    fix = Fix(
        "write 81",
        (Edit(Span(TEXT.index("80"), TEXT.index("80") + 2), "81"), Edit(Span(0, 0), "é")),
        safe=True,
    )
    finding = _finding(
        TEXT.index("["),
        TEXT.index("]") + 1,
        effect="it stays odd",
        help="write\nsomething else",
        related=(Related(Span(0, 4), "as here"),),
        fixes=(fix,),
    )
    report = Report(Source("copilot/api/manifest.yml", TEXT), (_finding(10, 10), finding))
    return _print(report, Report(Source("b.yml", ""), ()), problems=(PathProblem("c.yml", "cannot read it"),))


def test_whole(snapshot: Snapshot) -> None:
    snapshot.snapshot_dir = SNAPSHOTS
    snapshot.assert_match(_full(), "whole.json")


def test_places_are_code_points_from_one_with_the_end_excluded() -> None:
    between, finding = json.loads(_full())["findings"]
    assert [between[each] for each in ("line", "column", "end_line", "end_column")] == [1, 11, 1, 11]
    assert [finding[each] for each in ("line", "column", "end_line", "end_column")] == [2, 7, 3, 7]
    assert finding["fixes"][0]["edits"][0] == {
        "line": 3,
        "column": 3,
        "end_line": 3,
        "end_column": 5,
        "text": "81",
    }


def test_every_member_is_documented() -> None:
    whole = json.loads(_full())
    contract = CONTRACT.read_text("utf-8")
    members = {*whole, *whole["findings"][1], *whole["summary"], *whole["findings"][1]["fixes"][0]}
    assert [member for member in members if f"`{member}`" not in contract] == []


def test_nothing_found() -> None:
    assert json.loads(_print()) == {
        "version": 1,
        "tool": json.loads(_print())["tool"],
        "findings": [],
        "errors": [],
        "summary": {"files": 0, "fixed": 0, "error": 0, "warning": 0, "info": 0}
        | {"suppressed": 0, "known": 0, "gone": 0},
    }


@pytest.mark.parametrize("odd", ["\ud800", "a\udcffb", "\x00\x1b\u2028", '"\\', "\U0010ffff"])
def test_is_json_whatever_is_in_it(odd: str) -> None:
    fix = Fix(odd, (Edit(Span(0, 1), odd),))
    finding = _finding(
        0, 1, message=odd, help=odd, environments=(odd,), related=(Related(Span(0, 1), odd),), fixes=(fix,)
    )
    printed = _print(Report(Source(odd, f"{odd}: 1"), (finding,)), problems=(PathProblem(odd, odd),))
    assert printed.isascii()
    read = json.loads(printed)
    read["findings"][0]["message"].encode()
    assert read["findings"][0]["file"] == read["errors"][0]["file"]


def test_link(monkeypatch: pytest.MonkeyPatch) -> None:
    assert json.loads(_full())["findings"][0]["url"] is None
    monkeypatch.setattr("sidecar_lint.address.PROJECT_ADDRESS", "https://example.com")
    assert json.loads(_full())["findings"][0]["url"] == "https://example.com/rules/odd/"

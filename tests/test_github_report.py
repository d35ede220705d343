"""Workflow commands as GitHub's runner reads them, its limits, and the job summary."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from reported import MANIFEST, PROBLEM, any_reports, printed, texts, whole

from sidecar_lint import Finding, Severity, Span, Stage
from sidecar_lint.escaping import terminal, terminal_lines
from sidecar_lint.linting.report import Report
from sidecar_lint.report.formats import Format
from sidecar_lint.report.github import command
from sidecar_lint.report.summary import LIMIT, Summary
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from pytest_snapshot.plugin import Snapshot

    from sidecar_lint.linting.report import PathProblem

SNAPSHOTS = Path(__file__).parent / "snapshots" / "formats"


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    message: str


def read(line: str) -> Command:
    """A line as the runner reads it: `::name key=value,key=value::message`, unescaped.

    https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    """
    assert line.startswith("::")
    head, separator, message = line[2:].partition("::")
    assert separator
    name, _, listed = head.partition(" ")
    pairs = (pair.partition("=") for pair in listed.split(",") if pair)
    return Command(name, {key: _plain(value, ":,") for key, _, value in pairs}, _plain(message, ""))


def _plain(text: str, more: str) -> str:
    for character in "\r\n" + more:
        text = text.replace(f"%{ord(character):02X}", character)
    return text.replace("%25", "%")


@pytest.fixture(autouse=True)
def _no_summary(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_STEP_SUMMARY", "GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA"):
        monkeypatch.delenv(name, raising=False)


def _commands(*reports: Report, problems: tuple[PathProblem, ...] = ()) -> list[Command]:
    lines = printed(Format.GITHUB, reports, problems).split("\n")
    return [read(line) for line in lines if line.startswith("::")]


@settings(deadline=None)
@given(message=texts, value=texts, other=texts)
def test_a_command_is_read_as_it_was_meant(message: str, value: str, other: str) -> None:
    line = command("error", message, file=value, title=other)
    assert "\n" not in line
    assert "\r" not in line
    properties = {"file": terminal(value), "title": terminal(other)}
    assert read(line) == Command("error", properties, terminal_lines(message))


@settings(max_examples=50, deadline=None)
@given(reports=any_reports())
def test_every_finding_is_a_command_whatever_it_says(reports: list[Report]) -> None:
    (report,) = reports
    found = _commands(report)
    assert len(found) == len(report.findings)
    messages = sorted(each.message.partition("\n")[0] for each in found)
    assert messages == sorted(terminal(each.message.partition("\n")[0]) for each in report.findings)


def test_columns_are_exact_and_only_of_one_line() -> None:
    mount, port, storage = _commands(*whole())
    assert (mount.name, port.name, storage.name) == ("error", "warning", "notice")
    places = [
        {key: each.properties.get(key) for key in ("line", "endLine", "col", "endColumn")}
        for each in (mount, port, storage)
    ]
    assert places == [
        {"line": "7", "endLine": "7", "col": "22", "endColumn": "26"},
        {"line": "4", "endLine": "4", "col": "17", "endColumn": "19"},
        {"line": "6", "endLine": "7", "col": None, "endColumn": None},
    ]
    assert mount.properties["title"] == "XX101 denied-mount"


def _many(errors: int, infos: int) -> Report:
    def finding(severity: Severity, number: int) -> Finding:
        return Finding("XX101", "many", f"{severity} {number}", Span(0, 4), severity, Stage.TASK)

    infos_first = [finding(Severity.INFO, number) for number in range(infos)]
    return Report(MANIFEST, (*infos_first, *(finding(Severity.ERROR, number) for number in range(errors))))


def test_ten_of_a_kind_and_the_gravest_first() -> None:
    out = printed(Format.GITHUB, [_many(12, 11)], [PROBLEM])
    names = [read(line).name for line in out.split("\n") if line.startswith("::")]
    assert names == ["error"] * 10 + ["notice"] * 10
    assert "4 more without an annotation" in out
    assert "more" not in printed(Format.GITHUB, [_many(10, 10)])
    assert out.endswith("\n12 errors, 11 info in 1 file\n")


def _summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *reports: Report) -> str:
    path = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    printed(Format.GITHUB, reports, [PROBLEM])
    return path.read_text("utf-8")


def test_the_job_summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, snapshot: Snapshot) -> None:
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://github.example")
    monkeypatch.setenv("GITHUB_REPOSITORY", "shop/shop")
    monkeypatch.setenv("GITHUB_SHA", "0123abc")
    snapshot.snapshot_dir = SNAPSHOTS
    snapshot.assert_match(_summary(tmp_path, monkeypatch, *whole()), "summary.md")


def test_a_cell_has_the_first_line_of_a_help(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finding = Finding(
        "XX101", "x", "x", Span(0, 1), Severity.ERROR, Stage.TASK, help="write x.yml:\nResources: 1"
    )
    assert "| write x.yml |\n" in _summary(tmp_path, monkeypatch, Report(MANIFEST, (finding,)))


def test_the_job_summary_has_all_findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = _summary(tmp_path, monkeypatch, _many(40, 40))
    assert all(f"{each} {number} |" in text for each in ("error", "info") for number in range(40))
    assert text.index("error 39 ") < text.index("info 0 ")


def test_the_job_summary_stays_below_githubs_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = "# of another tool of the same step\n" * 1000
    (tmp_path / "summary.md").write_text(before, "utf-8")
    text = _summary(tmp_path, monkeypatch, _many(9000, 9000))
    assert text.startswith(before)
    assert LIMIT * 0.99 < len(text.encode()) <= LIMIT
    left = 18_001 - text.count("| info |") - text.count("| error |") - text.count("| problem |")
    assert f"\n{left} more findings do not fit here.\n" in text
    (tmp_path / "summary.md").write_text("x" * (LIMIT - 10), "utf-8")
    assert len(_summary(tmp_path, monkeypatch, _many(1, 1))) == LIMIT - 10


@settings(max_examples=50, deadline=None)
@given(reports=any_reports())
def test_a_row_stays_a_row_whatever_it_says(
    reports: list[Report], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("summary") / "summary.md"
    summary = Summary(str(path))
    for finding in reports[0].findings:
        summary.add(finding, reports[0])
    summary.write("3 findings")
    lines = path.read_bytes().decode().split("\n")
    rows = [line for line in lines if line.startswith("|")][2:]
    assert len(rows) == 3
    # In a code span nothing is HTML.
    assert all(row.count("|") == 5 and "<" not in re.sub("`[^`]*`", "", row) for row in rows)


def test_a_summary_that_cannot_be_written_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "none" / "summary.md"))
    assert len(printed(Format.GITHUB, whole()).split("\n")) == 5
    assert "cannot write the job summary: No such file" in capsys.readouterr().err


def test_a_file_outside_the_repository_has_no_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://github.example")
    monkeypatch.setenv("GITHUB_REPOSITORY", "shop/shop")
    monkeypatch.setenv("GITHUB_SHA", "0123abc")
    finding = Finding("XX101", "x", "x", Span(0, 1), Severity.ERROR, Stage.TASK)
    text = _summary(tmp_path, monkeypatch, Report(Source("/else/m.yml", "a"), (finding,)))
    assert "| `/else/m.yml:1:1` |" in text
    assert "https" not in text

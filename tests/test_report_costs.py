"""What a report costs: it grows with what there is to say, and no faster, however long a line is.

Nothing is timed here: characters looked at, lines drawn and conversions made are counted.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reported import printed
from rich.cells import cell_len

from sidecar_lint import Edit, Finding, Fix, Related, Severity, Span, Stage
from sidecar_lint.escaping import terminal_cells
from sidecar_lint.fixing.applying import apply_edits
from sidecar_lint.linting import identity
from sidecar_lint.linting import report as reports
from sidecar_lint.linting.report import MOST_SHOWN, Report
from sidecar_lint.report import diff, window
from sidecar_lint.report.diff import DiffReport
from sidecar_lint.report.formats import Format
from sidecar_lint.report.text_renderer import TextRenderer
from sidecar_lint.server.diagnostics import Translation
from sidecar_lint.syntax import units
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable


def _flow(count: int, name: str = "c") -> Report:
    """A line of so many sidecars with two findings each."""
    text = "sidecars: {" + ", ".join(f"{name}{number}: {{a: 1, b: 2}}" for number in range(count)) + "}\n"
    return _everywhere(text, ("a: 1", "b: 2"))


def _block(count: int, name: str = "c") -> Report:
    """The same on lines of their own."""
    text = "sidecars:\n" + "".join(f"  {name}{number}:\n    a: 1\n    b: 2\n" for number in range(count))
    return _everywhere(text, ("a: 1", "b: 2"))


def _everywhere(text: str, parts: tuple[str, ...]) -> Report:
    findings = []
    for part in parts:
        at = text.find(part)
        while at != -1:
            fix = Fix("write x", (Edit(Span(at, at + 1), "x"),))
            related = (Related(Span(at + 3, at + 4), "here"),)
            finding = Finding(
                "XX101",
                "x",
                "odd",
                Span(at, at + 1),
                Severity.ERROR,
                Stage.TASK,
                related=related,
                fixes=(fix,),
            )
            findings.append(finding)
            at = text.find(part, at + 1)
    return Report(Source("m.yml", text), tuple(sorted(findings, key=lambda each: each.span)))


class Count:
    """Counts what a function is given, and calls it."""

    def __init__(self, function: Callable[..., Any], size: Callable[..., int] = lambda *_: 1) -> None:
        self.total = 0
        self._function = function
        self._size = size

    def __call__(self, *arguments: Any) -> Any:
        self.total += self._size(*arguments)
        return self._function(*arguments)


def _counted(
    monkeypatch: pytest.MonkeyPatch, module: object, name: str, size: Callable[..., int] = lambda *_: 1
) -> Count:
    count = Count(getattr(module, name), size)
    monkeypatch.setattr(module, name, count)
    return count


@pytest.mark.parametrize("made", [_flow, _block])
def test_drawing_looks_at_the_characters_near_a_mark(
    made: Callable[[int], Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    count = _counted(monkeypatch, window, "terminal_cells", lambda text, _encoding: len(text))
    totals = []
    for size in (100, 200, 400):
        before = count.total
        printed(Format.TEXT, [made(size)])
        totals.append(count.total - before)
    first, second, third = totals
    assert third <= 2.1 * second <= 2.1 * 2.1 * first
    # Of a finding three lines are drawn, and five times the width of a terminal is looked at at most.
    assert third <= 800 * 3 * 5 * 120


@pytest.mark.parametrize("made", [_flow, _block])
def test_lines_drawn_are_as_many_as_the_findings_need(made: Callable[[int], Report]) -> None:
    lines = [printed(Format.TEXT, [made(size)]).count("\n") for size in (100, 200, 400)]
    assert lines[2] - lines[1] == 2 * (lines[1] - lines[0])


@pytest.mark.parametrize("made", [_flow, _block])
@pytest.mark.parametrize("name", ["c", "日", "😀"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_each_character_is_measured_once_for_positions(
    made: Callable[[int, str], Report], name: str, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = Count(units._SIZES[encoding])  # noqa: SLF001  what is counted is hidden well
    monkeypatch.setitem(units._SIZES, encoding, count)  # noqa: SLF001
    report = made(200, name)
    found = Translation(encoding, lambda path: path, {}).diagnostics(report)
    assert len(found) == 400
    assert count.total <= len(report.source.text)
    if encoding == "utf-8":
        printed(Format.RDJSON, [report])
        assert count.total <= len(report.source.text)


def test_what_is_hidden_is_masked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    count = _counted(monkeypatch, reports, "masked")
    report = _flow(50)
    printed(Format.TEXT, [Report(report.source, report.findings, hidden=(Span(11, 12),))])
    assert count.total == 1


def test_the_entries_of_a_file_are_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    count = _counted(monkeypatch, identity, "Outline")
    for wanted in (Format.SARIF, Format.GITLAB, Format.JSON):
        printed(wanted, [_block(50)])
    assert count.total == 3


# The first thousand


def test_people_are_shown_a_thousand_findings_of_a_file() -> None:
    report = _block(600)
    text = printed(Format.TEXT, [report, _block(1)])
    assert text.count("error[XX101]") == MOST_SHOWN + 2
    assert "\n200 more findings are not shown of m.yml: `--format concise` prints a line for each\n\n" in text
    assert "\n1202 errors in 2 files (`sidecar-lint rule CODE` tells more)\n" in text
    exact = Report(report.source, report.findings[:MOST_SHOWN])
    assert "not shown" not in printed(Format.TEXT, [exact])
    one = Report(report.source, report.findings[: MOST_SHOWN + 1])
    assert "\n1 more finding is not shown of m.yml" in printed(Format.TEXT, [one])


def test_what_quiet_leaves_out_is_not_counted() -> None:
    report = _block(600)
    infos = tuple(each._replace(severity=Severity.INFO) for each in report.findings[:300])
    mixed = Report(report.source, (*infos, *report.findings[300:]))
    assert "not shown" not in printed(Format.TEXT, [mixed], quiet=True)
    assert "200 more findings" in printed(Format.TEXT, [mixed])


@pytest.mark.parametrize("wanted", [Format.CONCISE, Format.JSON, Format.SARIF, Format.GITLAB, Format.RDJSON])
def test_programs_get_all_of_them(wanted: Format) -> None:
    assert printed(wanted, [_block(600)]).count("odd") >= 1200


def test_an_editor_is_shown_a_thousand_findings_of_a_file() -> None:
    found = Translation("utf-16", lambda path: path, {}).diagnostics(_block(600))
    assert len(found) == MOST_SHOWN + 1
    assert found[-1].message.startswith("200 more findings are not shown here\n")
    assert found[-1].range.end.line == 0


# Windows on long lines

lines = st.text(st.sampled_from("ab: {}日é😀\t\u0301\u200d\x1b#["), min_size=1, max_size=90)


@settings(max_examples=300)
@given(line=lines, data=st.data(), room=st.integers(20, 60))
def test_what_is_marked_is_what_is_drawn_there(line: str, data: st.DataObject, room: int) -> None:
    at = data.draw(st.integers(0, len(line) - 1))
    drawn = window.window(Source("x", line), 0, Span(at, at + 1), room, "utf-8")
    assert cell_len(drawn.text) <= room
    start, end = drawn.column(at), drawn.column(at + 1)
    cell = terminal_cells(line)[at]
    before = _cells(drawn.text)[start:end]
    # Blanks at the end of a line are not drawn.
    assert "".join(before) == cell or not cell.strip() or cell_len(cell) == 0


def _cells(text: str) -> list[str]:
    """The characters of a text by the cells that they take; those that take none are left out."""
    widths = ((character, cell_len(character)) for character in text)
    return [cell for character, width in widths if width for cell in (character, *[""] * (width - 1))]


def test_a_patch_looks_at_each_edit_once(monkeypatch: pytest.MonkeyPatch) -> None:
    count = _counted(monkeypatch, diff, "_lines")
    for size in (100, 200):
        before = count.total
        report = _block(size)
        edits = tuple(edit for finding in report.findings for fix in finding.fixes for edit in fix.edits)
        after = Source("m.yml", apply_edits(report.source.text, edits))
        out = io.StringIO()
        DiffReport(out).add(Report(after, (), original=report.source, edits=edits))
        assert out.getvalue().count("\n+") == 2 * size + 1
        assert count.total - before == 2 * len(edits)


def test_a_terminal_gets_the_same_with_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.delenv("NO_COLOR", raising=False)
    report, coloured, plain = _flow(3), Terminal(), io.StringIO()
    for out in (coloured, plain):
        drawing = TextRenderer(out)
        for finding in report.findings:
            drawing.print(finding, report)
    assert "\x1b" in coloured.getvalue()
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured.getvalue()) == plain.getvalue()

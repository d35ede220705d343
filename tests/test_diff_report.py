"""The patch that `--diff` prints: what git and patch apply, and what is left out of it."""

from __future__ import annotations

import io
import subprocess
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidecar_lint import Edit, NewFile, Span
from sidecar_lint.linting.report import Report
from sidecar_lint.report.diff import DiffReport
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from pathlib import Path


def _diff(before: str, after: str, path: str = "m.yml", new_files: tuple[NewFile, ...] = ()) -> str:
    changes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    edits = tuple(
        Edit(Span(low, high), after[first:last]) for tag, low, high, first, last in changes if tag != "equal"
    )
    return _printed(before, after, edits, path, new_files)


def _printed(
    before: str,
    after: str,
    edits: tuple[Edit, ...],
    path: str = "m.yml",
    new_files: tuple[NewFile, ...] = (),
) -> str:
    out = io.StringIO()
    source = Source(path, before)
    report = Report(Source(path, after), (), original=source, edits=edits, new_files=new_files)
    DiffReport(out).add(report)
    return out.getvalue()


def _apply(folder: Path, patch: str) -> None:
    command = ["git", "apply", "-p0", "--unidiff-zero", "-"]
    subprocess.run(command, cwd=folder, input=patch.encode(), check=True)


def test_a_diff_without_a_last_newline() -> None:
    assert _diff("b", "a") == (
        "--- m.yml\n+++ m.yml\n@@ -1 +1 @@\n-b\n\\ No newline at end of file\n+a\n\\ No newline at end of file\n"
    )


def test_nothing_changed() -> None:
    assert _diff("a\n", "a\n") == ""


lines = st.lists(st.sampled_from(["a\n", "b\n", "c: d\n", "\n", "é\n", "x\r\n"]), max_size=30).map("".join)


@settings(max_examples=40, deadline=None)
@given(before=lines, after=lines, end=st.sampled_from(["", "z"]))
def test_git_applies_it(before: str, after: str, end: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("diff")
    (folder / "m.yml").write_bytes((before + end).encode())
    patch = _diff(before + end, after + end)
    if patch:
        _apply(folder, patch)
    assert (folder / "m.yml").read_bytes() == (after + end).encode()


def test_a_new_file(tmp_path: Path) -> None:
    patch = _diff("a\n", "a\n", new_files=(NewFile("new é.yml", "b\nc\n"),))
    _apply(tmp_path, patch)
    assert (tmp_path / "new é.yml").read_text("utf-8") == "b\nc\n"


def test_a_path_with_a_line_break(tmp_path: Path) -> None:
    name = 'a\n##[notice]\u202e"\\\t.yml'
    (tmp_path / name).write_text("a\n")
    _apply(tmp_path, _diff("a\n", "b\n", name))
    assert (tmp_path / name).read_text() == "b\n"


@pytest.mark.parametrize(
    "line", ["# ##[notice]x", "::notice::x", "  ::notice::x", "# \u202e", "# \x85", "# a\r#"]
)
def test_what_would_be_obeyed_is_left_out_and_the_rest_applies(line: str, tmp_path: Path) -> None:
    between = [f"k{number}: 1" for number in range(9)]
    before = "\n".join([line, "a: 1", *between, "b: 1", *between, "c: 1", ""])
    after = before.replace("a: 1", "a: 2\nnew: 1").replace("c: 1", "c: 2")
    patch = _diff(before, after, "m\n.yml")
    assert patch.startswith(
        "1 change of m\\n.yml left out here: its lines hold characters that a terminal or a log obeys\n---"
    )
    assert line.strip() not in patch
    (tmp_path / "m\n.yml").write_text(before, newline="")
    _apply(tmp_path, patch)
    assert (tmp_path / "m\n.yml").read_bytes().decode() == before.replace("c: 1", "c: 2")


def test_a_line_that_begins_with_what_it_is_can_be_printed() -> None:
    assert "+::notice::x\n" in _diff("a\n", "::notice::x\n")


def test_lines_that_stay_are_not_written_anew() -> None:
    before = "a: 1\nb: 2\nc: 3\n"
    inserted = (Edit(Span(5, 5), "new: 1\n"), Edit(Span(10, 10), "more: 1\n"))
    patch = _printed(before, "a: 1\nnew: 1\nb: 2\nmore: 1\nc: 3\n", inserted)
    assert patch == "--- m.yml\n+++ m.yml\n@@ -1,3 +1,5 @@\n a: 1\n+new: 1\n b: 2\n+more: 1\n c: 3\n"
    same = (Edit(Span(5, 9), "b: 2"),)
    assert _printed(before, before, same) == ""


def test_hunks_are_apart_where_more_than_six_lines_are_between() -> None:
    lines = [f"k{number}: 1\n" for number in range(20)]
    for apart, hunks in ((7, 1), (8, 2)):
        changed = ["x\n" if number in (3, 3 + apart) else line for number, line in enumerate(lines)]
        assert _diff("".join(lines), "".join(changed)).count("@@ -") == hunks

"""Every fixture workspace, linted by the command: the whole report is a snapshot."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import program
import pytest
from workspaces import CASES

if TYPE_CHECKING:
    import subprocess

    from pytest_snapshot.plugin import Snapshot

#: What a report may depend on besides the files.
_SCRUBBED = {
    "COLUMNS": "80",
    "NO_COLOR": "1",
    "PYTHONIOENCODING": "utf-8",
    "SIDECAR_LINT_TODAY": "2026-01-01",
    "TERM": "dumb",
}


def _lint(case: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    return program.run(case, *arguments, variables=kept | _SCRUBBED)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_report(case: Path, snapshot: Snapshot) -> None:
    run = _lint(case)
    assert run.stderr == ""
    snapshot.snapshot_dir = Path(__file__).parent / "snapshots" / "fixtures"
    snapshot.assert_match(f"{run.stdout}\nexit status {run.returncode}\n", f"{case.name}.txt")


def test_a_workspace_with_every_kind_of_file_is_clean() -> None:
    run = _lint(next(case for case in CASES if case.name == "ok-workspace"))
    assert (run.stdout, run.returncode) == ("14 files, no findings\n", 0)


def test_what_is_right_is_clean() -> None:
    run = _lint(
        next(case for case in CASES if case.name == "ok-services"), "--ignore", "SL106,SL207,SL209,SL213"
    )
    assert (run.stdout, run.returncode) == ("6 files, no findings\n", 0)


def test_what_the_bench_calls_clean_is_clean() -> None:
    run = _lint(Path(__file__).parents[1] / "bench" / "clean", "manifest.yml")
    assert (run.stdout, run.returncode) == ("1 file, no findings\n", 0)

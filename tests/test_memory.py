"""What a run keeps of a file does not grow with the number of files: nothing of its tree, its lines, its findings."""

from __future__ import annotations

import gc
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from sidecar_lint import Files, Finding, Report, lint_paths
from sidecar_lint.commands import checking
from sidecar_lint.commands.changing import Trying
from sidecar_lint.commands.checking import Checking
from sidecar_lint.effective_configuration.configurations import Configurations
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.syntax.nodes import Mapping, Scalar
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from pathlib import Path

    from sidecar_lint.linting.report import PathProblem

MANIFEST = """\
name: api
type: Backend Service
image: {location: 'nginx:1'}
sidecars:
  a: {image: 'envoy:1', essentail: true}
  b: {image: 'envoy:1', port: 0}
"""
#: Of files that lie in no workspace so many are changed together here.
GROUP = 4
FEW, MANY = 8, 16


@pytest.fixture
def manifests(tmp_path: Path) -> list[str]:
    """Manifests that have nothing to do with each other."""
    (tmp_path / ".git").mkdir()
    paths = [tmp_path / str(number) / "manifest.yml" for number in range(MANY)]
    for path in paths:
        path.parent.mkdir()
        path.write_text(MANIFEST, "utf-8")
    return [str(path) for path in paths]


def _alive() -> Counter[str]:
    """How many objects of ours there are, and what sources know besides their text."""
    gc.collect()
    kinds = (Scalar, Mapping, Finding, Report)
    ours: Counter[str] = Counter(type(each).__name__ for each in gc.get_objects() if isinstance(each, kinds))
    sources = [each for each in gc.get_objects() if isinstance(each, Source)]
    ours["of sources"] = sum(len(vars(each)) for each in sources)
    return ours


class Counting:
    """A report that keeps nothing, and counts what there is at the end."""

    def __init__(self) -> None:
        self.findings = 0
        self.alive: Counter[str] = Counter()

    def add(self, report: Report) -> None:
        self.findings += len(report.findings)

    def problem(self, problem: PathProblem) -> None:
        raise AssertionError(problem)

    def finish(self) -> None:
        self.alive = _alive()


def _check(paths: list[str], changing: Trying | None) -> Counting:
    counting = Counting()
    Checking(paths, "-", Configurations(), changing=changing).run(counting, progress=False)
    assert counting.findings >= len(paths)
    return counting


@pytest.mark.parametrize("changing", [None, Trying()], ids=["text", "formats with fixes"])
def test_a_run_keeps_nothing_of_a_file_that_is_reported(
    manifests: list[str], changing: Trying | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "_GROUP", GROUP)
    few, many = (_check(manifests[:number], changing).alive for number in (FEW, MANY))
    assert many - few == Counter()


def test_a_program_that_iterates_keeps_what_it_keeps(manifests: list[str]) -> None:
    rules, files = load_rules(), Files()
    before = _alive()
    for report in lint_paths(manifests, rules, files):
        assert report.findings
    del report
    assert _alive() - before == Counter()
    assert files.reads.total() == len(manifests)

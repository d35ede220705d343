"""The fuzzer: it finds what is planted, its inputs follow from their seeds, and what it found once is mended."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fuzzed import fuzzed, projects
from fuzzing import Fault, attempt

from sidecar_lint import Files, Finding, Manifest, Rule, Span, lint_paths, lint_text
from sidecar_lint.fixing import rewriting
from sidecar_lint.language import completion, hover
from sidecar_lint.report.stream import StreamReport
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRIPT = Path(__file__).parents[1] / "bench" / "fuzz.py"
SEEDS = range(40)


def _fault(tmp_path: Path) -> Fault | None:
    """The first one."""
    found = (attempt(seed, tmp_path / str(seed)) for seed in SEEDS)
    return next((fault for fault in found if fault), None)


def test_a_few_inputs_have_no_fault(tmp_path: Path) -> None:
    assert _fault(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (StreamReport, "finish"),
        (rewriting, "rewrite_all"),
        (completion, "cursor"),
        (hover, "place_at"),
    ],
)
def test_a_planted_fault_is_found(
    tmp_path: Path, module: object, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(module, name, broken)
    fault = _fault(tmp_path)
    assert fault
    assert "ZeroDivisionError" in fault.detail


def test_a_rule_that_crashes_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_rule: Rule, manifest: Manifest) -> Iterator[Finding]:
        if "image" in manifest.root.entries:
            raise ZeroDivisionError
        yield from ()

    rule = next(each for each in load_rules() if Rule.check in each.hooks)
    monkeypatch.setattr(type(rule), "hooks", {Rule.check: broken})
    fault = _fault(tmp_path)
    assert fault
    assert rule.code in fault.kind


def test_what_takes_too_long_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(self: Source, offset: int) -> None:
        while offset == offset + 0 * len(self.path):
            pass

    monkeypatch.setattr(Source, "position", endless)
    monkeypatch.setattr("fuzzing.PATIENCE", 0.2)
    fault = _fault(tmp_path)
    assert fault
    assert "TooLong" in fault.kind


def test_inputs_follow_from_their_seeds_and_differ() -> None:
    inputs = [tuple(sorted(fuzzed(seed).items())) for seed in SEEDS]
    assert inputs == [tuple(sorted(fuzzed(seed).items())) for seed in SEEDS]
    assert len(set(inputs)) == len(SEEDS)
    assert not {tuple(sorted(each.items())) for each in projects()} & set(inputs)


def test_the_script_says_what_it_tried(tmp_path: Path) -> None:
    command = (sys.executable, SCRIPT, "--seed", "7", "--inputs", "2", "--into", tmp_path)
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (0, "seeds 7 to 8: 2 inputs, 0 faults\n")


# What it found.


@pytest.mark.parametrize(
    "text", ["a: !x [", "a: {b", "- a\n b: &", "a:\n  - b\n c", "!a", "a: 'b", "[a\n", '"a\\']
)
def test_no_place_lies_outside_of_a_text_that_is_not_yaml(text: str) -> None:
    for end in ("", "\n", "\n# x"):
        report = lint_text(text + end)
        for finding in report.findings:
            spans = (finding.span, *(related.span for related in finding.related))
            assert all(0 <= span.start <= span.end <= len(text + end) for span in spans)


def test_a_comment_in_what_is_not_all_text_has_no_fix() -> None:
    text = b"name: api\ntype: Backend Service # sidecar-lint: ignroe[SL101] x\nimage: {location: a}\n# "
    (finding,) = [each for each in lint_text(text).findings if each.code == "SL023"]
    assert finding.fixes
    (finding,) = [each for each in lint_text(text + b"\xff").findings if each.code == "SL023"]
    assert not finding.fixes


def test_the_overrides_of_an_empty_manifest_have_a_place_in_it() -> None:
    path = "/nowhere/copilot/api/manifest.yml"
    files = Files({path: "", "/nowhere/copilot/api/overrides/cfn.patches.yaml": "[]\n"})
    (report,) = lint_paths([path], files=files)
    assert [each.span for each in report.findings if each.code == "SL842"] == [Span(0, 0)]

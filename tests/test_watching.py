"""Rules are not run again where an environment changes nothing they looked at, and nobody can tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from mutations import Mutated, mutated_manifests
from workspaces import MANIFESTS

from sidecar_lint import Document, Finding, Manifest, Report, Rule, Severity, Stage, lint_text
from sidecar_lint.manifests.watching import Reads
from sidecar_lint.syntax.source import Source

TEXT = """\
name: api
type: Backend Service
image: {port: 80}
sidecars: {nginx: {port: 81}}
environments:
  test: {sidecars: {nginx: {port: 82}}}
  prod: {cpu: 256}
"""


def _without_reuse(text: str) -> Report:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reads, "everything", property(lambda _: True, lambda *_: None))
        return lint_text(text)


def test_changed_sections() -> None:
    base, test, prod = Document(Source("x", TEXT)).manifests
    assert base.changed == frozenset()
    assert test.changed == {"sidecars"}
    assert prod.changed == {"cpu"}


def test_what_is_derived_counts_as_looked_at_each_time() -> None:
    base = Document(Source("x", TEXT)).manifests[0]
    assert [each.name for each in base.sidecars] == ["nginx"]
    reads = base.watch()
    assert base.main.port is not None
    assert [each.name for each in base.sidecars] == ["nginx"]
    assert {"image", "sidecars"} <= reads.sections
    assert "cpu" not in reads.sections
    assert not reads.everything


@pytest.mark.parametrize("ask", ["environment", "is_base", "base", "override"])
def test_who_asks_for_the_environment_is_always_run(ask: str) -> None:
    base = Document(Source("x", TEXT)).manifests[0]
    reads = base.watch()
    getattr(base, ask)
    assert reads.everything


def test_who_goes_through_all_sections_is_always_run() -> None:
    base = Document(Source("x", TEXT)).manifests[0]
    reads = base.watch()
    assert [key.text for key, _ in base.root] == ["name", "type", "image", "sidecars"]
    assert reads.everything


@pytest.mark.parametrize(
    "ask",
    [
        len,
        bool,
        list,
        dict,
        dict.copy,
        lambda each: each == {},
        lambda each: each != {},
        lambda each: [*reversed(each)],
    ],
    ids=["len", "bool", "list", "dict", "copy", "equal", "unequal", "reversed"],
)
def test_who_asks_about_all_sections_finds_the_mistake_of_one_environment(ask: Callable[[Any], Any]) -> None:
    class Asking(Rule):
        """There are more than four sections."""

        code, name = "T001", "asking"
        severity, stage = Severity.ERROR, Stage.DEPLOY

        def check(self, manifest: Manifest) -> Iterator[Finding]:
            ask(manifest.root.entries)
            if dict.__len__(manifest.root.entries) > 4:
                yield self.finding(manifest.root, "too many sections")

    (finding,) = lint_text(TEXT, rules=[Asking()]).findings
    assert finding.environments == ("prod",)


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: f"{path.parts[-4]}-{path.parts[-2]}")
def test_fixtures_give_the_same_findings_without_reuse(path: Path) -> None:
    text = path.read_text("utf-8")
    assert lint_text(text).findings == _without_reuse(text).findings


@settings(max_examples=150, deadline=None)
@given(mutated_manifests())
def test_mutations_give_the_same_findings_without_reuse(mutated: Mutated) -> None:
    assert lint_text(mutated.text).findings == _without_reuse(mutated.text).findings

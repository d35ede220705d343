"""Rules are not run again where an environment changes nothing they looked at, and nobody can tell."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from mutations import Mutated, mutated_manifests
from workspaces import MANIFESTS

from sidecar_lint import Document, Finding, Manifest, Report, Rule, Severity, Stage, lint_text
from sidecar_lint.manifests import read_tracking
from sidecar_lint.manifests.read_tracking import Reads, once
from sidecar_lint.syntax.nodes import as_mapping
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

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
    assert not base.differences.places
    assert test.differences.places == {("sidecars", "nginx", "port")}
    assert test.differences.sections == {"sidecars"}
    assert prod.differences.places == {("cpu",)}


def test_what_is_derived_counts_as_looked_at_each_time() -> None:
    base = Document(Source("x", TEXT)).manifests[0]
    assert [each.name for each in base.sidecars] == ["nginx"]
    reads = base.watch()
    assert base.main.port is not None
    assert [each.name for each in base.sidecars] == ["nginx"]
    assert {("image",), ("sidecars",), ("sidecars", "nginx")} <= reads.places
    assert ("cpu",) not in reads.places
    assert ("sidecars", "nginx", "port") not in reads.places
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


BELOW = """\
name: api
type: Backend Service
image: {port: 80}
sidecars:
  nginx: {image: nginx, secrets: {KEY: "/${COPILOT_ENVIRONMENT_NAME}/key"}, labels: {a: b}}
environments:
  test:
  prod: {sidecars: {nginx: {labels: {c: d}}}}
"""


def _sidecar(manifest: Manifest) -> dict[str, Any]:
    return manifest.sidecars[0].section.entries


@pytest.mark.parametrize(
    ("ask", "again"),
    [
        (lambda each: each["image"], set()),
        (lambda each: "image" in each, set()),
        (list, set()),
        (lambda each: each["secrets"], set()),
        (lambda each: each["secrets"].get("KEY"), {"test", "prod"}),
        (lambda each: "KEY" in each["secrets"].entries, {"test", "prod"}),
        (lambda each: list(each["secrets"]), {"test", "prod"}),
        (lambda each: list(each["secrets"].entries), set()),
        (lambda each: list(each["labels"].entries), {"prod"}),
        (lambda each: len(each["labels"].entries), {"prod"}),
        (lambda each: each["labels"].get("a"), set()),
        (lambda each: each["labels"].get("c"), {"prod"}),
        (lambda each: each == {}, {"test", "prod"}),
    ],
)
def test_who_looks_into_a_sidecar_is_run_again_where_that_part_of_it_is_another(
    ask: Callable[[Any], Any], again: set[str]
) -> None:
    asked = []

    class Asking(Rule):
        """Something of a sidecar."""

        code, name = "T001", "asking"
        severity, stage = Severity.ERROR, Stage.DEPLOY

        def check(self, manifest: Manifest) -> Iterator[Finding]:
            asked.append(id(manifest))
            ask(_sidecar(manifest))
            yield from ()

    report = lint_text(BELOW, rules=[Asking()])
    assert report.findings == ()
    assert len(asked) == 1 + len(again)


def _matched(each: dict[str, Any]) -> object:
    match each:
        case {"c": _, **others}:
            return others
    return None


@pytest.mark.parametrize("written", ["{}", "{a: b}"])
@pytest.mark.parametrize(
    "ask",
    [
        lambda each: each.copy(),
        lambda each: each | {},
        lambda each: {} | each,
        lambda each: {**each},
        {}.update,
        {}.__ior__,
        lambda each: f"{each}",
        repr,
        lambda each: each.keys() <= {"a"},
        lambda each: [*each.items()],
        lambda each: [*reversed(each)],
        sorted,
        dict.fromkeys,
        _matched,
    ],
)
def test_whoever_looks_at_a_map_is_run_again_where_there_is_more_in_it(
    ask: Callable[[Any], Any], written: str
) -> None:
    asked = []

    class Asking(Rule):
        """The labels of a sidecar."""

        code, name = "T001", "asking"
        severity, stage = Severity.ERROR, Stage.DEPLOY

        def check(self, manifest: Manifest) -> Iterator[Finding]:
            asked.append(id(manifest))
            ask(_sidecar(manifest)["labels"].entries)
            yield from ()

    lint_text(BELOW.replace("{a: b}", written), rules=[Asking()])
    assert len(asked) == 1 + len(["prod"])


def test_of_what_is_made_later_nobody_can_tell_what_it_looks_at() -> None:
    class Lazy:
        def __init__(self, manifest: Manifest) -> None:
            self._section = manifest.sidecars[0].section

        @cached_property
        def key(self) -> Any:
            return as_mapping(self._section.get("secrets")).get("KEY")

    base = Document(Source("x", BELOW)).manifests[0]
    for _ in range(2):  # the second who asks finds it made
        reads = base.watch()
        assert once(base, Lazy).key.text.endswith("/key")
        assert "sidecars" in reads.whole


def test_what_is_derived_is_that_of_the_base_where_an_environment_changes_nothing_of_it() -> None:
    asked: list[Manifest] = []

    def derive(manifest: Manifest) -> str:
        asked.append(manifest)
        secrets = manifest.sidecars[0].section.get("secrets")
        return getattr(as_mapping(secrets).get("KEY"), "text", "") + manifest.name

    def labels(manifest: Manifest) -> list[str]:
        asked.append(manifest)
        return list(as_mapping(manifest.sidecars[0].section.get("labels")).entries)

    base, test, prod = Document(Source("x", BELOW)).manifests
    assert [once(each, derive) for each in (base, test, prod)] == [
        f"/{name}/keyapi" for name in ("${COPILOT_ENVIRONMENT_NAME}", "test", "prod")
    ]
    assert asked == [base, test, prod]
    asked.clear()
    assert [once(each, labels) for each in (base, test, prod)] == [["a"], ["a"], ["a", "c"]]
    assert asked == [base, prod]


def test_a_part_in_which_an_environment_may_change_something_is_its_own() -> None:
    base, test, prod = Document(Source("x", BELOW)).manifests
    assert [
        list(as_mapping(each.sidecars[0].section.get("labels")).entries) for each in (base, test, prod)
    ] == [
        ["a"],
        ["a"],
        ["a", "c"],
    ]


def test_the_old_spelling_of_one_environment_is_found() -> None:
    text = (
        "name: api\ntype: Load Balanced Web Service\nimage: {port: 80}\nhttp: {path: /}\n"
        "sidecars: {nginx: {port: 81}}\n"
        "environments: {prod: {http: {target_container: nginx, targetContainer: nginx}}}\n"
    )
    (found,) = [each for each in lint_text(text).findings if each.code == "SL503"]
    assert found.environments == ("prod",)


def test_maps_that_many_aliases_stand_for_are_looked_into_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[object] = []
    differences = read_tracking._differences  # noqa: SLF001  it calls itself for each pair of maps

    def counting(*of: Any) -> Any:
        looked.append(of)
        return differences(*of)

    monkeypatch.setattr(read_tracking, "_differences", counting)
    levels = [
        f"  x{at}: &x{at} {{{', '.join(f'k{key}: *x{at - 1}' for key in range(9))}}}" for at in range(1, 9)
    ]
    bomb = "\n".join(["x-all:", '  x0: &x0 {a: "${COPILOT_ENVIRONMENT_NAME}"}', *levels])
    text = f"name: api\ntype: Backend Service\nimage: {{port: 80}}\n{bomb}\nenvironments: {{test: {{cpu: 256}}}}\n"
    lint_text(text)
    assert len(looked) < 1000


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: f"{path.parts[-4]}-{path.parts[-2]}")
def test_fixtures_give_the_same_findings_without_reuse(path: Path) -> None:
    text = path.read_text("utf-8")
    assert lint_text(text).findings == _without_reuse(text).findings


@settings(max_examples=150, deadline=None)
@given(mutated_manifests())
def test_mutations_give_the_same_findings_without_reuse(mutated: Mutated) -> None:
    assert lint_text(mutated.text).findings == _without_reuse(mutated.text).findings

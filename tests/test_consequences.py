"""One mistake, one finding: what follows from a finding that is told is only a related place of that."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sidecar_lint_rules
from sidecar_lint import Edit, Finding, Fix, Manifest, Report, Rule, Severity, Stage, lint_text
from sidecar_lint.fixing.rewriting import rewrite
from sidecar_lint.fixing.rounds import lint_to_change
from sidecar_lint.fixing.suppressing import add_suppressions
from sidecar_lint.linting.baseline import Baseline, Rewriting
from sidecar_lint.linting.engine import lint_source
from sidecar_lint.linting.settings import PLAIN, FindingSettings
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TEXT = """\
name: api
type: Backend Service
cpu: 1
memory: 2
exec: true
environments:
  test: {memory: 3}
"""


def _flags(at: str, *causes: str, severity: Severity = Severity.ERROR, stage: Stage = Stage.SILENT) -> Rule:
    """A rule that flags a field, and says that this follows from what is wrong with other fields."""

    class Flags(Rule):
        __doc__ = f"Flags {at}."
        code, name = f"ZZ_{at.upper()}1", f"wrong-{at}"

        def check(self, manifest: Manifest) -> Iterator[Finding]:
            node = manifest.scalar(at)
            if node and node.text != "512":
                found = ((f"ZZ_{cause.upper()}1", manifest.get(cause)) for cause in causes)
                follows_from = [(code, place) for code, place in found if place]
                yield self.finding(
                    node, f"{at} is wrong", replace="512", safe=True, follows_from=follows_from
                )

    Flags.severity, Flags.stage = severity, stage
    return Flags()


CPU = _flags("cpu")
MEMORY = _flags("memory", "cpu", stage=Stage.DEPLOY)
EXEC = _flags("exec", "memory", severity=Severity.WARNING, stage=Stage.COPILOT)


def _lint(rules: Sequence[Rule], text: str = TEXT, settings: FindingSettings = PLAIN) -> Report:
    return lint_source(Source("manifest.yml", text), rules, settings=settings)


def _told(report: Report) -> list[tuple[str, tuple[str, ...]]]:
    return [(finding.name, finding.environments) for finding in report.findings]


def test_what_follows_is_a_related_place_of_its_cause_which_is_as_early() -> None:
    (told,) = _lint([CPU, MEMORY], TEXT.replace("environments:\n  test: {memory: 3}\n", "")).findings
    assert (told.name, told.stage) == ("wrong-cpu", Stage.DEPLOY)
    assert [(TEXT[each.span.start : each.span.end], each.message) for each in told.related] == [
        ("2", "therefore: memory is wrong")
    ]


def test_a_chain_is_told_at_its_beginning() -> None:
    report = _lint([CPU, MEMORY, EXEC])
    assert _told(report) == [("wrong-cpu", ("*", "test"))]
    (told,) = report.findings
    assert [each.message for each in told.related] == [
        "therefore: memory is wrong", "therefore: exec is wrong", "therefore: memory is wrong"
    ]  # fmt: skip
    assert told.stage is Stage.COPILOT


def test_it_is_told_where_its_cause_is_not_found() -> None:
    assert [name for name, _ in _told(_lint([MEMORY, EXEC]))] == ["wrong-memory"] * 2
    report = _lint([EXEC])
    assert _told(report) == [("wrong-exec", ("*", "test"))]
    assert report.with_consequences == report.findings, "one, though each environment has a cause of its own"


def test_a_cause_is_a_finding_of_its_rule_in_its_place() -> None:
    class Elsewhere(Rule):
        """Flags the memory, and says that it follows from what is wrong with the name."""

        code, name, severity, stage = "ZZ_ELSEWHERE1", "elsewhere", Severity.ERROR, Stage.SILENT

        def check(self, manifest: Manifest) -> Iterator[Finding]:
            node, name = manifest.scalar("memory"), manifest.scalar("name")
            if node and name:
                yield self.finding(node, "memory", follows_from=[(CPU.code, name), ("ZZ_NAME1", node)])

    assert [name for name, _ in _told(_lint([CPU, Elsewhere()]))] == ["wrong-cpu", "elsewhere", "elsewhere"]


def test_it_stays_in_the_environments_in_which_its_cause_does_not_hold() -> None:
    text = TEXT.replace("cpu: 1", "cpu: 512").replace("memory: 3", "cpu: 1").replace("memory: 2", "memory: 1")
    report = _lint([CPU, MEMORY], text)
    assert _told(report) == [("wrong-memory", ("*",)), ("wrong-cpu", ("test",))]
    assert report.findings[0].severity is Severity.INFO, "a base may be incomplete on purpose"
    assert [each.message for each in report.findings[1].related] == ["therefore: memory is wrong"]


def test_a_cause_that_a_comment_takes_away_hides_nothing() -> None:
    text = TEXT.replace("cpu: 1", "cpu: 1  # sidecar-lint: ignore[wrong-cpu] wanted")
    assert _told(_lint([CPU, MEMORY], text)) == [("wrong-memory", ("*",)), ("wrong-memory", ("test",))]


def test_a_comment_for_what_is_not_told_is_used() -> None:
    text = TEXT.replace("memory: 2", "memory: 2  # sidecar-lint: ignore[ZZ_MEMORY1] wanted")
    unused = next(rule for rule in load_rules() if rule.name == "unused-suppression")
    report = lint_source(Source("manifest.yml", text), [CPU, MEMORY, unused])
    assert _told(report) == [("wrong-cpu", ("*", "test"))]
    assert [each.finding.name for each in report.suppressed] == ["wrong-memory"]


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (FindingSettings(ignored={"test": frozenset((CPU.code,))}), [("wrong-cpu", ("*",)), ("wrong-memory", ("test",))]),
        # An information would not fail the run, which the error behind it does.
        (FindingSettings(severities={CPU.code: Severity.INFO}), [("wrong-cpu", ("*", "test")), ("wrong-memory", ("test",))]),
        (FindingSettings(severities={MEMORY.code: Severity.INFO}), [("wrong-cpu", ("*", "test"))]),
    ],
)  # fmt: skip
def test_what_is_configured_counts(
    settings: FindingSettings, told: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert _told(_lint([CPU, MEMORY], settings=settings)) == told


def test_what_is_graver_than_its_cause_is_told_and_what_is_not_in_between_is_not() -> None:
    middle = _flags("memory", "cpu", severity=Severity.INFO)
    last = _flags("exec", "memory")
    assert [name for name, _ in _told(_lint([CPU, middle, last]))] == ["wrong-cpu"]
    first = _flags("cpu", severity=Severity.WARNING)
    assert [name for name, _ in _told(_lint([first, middle, last]))] == ["wrong-cpu", "wrong-exec"]


def test_of_those_that_follow_from_each_other_one_is_told() -> None:
    report = _lint([_flags("cpu", "exec"), MEMORY, _flags("exec", "memory")])
    assert _told(report) == [("wrong-cpu", ("*", "test"))]
    assert _told(_lint([_flags("cpu", "cpu")])) == [("wrong-cpu", ("*", "test"))], (
        "nor does it take itself away"
    )


def test_a_baseline_has_what_is_not_told() -> None:
    rewriting = Rewriting(Baseline("known.json"))
    rewriting.add(_lint([CPU, MEMORY]))
    known = rewriting.result()
    report = _lint([CPU, MEMORY], settings=FindingSettings(baseline=known))
    assert (report.findings, report.known, report.gone) == ((), 3, 0)


def test_a_cause_that_a_baseline_has_hides_nothing_new() -> None:
    rewriting = Rewriting(Baseline("known.json"))
    rewriting.add(_lint([CPU]))
    report = _lint([CPU, MEMORY], settings=FindingSettings(baseline=rewriting.result()))
    assert [name for name, _ in _told(report)] == ["wrong-memory", "wrong-memory"]


def test_what_is_not_told_is_not_fixed_while_its_cause_stands() -> None:
    text = TEXT.replace("cpu: 1", "cpu: ${CPU}")
    report = rewrite(Source("manifest.yml", text), [CPU, MEMORY], unsafe=True)
    assert report.source.text == text
    report = rewrite(Source("manifest.yml", TEXT), [CPU, MEMORY], unsafe=True)
    assert report.source.text == TEXT.replace(": 1", ": 512").replace(": 2", ": 512").replace(": 3", ": 512")


def test_comments_are_added_for_what_would_be_told_without_its_cause() -> None:
    run = lint_to_change(Source("manifest.yml", TEXT), [CPU, MEMORY])
    (report,) = add_suppressions([run], reason="known")
    assert report.findings == ()
    assert report.source.text.count("ignore[ZZ_MEMORY1] known") == len(("memory: 2", "memory: 3"))


def test_every_rule_that_is_named_as_a_cause_exists() -> None:
    known = {rule.code for rule in load_rules()}
    for file in Path(sidecar_lint_rules.__path__[0]).rglob("*.py"):
        named = re.findall(r'"(SL[0-9]{3})"', re.sub(r"code, name = .*", "", file.read_text()))
        assert known.issuperset(named), file


def test_what_is_refused_in_one_environment_is_not_said_of_others() -> None:
    """A misspelt section leaves an override that Copilot refuses, in the one environment that has it."""
    text = (
        "name: api\ntype: Backend Service\nimage: {location: 'x:1'}\nstorage:\n  volumse: {data: {path: /a}}\n"
        "environments:\n  prod: {storage: {volumes: {data: {read_only: true}}}}\n  test: {count: 1}\n"
    )
    found = [each for each in lint_text(text).findings if each.code in ("SL007", "SL313")]
    assert [(each.code, each.stage, each.environments) for each in found] == [
        ("SL007", Stage.SILENT, ("*", "test")),
        ("SL007", Stage.COPILOT, ("prod",)),
    ]
    ignored, refused = (each.effect for each in found)
    assert "refuses" not in ignored, "the effect is that of the stage"
    assert refused.startswith(f"{ignored}; as it is, Copilot refuses")


@pytest.mark.parametrize(
    ("effects", "told"), [(("it fails", "it fails"), 1), (("it fails", "it is slow"), 2)]
)
def test_what_is_said_of_other_environments_too_is_told_once_if_it_is_the_same(
    effects: tuple[str, str], told: int
) -> None:
    class Staged(Rule):
        code, name, severity, stage = "ZZ_STAGED1", "staged", Severity.ERROR, Stage.DEPLOY

        def check(self, manifest: Manifest) -> Iterator[Finding]:
            node = manifest.scalar("cpu")
            if node and manifest.environment == "test":
                yield self.finding(node, "cpu", effect=effects[0], stage=Stage.SILENT)
            elif node:
                yield self.finding(node, "cpu", effect=effects[1])

    text = TEXT.replace("{memory: 3}", "{memory: 3}\n  prod: {memory: 4}")
    assert len(_lint([Staged()], text).findings) == told


def test_a_mistake_behind_an_alias_too_is_told_once_with_the_fix_of_its_own_place() -> None:
    (finding,) = (
        each
        for each in lint_text(
            "name: api\ntype: Backend Service\nimage: {location: nginx, port: 80}\n"
            "sidecars: {a: {image: &image 'ngnix:1'}, b: {image: *image}}\n"
        ).findings
        if each.code == "SL169"
    )
    assert [fix.title for fix in finding.fixes] == ["write `nginx:1`"]
    assert [each.message for each in finding.related] == ["used here"]


@pytest.mark.parametrize(("texts", "told"), [(("1", "1"), 1), (("1", "2"), 2), (("1", ""), 1)])
def test_findings_that_are_mended_in_other_ways_stay_apart(texts: tuple[str, str], told: int) -> None:
    class Mended(Rule):
        code, name, severity, stage = "ZZ_MENDED1", "mended", Severity.ERROR, Stage.DEPLOY

        def check(self, manifest: Manifest) -> Iterator[Finding]:
            node = manifest.scalar("cpu")
            text = texts[manifest.environment == "test"]
            if node:
                fixes = (Fix("write it", (Edit(node.span, text),)),) if text else ()
                yield self.finding(node, "cpu", fixes=fixes)

    text = "name: api\ntype: Backend Service\ncpu: 3\nenvironments: {test: {memory: 512}}\n"
    assert len(_lint([Mended()], text).findings) == told


def test_a_credential_that_belongs_into_the_secrets_is_no_variable_that_must_be_set() -> None:
    text = "name: api\ntype: Backend Service\nimage: {location: nginx}\nvariables: {A: '${SHOP_TOKEN}', B: '${BUCKET}'}\n"
    found = {each.code: each for each in lint_text(text).findings if each.code in ("SL613", "SL747")}
    assert found["SL613"].message.startswith("BUCKET must be set")
    assert any("SHOP_TOKEN must be set" in each.message for each in found["SL747"].related)
    rules = [rule for rule in load_rules() if rule.code != "SL747"]
    alone = [each for each in lint_text(text, rules=rules).findings if each.code == "SL613"]
    assert len(alone) == 2

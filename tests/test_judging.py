"""What harm is: each kind of fix that is left out, and what is not held against one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pytest

from sidecar_lint import Edit, Finding, Fix, Manifest, Rule, Scalar, Severity, Span, Stage
from sidecar_lint.fixing.judging import judge
from sidecar_lint.fixing.offering import Offers, try_fix
from sidecar_lint.fixing.rewriting import rewrite_all
from sidecar_lint.fixing.rounds import LintRun, lint_to_change
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = "name: api\ntype: Backend Service\nimage: {location: 'x:1'}\n"


class _Marked(Rule):
    """A variable says what is wrong with it, and what to write instead: `X: silent bad -> [deploy bad]`."""

    code: ClassVar[str] = "T001"
    name: ClassVar[str] = "marked"
    severity: ClassVar[Severity] = Severity.ERROR
    stage: ClassVar[Stage] = Stage.SILENT

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for _, node in manifest.mapping("variables"):
            if isinstance(node, Scalar) and self.stage.value in node.text.split(" -> ")[0].split():
                new = node.text.partition(" -> ")[2]
                fixes = (Fix(f"write {new}", (Edit(node.span, new),)),) if new else ()
                yield self.finding(node, "it is marked", fixes=fixes)


class _MarkedForDeploy(_Marked):
    code, name, stage = "T002", "marked-deploy", Stage.DEPLOY


class _MarkedForCopilot(_Marked):
    code, name, stage = "T003", "marked-copilot", Stage.COPILOT


RULES = (_Marked(), _MarkedForDeploy(), _MarkedForCopilot())


def _run(text: str, rules: tuple[Rule, ...] = RULES, judges: tuple[Rule, ...] = ()) -> LintRun:
    return lint_to_change(Source("manifest.yml", HEAD + text), rules, judges=judges)


def _fixed(text: str, judges: tuple[Rule, ...] = (), *, rules: tuple[Rule, ...] = RULES) -> str:
    (report,) = rewrite_all([_run(text, rules, judges)], None, unsafe=True)
    return report.source.text.removeprefix(HEAD)


@pytest.mark.parametrize(
    ("was", "now", "is_harm"),
    [
        ("silent", "fine", False),
        ("deploy", "silent", False),
        ("silent", "deploy", True),
        ("silent", "copilot", True),
        ("deploy", "copilot", True),
        ("copilot", "deploy", False),
        ("silent", "'", True),
        ("silent", "{", True),
    ],
)
def test_a_stage_must_not_come_sooner(was: str, now: str, *, is_harm: bool) -> None:
    before = (
        f"variables: {{X: {was} -> {now}}}\n" if now not in "{'" else f'variables: {{X: "{was} -> {now}"}}\n'
    )
    after = f"variables: {{X: {now}}}\n"
    assert _fixed(before) == (before if is_harm else after)


def test_one_that_is_refused_already_must_not_be_refused_for_another_reason() -> None:
    """Otherwise it would depend on the order of fixes whether there is harm."""
    before = "variables: {X: silent -> copilot, Y: copilot}\n"
    assert _fixed(before) == before


class _OnlyInBase(_Marked):
    code, name = "T004", "only-in-base"

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        yield from super().check(manifest) if manifest.is_base else ()


class _Elsewhere(_Marked):
    code, name = "T005", "elsewhere"

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        node = manifest.get("variables", "X")
        if isinstance(node, Scalar) and node.text == "fine" and not manifest.is_base:
            yield self.finding(node, "it is not fine here")


def test_an_environment_in_which_nothing_is_mended_must_not_be_worse_off() -> None:
    before = "variables: {X: silent -> fine}\nenvironments: {prod: {cpu: 512}}\n"
    assert _fixed(before, rules=(_OnlyInBase(), _Elsewhere())) == before
    assert _fixed(before, rules=(_OnlyInBase(),)) == before.replace("silent -> ", "")


def test_rules_that_are_not_asked_for_judge_too() -> None:
    before = "variables: {X: silent -> copilot}\n"
    alone = (RULES[0],)
    assert _fixed(before, rules=alone) == "variables: {X: copilot}\n"
    assert _fixed(before, RULES[1:], rules=alone) == before


def test_of_many_only_the_guilty_are_left_out() -> None:
    lines = [f"  X{number}: silent -> {'copilot' if number in (3, 17) else 'fine'}\n" for number in range(20)]
    after = [line if "copilot" in line else line.replace("silent -> ", "") for line in lines]
    assert _fixed("variables:\n" + "".join(lines)) == "variables:\n" + "".join(after)


class _Far(Rule):
    """Complains at the name about a variable that says `far`: nothing tells which fix is why."""

    code, name, severity, stage = "T006", "far", Severity.ERROR, Stage.COPILOT

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        name = manifest.get("name")
        texts = [node.text for _, node in manifest.mapping("variables") if isinstance(node, Scalar)]
        if name and "far" in texts:
            yield self.finding(name, "something is far")


def test_the_guilty_are_searched_for_where_nothing_tells_them() -> None:
    lines = [f"  X{number}: silent -> {'far' if number == 13 else 'fine'}\n" for number in range(20)]
    after = [line if "far" in line else line.replace("silent -> ", "") for line in lines]
    text = "variables:\n" + "".join(lines)
    assert _fixed(text, rules=(*RULES, _Far())) == "variables:\n" + "".join(after)
    run = _run(text, (*RULES, _Far()))
    fixes = [fix for finding in run.report.findings for fix in finding.fixes]
    assert [offer.fix for offer in Offers(run).of(fixes)] == [
        each for each in fixes if "far" not in each.title
    ]


def test_harm_names_what_is_worse() -> None:
    run = _run("variables: {X: silent -> copilot}\n")
    verdict = try_fix(run, run.report.findings[0].fixes[0], None)
    assert verdict.harm
    assert [each.code for each in verdict.worse] == ["T003"]


class _Reader(Rule):
    """What is written first is always wanted; it says so at the text itself, far from what mends it."""

    code, name = "T006", "reader"
    severity, stage = Severity.WARNING, Stage.SILENT

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        variables = manifest.mapping("variables")
        value = variables.entries.get("A")
        if isinstance(value, Scalar) and value.text == "bad":
            yield self.finding(value, "it is bad", replace="good", safe=True)
        if isinstance(value, Scalar) and value.text == "good" and variables.key:
            yield self.finding(variables.key, "good is a reader's word")


class _Reads(_Reader):
    code, name = "T007", "reads"

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        return (each for each in super().check(manifest) if not each.fixes)


class _Mends(_Reader):
    code, name = "T008", "mends"

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        return (each for each in super().check(manifest) if each.fixes)


def test_a_fix_that_is_surely_meant_brings_no_warning_to_light_anywhere() -> None:
    run = _run("variables: {A: bad}\n", (_Mends(), _Reads()))
    assert rewrite_all([run], None, unsafe=False)[0].source.text == HEAD + "variables: {A: bad}\n"
    assert rewrite_all([run], None, unsafe=True)[0].source.text == HEAD + "variables: {A: good}\n"
    ((offer,),) = (Offers(run).of(each.fixes) for each in run.report.findings)
    assert (offer.title, offer.is_safe) == ("write `good` (brings T007 to light)", False)


class _Unread(Rule):
    """Says that a key is misspelt, as SL007 does."""

    code, name, severity, stage = "T007", "unread", Severity.ERROR, Stage.SILENT
    safe: ClassVar[bool] = False

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for key, _ in manifest.root:
            if key.text.startswith("Var"):
                yield self.finding(key, "it is misspelt", replace="variables", safe=self.safe)


class _UnreadSafely(_Unread):
    code, name, safe = "T008", "unread-safely", True


@pytest.mark.parametrize(("rule", "fixed"), [(_Unread, True), (_UnreadSafely, False)])
def test_what_nobody_saw_does_not_count_against_a_fix_that_is_asked_for(
    rule: type[Rule], *, fixed: bool
) -> None:
    run = _run("Variables: {X: copilot}\n", (*RULES, rule()))
    (report,) = rewrite_all([run], None, unsafe=not rule().safe)  # type: ignore[attr-defined]
    assert ("variables" in report.source.text) is fixed
    assert [each.code for each in report.uncovered] == (["T003"] if fixed else [])


def test_what_a_fix_writes_was_not_there_before() -> None:
    """A key is mended, and the new key itself is wrong: nobody had written that."""

    class _Key(Rule):
        code, name, severity, stage = "T009", "key", Severity.ERROR, Stage.COPILOT

        def check(self, manifest: Manifest) -> Iterator[Finding]:
            if key := manifest.root_key("variables"):
                yield self.finding(key, "no variables, please")

    before = "Variables: {X: fine}\n"
    assert _fixed(before, rules=(*RULES, _Unread(), _Key())) == before


def test_nothing_is_held_against_a_fix_of_a_file_of_which_nothing_was_seen() -> None:
    text = "name: api\ntype: backend service\nvariables: {X: copilot}\n"
    before = lint_to_change(Source("manifest.yml", text), RULES)
    assert not before.report.understood
    span = Span(text.index("backend"), text.index("\nvariables"))
    fix = Fix("write it right", (Edit(span, "Backend Service"),), safe=True)
    after = before.again(Source("manifest.yml", text.replace("backend service", "Backend Service")), None)
    assert [each.code for each in after.findings] == ["T003"]
    assert not judge(before.report, after, [fix], unsafe=False).harm


def test_a_file_is_not_taken_apart_where_nothing_was_understood_of_it_either() -> None:
    """A comment ends a text without quotes; without it the next line belongs to that text."""
    text = "nginx  # sidecar-lint: ignore[SL110]\ncpu: 256\n"
    before = lint_to_change(Source("manifest.yml", text), RULES)
    assert not before.report.understood
    span = Span(text.index("  #"), text.index("\ncpu"))
    fix = Fix("take it out", (Edit(span, ""),))
    after = before.again(Source("manifest.yml", "nginx\ncpu: 256\n"), None)
    assert judge(before.report, after, [fix], unsafe=True).harm

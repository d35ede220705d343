"""Rules from a file or folder that the configuration names, and their options."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner, Result

from sidecar_lint import Document, Finding, Option, Rule, Severity, Span, Stage, lint_text
from sidecar_lint.commands import cli
from sidecar_lint.commands.arguments import with_command
from sidecar_lint.linting import stopwatch
from sidecar_lint.rulebook.option import configured, options_of, schema_of
from sidecar_lint.rulebook.registry import load_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RULE = """
    from sidecar_lint import Option, Rule, Severity, Stage

    class TooManySidecars(Rule):
        '''A service has more sidecars than we like.'''

        code, name, severity, stage = "{code}", "{name}", Severity.WARNING, Stage.SILENT
        most = Option(1, "how many are fine", minimum=1)

        def check(self, manifest):
            if len(manifest.sidecars) > self.most:
                yield self.finding(manifest.sidecars[0].key, f"more than {{self.most}}")
"""
MANIFEST = """\
name: api
type: Backend Service
image: {location: a}
sidecars: {a: {image: 'a:1'}, b: {image: 'b:1'}, c: {image: 'c:1'}}
"""


@pytest.fixture(autouse=True)
def _workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SIDECAR_LINT_ALLOW_PLUGINS", "1")
    Path("copilot/api").mkdir(parents=True)
    Path("copilot/api/manifest.yml").write_text(MANIFEST)


def _rule(path: str, code: str = "OWN1", name: str = "too-many-sidecars") -> str:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(dedent(RULE.format(code=code, name=name)))
    return path


def _configure(text: str) -> None:
    Path(".sidecar-lint.yml").write_text(dedent(text))


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, with_command(list(arguments)), prog_name="sidecar-lint")


def _found(*arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(_run("--format", "json", *arguments).stdout)["findings"]
    return found


def _said(*arguments: str) -> list[tuple[str, str]]:
    return [(each["rule"], each["message"]) for each in _found(*arguments)]


@pytest.mark.parametrize("place", ["lint/rules.py", "lint"])
def test_a_file_or_a_folder(place: str) -> None:
    _rule("lint/rules.py")
    Path("lint/test_rules.py").write_text("raise SystemExit")
    _configure(f"plugins: [{place}]")
    assert _said() == [("OWN1", "more than 1")]
    assert _said("--select", "too-many-sidecars") == [("OWN1", "more than 1")]


def test_a_package_with_modules_that_import_each_other() -> None:
    _rule("lint/pack/sidecars.py")
    Path("lint/pack/__init__.py").write_text("")
    Path("lint/pack/again.py").write_text("from .sidecars import TooManySidecars as Other\n")
    _configure("plugins: [lint/pack]")
    assert _said() == [("OWN1", "more than 1")]


def test_they_are_listed_and_explained_with_their_options() -> None:
    _rule("lint/rules.py")
    _configure("plugins: [lint]")
    assert "OWN1" in _run("rules").stdout
    assert "most: 1  # how many are fine" in _run("rule", "OWN1").stdout


def test_options() -> None:
    _rule("lint/rules.py")
    _configure("plugins: [lint]\nrules: {OWN1: {most: 2}}")
    assert _said() == [("OWN1", "more than 2")]
    _configure("plugins: [lint]\nrules: {too-many-sidecars: {most: 3}}")
    assert _said() == []


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("0", "'0' is not a whole number from 1 on, which `rules.OWN1.most` must be"),
        ("many", "'many' is not a whole number from 1 on, which `rules.OWN1.most` must be"),
    ],
)
def test_an_option_that_does_not_fit_is_told_and_the_default_counts(value: str, message: str) -> None:
    _rule("lint/rules.py")
    _configure(f"plugins: [lint]\nrules: {{OWN1: {{most: {value}}}}}")
    assert _said() == [("OWN1", "more than 1"), ("SL032", message)]


def test_suppressions_and_severities_know_them() -> None:
    _rule("lint/rules.py")
    _configure("plugins: [lint]\nseverity: {OWN1: error}")
    assert [each["severity"] for each in _found()] == ["error"]
    Path("copilot/api/manifest.yml").write_text(
        MANIFEST.rstrip() + "  # sidecar-lint: ignore[too-many-sidecars]\n"
    )
    assert _found() == []
    assert _found("--isolated") == [], "without the plug-in nobody knows that name"


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: None, "there is no such file or folder"),
        (lambda: _rule("lint/rules.py", code="SL001"), "is also SL001 syntax-error of sidecar_lint_rules"),
        (
            lambda: _rule("lint/rules.py", name="syntax-error"),
            "is also SL001 syntax-error of sidecar_lint_rules",
        ),
        (lambda: Path("lint/rules.py").write_text("def ("), "SyntaxError"),
        (lambda: Path("lint/rules.py").write_text("import no_such_thing"), "No module named 'no_such_thing'"),
        (lambda: Path("lint/rules.py").write_text("a = 1"), "there is no rule in it"),
        (lambda: (_rule("lint/rules.py"), _rule("lint/two.py")), "OWN1 too-many-sidecars is also OWN1"),
    ],
)
def test_rules_that_cannot_be_used_are_one_finding(make: Any, reason: str) -> None:
    Path("lint").mkdir()
    make()
    _configure("plugins: [lint/none.py]" if reason.startswith("there is no such") else "plugins: [lint]")
    (finding,) = _found()
    assert (finding["rule"], finding["file"]) == ("SL034", ".sidecar-lint.yml")
    assert reason in finding["message"]
    assert _run().exit_code == 2


class Limits(Rule):
    """Has one of each."""

    code, name, severity, stage = "OWN2", "limits", Severity.INFO, Stage.SILENT
    at_most = Option(3, "a number", maximum=5)
    share = Option(0.5, "a share")
    strict = Option(default=False, about="a switch")
    word = Option("a", "a word", enum=["a", "b"])
    names = Option(("x",), "names")


def test_options_are_typed_by_their_defaults() -> None:
    rule = Limits()
    assert (rule.at_most, rule.share, rule.strict, rule.word, rule.names) == (3, 0.5, False, "a", ("x",))
    made = configured(rule, {"at-most": 4, "names": ["y", "z"]})
    assert isinstance(made, Limits)
    assert (made.at_most, made.names, made.word) == (4, ("y", "z"), "a")
    assert rule.at_most == 3, "the rule itself has no state"
    assert list(options_of(Limits)) == ["at-most", "share", "strict", "word", "names"]
    assert schema_of(rule)["properties"]["at-most"] == {
        "type": "integer",
        "maximum": 5,
        "default": 3,
        "description": "a number",
    }


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """The seconds that have passed: those of the wall, and those of the processor."""
    now = {"perf_counter": 0.0, "thread_time": 0.0}
    for name in now:
        monkeypatch.setattr(stopwatch, name, partial(now.__getitem__, name))
    return now


class Slow(Rule):
    """Takes its time, and waits."""

    code, name, severity, stage = "OWN3", "slow", Severity.ERROR, Stage.DEPLOY

    def __init__(self, clocks: dict[str, float], working: float, waiting: float = 0.0) -> None:
        self._clocks, self._working, self._waiting = clocks, working, waiting

    def check_document(self, document: Document) -> Iterator[Finding]:
        self._clocks["perf_counter"] += self._working + self._waiting
        self._clocks["thread_time"] += self._working
        yield self.finding(Span(0, len(document.source.text) and 1), "found")


def _lint(rules: Sequence[Rule]) -> list[tuple[str, str]]:
    return [(each.code, each.message) for each in lint_text("name: a\n", rules=rules).findings]


def test_a_slow_rule_is_one_finding(clocks: dict[str, float]) -> None:
    assert _lint([Slow(clocks, 6.25), Limits()]) == [
        ("SL039", "rule OWN3 (slow) took 6.2 s for this file"),
        ("OWN3", "found"),
    ]
    assert _lint([Slow(clocks, 4.9), Limits()]) == [("OWN3", "found")]


def test_a_rule_is_not_slow_for_what_it_waits_nor_for_what_others_take(clocks: dict[str, float]) -> None:
    assert _lint([Slow(clocks, 4.9), Slow(clocks, 4.9, waiting=60.0)]) == [("OWN3", "found")]
    short = [Slow(clocks, 0.09) for _ in range(100)]
    assert _lint([*short, Slow(clocks, 4.9, waiting=60.0)]) == [("OWN3", "found")]


class Crash(Rule):
    """Raises."""

    code, name, severity, stage = "OWN4", "crash", Severity.ERROR, Stage.DEPLOY

    def __init__(self, clocks: dict[str, float]) -> None:
        self._clocks = clocks

    def check_document(self, document: Document) -> Iterator[Finding]:
        for name in self._clocks:
            self._clocks[name] += 9.0
        raise ValueError(document.kind)


@pytest.mark.parametrize("code", ["SL000", "SL039"])
def test_what_the_program_says_of_rules_is_a_rule_with_a_page(code: str, clocks: dict[str, float]) -> None:
    found = lint_text("name: a\n", rules=[Crash(clocks)]).findings
    (finding,) = (each for each in found if each.code == code)
    (rule,) = (each for each in load_rules() if each.code == code)
    assert (finding.name, finding.severity, finding.stage) == (rule.name, rule.severity, rule.stage)
    assert finding.effect == rule.effect
    assert _run("rule", code).stdout.startswith(f"{code} {rule.name}\n")


CRASHING = """
    from sidecar_lint import Rule, Severity, Stage

    class Crash(Rule):
        '''Raises.'''

        code, name, severity, stage = "OWN4", "crash", Severity.ERROR, Stage.DEPLOY

        def check_document(self, document):
            raise ValueError
"""


@pytest.mark.parametrize(
    ("configured", "arguments", "told"),
    [
        ("", (), True),
        ("select: [OWN4]", (), True),
        ("ignore: [SL106]", ("--select", "OWN4"), True),
        ("ignore: [SL000]", (), False),
        ("ignore: [SL000]", ("--select", "SL000,OWN4"), True),
        ("per-file-ignores: {copilot/api: [rule-crashed]}", (), False),
        ("per-file-ignores: {copilot/web: [rule-crashed]}", (), True),
        ("", ("--ignore", "SL000"), False),
    ],
)
def test_a_crash_is_told_unless_it_is_ignored_by_name(
    configured: str, arguments: tuple[str, ...], *, told: bool
) -> None:
    Path("own.py").write_text(dedent(CRASHING))
    _configure(f"plugins: [own.py]\n{configured}\n")
    assert ("SL000" in {code for code, _ in _said(*arguments)}) is told


def test_no_baseline_has_a_crash() -> None:
    Path("own.py").write_text(dedent(CRASHING))
    _configure("plugins: [own.py]\n")
    _run("--write-baseline", "known.json")
    assert "SL000" not in Path("known.json").read_text()
    place = {"file": "copilot/api/manifest.yml", "path": "name", "environments": ["all"], "count": 1}
    known = {"version": 1, "findings": [{**place, "rule": "SL000"}]}
    Path("known.json").write_text(json.dumps(known))
    assert "SL000" in {code for code, _ in _said("--baseline", "known.json")}


def test_the_page_of_a_rule_names_its_file() -> None:
    _rule("lint/own.py")
    _rule("ours/__init__.py", "OWN2", "others")
    _configure("plugins: [lint/own.py, ours]")
    pages = [_run("rule", code).stdout for code in ("OWN1", "OWN2")]
    families = [line.split() for page in pages for line in page.split("\n") if line.startswith("Family")]
    assert families == [["Family", "own.py"], ["Family", "ours"]]

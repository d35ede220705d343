"""Finding rules: those of others come in by the same door as ours."""

from __future__ import annotations

import os
import subprocess
import sys
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

import sidecar_lint
from sidecar_lint import Rule
from sidecar_lint.lint_files import lint_paths
from sidecar_lint.linting.engine import lint_text
from sidecar_lint.rulebook.registry import Subject, about, load_rules
from sidecar_lint.testing import NOWHERE, parse_bad
from sidecar_lint.workspace.files import Files

if TYPE_CHECKING:
    from pathlib import Path

RULE = """
    from sidecar_lint import Bad, Rule, Severity, Stage

    class NoLatest(Rule):
        \"\"\"A sidecar is pinned to nothing.

        Because.
        \"\"\"

        code, name, severity, stage = "{code}", "no-latest", Severity.WARNING, Stage.TASK

        def check(self, manifest):
            for sidecar in manifest.sidecars:
                if sidecar.image and sidecar.image.text.endswith(":latest"):
                    yield self.finding(sidecar.image, "pinned to nothing")
"""


def _install(folder: Path, rule: str) -> None:
    """A distribution as pip leaves it behind: a package, and its entry point."""
    package = folder / "their_rules" / "section"
    package.mkdir(parents=True)
    (package.parent / "__init__.py").write_text("")
    (package / "__init__.py").write_text("")
    (package / "no_latest.py").write_text(dedent(rule))
    info = folder / "their_rules-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: their-rules\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[console_scripts]\nx = y:z\n\n[sidecar_lint.rules]\ntheirs = their_rules\n"
    )


def _lint(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    manifest = folder / "manifest.yml"
    manifest.write_text(
        "name: a\ntype: Worker Service\nimage: {location: b}\nsidecars: {c: {image: 'd:latest'}}\n"
    )
    return subprocess.run(
        [sys.executable, "-m", "sidecar_lint", str(manifest), *arguments],
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_package_of_rules_is_found_by_its_entry_point(tmp_path: Path) -> None:
    _install(tmp_path, RULE.format(code="TH001"))
    run = _lint(tmp_path, "--select", "TH001")
    assert "warning[TH001] no-latest: pinned to nothing" in run.stdout
    assert run.returncode == 1


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (
            RULE.format(code="SL001"),
            "SL001 no-latest is also SL001 syntax-error of sidecar_lint_rules.document",
        ),
        ("import nothing_of_that_name", "ModuleNotFoundError: No module named 'nothing_of_that_name'"),
        ("from sidecar_lint import Rule\n\nclass X(Rule):\n    name = 'x'\n", "X has no 'code'"),
    ],
)
def test_a_package_that_cannot_be_used_is_named(tmp_path: Path, rule: str, reason: str) -> None:
    _install(tmp_path, rule)
    run = _lint(tmp_path)
    assert run.returncode == 3
    assert "their_rules" in run.stderr
    assert reason in " ".join(run.stderr.split())
    assert "Traceback" not in run.stderr


def test_rules_are_sorted_and_reading_them_again_is_free() -> None:
    rules = load_rules()
    assert [rule.code for rule in rules] == sorted(rule.code for rule in rules)
    assert load_rules() is rules


def test_all_that_is_offered_to_rules_can_be_imported() -> None:
    """Names are found by a table that no type checker reads."""
    for name in sidecar_lint.__all__:
        assert getattr(sidecar_lint, name) is not None, name
    assert {*sidecar_lint.__all__} == {*vars(sidecar_lint)["_DEFINED_IN"]}
    with pytest.raises(AttributeError, match="'sidecar_lint' has no attribute 'lint'"):
        getattr(sidecar_lint, "lint")  # noqa: B009  mypy knows that there is none


def test_all_that_is_offered_is_listed_before_anybody_asked() -> None:
    code = "import sidecar_lint; print(set(dir(sidecar_lint)) == {*sidecar_lint.__all__, '__version__'})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "True\n"


def test_packages_that_may_wait_say_what_their_rules_look_at() -> None:
    """No rule of them has another hook than their `LOOKS_AT` says: it would not be asked."""
    said = set()
    for rule in load_rules():
        package = type(rule).__module__.rpartition(".")[0]
        looks_at = getattr(sys.modules[package], "LOOKS_AT", None)
        if looks_at is not None:
            said.add(package)
            assert rule.hooks.keys() <= set(looks_at), rule.code
    assert len(said) > 3


def test_a_package_that_waits_for_what_there_is_not_is_refused(tmp_path: Path) -> None:
    _install(tmp_path, "")
    (below := tmp_path / "their_rules" / "below").mkdir()
    (below / "__init__.py").write_text("LOOKS_AT = ('check_collector',)\n")
    run = _lint(tmp_path)
    assert run.returncode == 3
    assert "LOOKS_AT of their_rules.below has 'check_collector': write `Rule.check_collector`" in run.stderr


def _words() -> dict[str, str]:
    """What the text must have in which rules find something, by their codes."""
    words = {}
    for rule in load_rules():
        package, _, module = type(rule).__module__.rpartition(".")
        for word, modules in getattr(sys.modules[package], "LOOKS_FOR", {}).items():
            if module in modules:
                words[rule.code] = word
    return words


@pytest.mark.parametrize("family", range(10))
def test_modules_that_wait_for_a_word_find_nothing_without_it(family: int) -> None:
    """In the bad examples of all rules, their own among them."""
    words = _words()
    waiting = tuple(rule for rule in load_rules() if rule.code in words)
    assert len(waiting) > 100
    for rule in load_rules()[family::10]:
        for example in map(parse_bad, (*rule.bad, *rule.also_bad)):
            texts = {os.path.join(NOWHERE, path): text for path, text in example.files.items()}
            for report in lint_paths(texts, waiting, Files(texts)):
                for finding in report.found:
                    assert finding.code not in words or words[finding.code] in report.source.text.lower()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("on: {}\ntype: Scheduled Job\n", ["SL079"]),
        ('on: {}\ntype: "\\x53cheduled Job"\n', ["SL079"]),
        ('on: {}\ntype: "Sched\\\n  uled Job"\n', ["SL079"]),
        ("on: {}\ntype: Backend Service\n", []),
    ],
    ids=["plain", "escaped", "in two lines", "not there"],
)
def test_a_rule_is_asked_where_its_word_is_however_written(text: str, found: list[str]) -> None:
    text = f"name: a\nimage: {{location: b}}\n{text}"
    assert [each.code for each in lint_text(text).findings if each.code == "SL079"] == found


def test_rules_are_not_asked_about_texts_without_their_word() -> None:
    """Whether others have had them imported or not."""
    hooks = frozenset((Rule.check_volume,))
    all_rules, plain = list(load_rules()), about(load_rules(), Subject(hooks, "storage: {volumes: {}}"))
    assert "SL315" in [rule.code for rule in all_rules]
    assert "SL315" not in [rule.code for rule in plain]
    assert "SL316" in [rule.code for rule in plain]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (
            '{"EFS": ("no_latest",)}',
            "LOOKS_FOR of their_rules.section has 'EFS': write one word in lower case",
        ),
        ('{"my efs": ("no_latest",)}', "has 'my efs': write one word in lower case"),
        (
            '{"efs": ("no_lates",)}',
            "LOOKS_FOR of their_rules.section has 'no_lates': there is no such module",
        ),
    ],
)
def test_a_package_that_looks_for_what_cannot_be_is_refused(tmp_path: Path, said: str, reason: str) -> None:
    _install(tmp_path, RULE.format(code="TH001"))
    (tmp_path / "their_rules" / "section" / "__init__.py").write_text(f"LOOKS_FOR = {said}\n")
    run = _lint(tmp_path)
    assert run.returncode == 3
    assert reason in " ".join(run.stderr.split())


def test_a_package_is_imported_with_the_first_file_that_it_looks_at(tmp_path: Path) -> None:
    """And all are where somebody asks for the names of all."""
    program = """
        import sys
        from sidecar_lint import lint_text

        def told(text, path="manifest.yml"):
            codes = [finding.code for finding in lint_text(text, path).findings]
            names = (name.split(".") for name in sys.modules if name.startswith("sidecar_lint_rules."))
            modules = [each for each in names if each[-1][0] != "_"]
            packages = [name for name in WAITING if any(each[1] == name and each[2:] for each in modules)]
            print(codes, packages)

        WAITING = ("jobs", "collector", "configuration", "environment_manifests", "pipelines", "suppressions")
        told("name: a\\ntype: Worker Service\\nimage: {location: b}\\n")
        told("name: a\\ntype: Scheduled Job\\nimage: {location: b}\\non: {schedule: '@hourly'}\\n")
        told("name: a\\ntype: Environment\\nnetwork: {vpc: {cidr: x}}\\n")
        told("receivers: {otlp: }\\nservice: {pipelines: {traces: {receivers: [otlp], exporters: [x]}}}\\n", "otel.yml")
        told("name: a\\ntype: Worker Service\\nimage: {location: b} # sidecar-lint: ignore[SL999] no\\n")
    """
    run = subprocess.run(
        [sys.executable, "-c", dedent(program)], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert run.stderr == ""
    assert run.stdout.splitlines() == [
        "[] []",
        "[] ['jobs']",
        "['SL871', 'SL878'] ['jobs', 'environment_manifests']",
        "['SL903', 'SL912', 'SL914'] ['jobs', 'collector', 'environment_manifests']",
        "['SL021'] ['jobs', 'collector', 'configuration', 'environment_manifests', 'pipelines', 'suppressions']",
    ]

"""What `python3 dev.py rule` writes: a rule that loads, says what it lacks, and holds once it is filled in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import scaffold
from scaffold import FILL_IN, RULES, ScaffoldError, codes_of, hook_of, next_code
from sidecar_lint import Rule
from sidecar_lint.rulebook.registry import load_path, load_rules
from sidecar_lint.testing import check_examples

if TYPE_CHECKING:
    from pathlib import Path

PACKAGES = sorted(file.parent for file in RULES.glob("*/__init__.py"))
HOOKS = [name for name in vars(Rule) if name.startswith("check")]
FILLED = {
    "severity, stage = Severity.WARNING, Stage.TASK  # FILL IN": "severity, stage = Severity.INFO, Stage.TASK  #",
    "FILL IN: a file that is nearly bad": "cpu: 256",
    "FILL IN: a file that is, and carets under what is flagged": "cpu: 512",
    "#                            ^^^^^^": "#    ^^^",
    'raise NotImplementedError("FILL IN: yield self.finding(place, message)")': """
        cpu = manifest.scalar("cpu")
        if cpu and cpu.as_int != 256:
            yield self.finding(cpu, "too much")
    """.strip(),
}


def _package(folder: Path, docstring: str) -> Path:
    (folder / "__init__.py").write_text(f'"""{docstring}"""\n')
    return folder


@pytest.mark.parametrize("hook", HOOKS)
def test_what_is_not_filled_in_fails(hook: str, tmp_path: Path) -> None:
    path, code = scaffold.scaffold("too-much", _package(tmp_path, "SL1: much"), hook)
    (rule,) = load_path(str(path))
    assert (rule.code, rule.name) == (code, "too-much")
    assert getattr(type(rule), hook) is not getattr(Rule, hook)
    with pytest.raises(AssertionError):
        check_examples(rule)


def test_what_is_filled_in_holds(tmp_path: Path) -> None:
    path, _ = scaffold.scaffold("too-much", _package(tmp_path, "SL1: much"))
    text = path.read_text("utf-8")
    for blank, words in FILLED.items():
        assert blank in text
        text = text.replace(blank, words)
    path.write_text(re.sub(f"{FILL_IN}: ", "", text), "utf-8")
    (rule,) = load_path(str(path))
    check_examples(rule)


def test_codes_are_read_as_packages_say_them(tmp_path: Path) -> None:
    codes = [*codes_of(_package(tmp_path, "SL616-SL618,SL84x,SL930: much"))]
    assert codes == ["SL616", "SL617", "SL618", *(f"SL84{digit}" for digit in range(10)), "SL930"]
    assert len([*codes_of(_package(tmp_path, "SL02: much"))]) == 10


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_the_next_code_is_free(package: Path) -> None:
    free = set(codes_of(package)) - {rule.code for rule in load_rules()}
    if free:
        assert next_code(package) in free
        return
    with pytest.raises(ScaffoldError, match=f"no code of {package.name} is free"):
        next_code(package)


def test_a_rule_looks_at_what_its_package_looks_at() -> None:
    assert hook_of(RULES / "pipelines") == "check_pipeline"
    assert hook_of(RULES / "sidecars") == "check"
    with pytest.raises(ScaffoldError, match="the program itself"):
        hook_of(RULES / "running")


@pytest.mark.parametrize(
    ("name", "hook", "message"),
    [
        ("Too_Much", None, "is not a name"),
        ("unknown-type", None, "there is a rule"),
        ("too-much", "check_everything", "a rule has no method"),
    ],
)
def test_a_mistake_writes_nothing(name: str, hook: str | None, message: str, tmp_path: Path) -> None:
    with pytest.raises(ScaffoldError, match=message):
        scaffold.scaffold(name, _package(tmp_path, "SL1: much"), hook)
    assert [file.name for file in tmp_path.iterdir()] == ["__init__.py"]


def test_a_rule_is_written_once(tmp_path: Path) -> None:
    package = _package(tmp_path, "SL1: much")
    scaffold.scaffold("too-much", package)
    with pytest.raises(ScaffoldError, match="there is a rule"):
        scaffold.scaffold("too-much", package)


def test_a_package_that_is_not_there_is_told_from_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(ScaffoldError, match="there is no package 'nothing'; there are addons, "):
        scaffold.scaffold("too-much", tmp_path / "nothing")

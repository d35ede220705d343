"""Many files that are changed at once: each is read and linted a fixed number of times."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from sidecar_lint import Files
from sidecar_lint.commands.cli import app
from sidecar_lint.fixing.rewriting import rewrite_all
from sidecar_lint.fixing.rounds import LintRun, lint_to_change
from sidecar_lint.linting.classify import classify
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.syntax.composer import Composer

MANIFEST = """\
name: {}
type: Worker Service
image: {{location: 'x:1'}}
secrets: {{KEY: /copilot/app/test/secrets/key}}
sidecars:
  otel:
    Image: public.ecr.aws/aws-observability/aws-otel-collector:v0.30.0
    variables: {{AOT_CONFIG_CONTENT: "receivers: {{otlp: }}"}}
"""
ADDON = "Resources:\n  Policy: {Type: 'AWS::IAM::ManagedPolicy'}\nOutputs: {Name: {Value: x}}\n"


def _workspace(folder: Path, workloads: int) -> dict[str, str]:
    texts = {str(folder / "copilot" / ".workspace"): "application: app\n"}
    for number in range(workloads):
        own = folder / "copilot" / f"w{number}"
        texts[str(own / "manifest.yml")] = MANIFEST.format(f"w{number}")
        texts[str(own / "addons" / "policy.yml")] = ADDON
    return texts


def _counts(monkeypatch: pytest.MonkeyPatch, workloads: int) -> tuple[int, int]:
    """How often a file is linted, and a text parsed, to fix a workspace."""
    counts = {"lint": 0, "parse": 0}

    def counting(name: str, function: Any) -> Any:
        def counted(*arguments: Any, **more: Any) -> Any:
            counts[name] += 1
            return function(*arguments, **more)

        return counted

    texts = _workspace(Path(os.sep) / "nowhere", workloads)
    with monkeypatch.context() as patch:
        patch.setattr(Composer, "compose", counting("parse", Composer.compose))
        patch.setattr("sidecar_lint.linting.engine.classify", counting("lint", classify))
        files = Files(dict(texts))
        runs = [
            lint_to_change(files.read(path), load_rules(), files) for path in texts if path.endswith("yml")
        ]
        reports = rewrite_all(runs, files, unsafe=False)
    assert [report.fixed for report in reports if report.path.endswith("manifest.yml")] == [1] * workloads
    return counts["lint"], counts["parse"]


def test_the_work_grows_with_the_number_of_files(monkeypatch: pytest.MonkeyPatch) -> None:
    (linted, parsed), (linted_twice, parsed_twice) = (_counts(monkeypatch, n) for n in (4, 8))
    assert linted == 2 * 2 * 4, "each file before, and each manifest and what depends on it after"
    assert linted_twice == 2 * linted
    assert parsed_twice <= 2 * parsed


def _write(texts: dict[str, str]) -> None:
    for path, text in texts.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text)


def _check(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["check", *arguments])


def test_every_file_is_written_and_reported(tmp_path: Path) -> None:
    _write(_workspace(tmp_path, 3))
    result = _check(str(tmp_path), "--fix", "--format", "json")
    fixed = json.loads(result.stdout)["summary"]["fixed"]
    assert fixed >= 3
    assert all("    image: " in path.read_text() for path in tmp_path.glob("copilot/*/manifest.yml"))
    again = _check(str(tmp_path), "--format", "json")
    assert again.stdout == result.stdout.replace(f'"fixed": {fixed}', '"fixed": 0')


def test_a_file_that_cannot_be_linted_anew_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError("oops")

    _write(_workspace(tmp_path, 1))
    monkeypatch.setattr(LintRun, "again", broken)
    result = _check(str(tmp_path), "--fix")
    assert result.exit_code == 3
    assert "internal error, nothing was changed: RuntimeError: oops" in result.stderr
    assert "SL007" in result.stdout
    assert "Image" in (tmp_path / "copilot/w0/manifest.yml").read_text()


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_what_a_fix_brings_to_light_is_named(tmp_path: Path, option: str) -> None:
    path = tmp_path / "manifest.yml"
    path.write_text("name: api\ntype: Backend Service\nimage: {location: 'x:1'}\nlogging: {Retention: x}\n")
    result = _check(str(path), option, "--unsafe-fixes")
    assert f"{path}:4:22: a fix brings SL005 to light: logging.retention must be" in result.stderr
    assert "to light" not in _check(str(path), option).stderr


def test_rules_that_are_not_selected_judge_fixes(tmp_path: Path) -> None:
    path = tmp_path / "manifest.yml"
    text = "name: api\ntype: Backend Service\nimage: {location: 'x:1'}\nlogging: {Retention: x}\n"
    path.write_text(text)
    assert _check(str(path), "--fix", "--select", "SL007").exit_code == 1
    assert path.read_text() == text


@pytest.mark.parametrize("options", [[], ["--fix"]])
@pytest.mark.parametrize("written", ["json", "sarif"])
def test_a_report_says_what_its_fixes_bring_to_light(
    tmp_path: Path, written: str, options: list[str]
) -> None:
    path = tmp_path / "manifest.yml"
    path.write_text("name: api\ntype: Backend Service\nimage: {location: 'x:1'}\nlogging: {Retention: x}\n")
    assert "retention` (brings SL005 to light)" in _check(str(path), "--format", written, *options).stdout
    report = tmp_path / "report"
    assert _check(str(path), "--output", f"{written}={report}", *options).exit_code == 1
    assert "(brings SL005 to light)" in report.read_text()

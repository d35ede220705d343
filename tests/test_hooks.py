"""The pre-commit hooks take what may belong to a manifest, and nothing else."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from sidecar_lint.commands import cli

HOOKS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / ".pre-commit-hooks.yaml").read_text("utf-8")
)
BY_ID = {hook["id"]: hook for hook in HOOKS}


def _is_taken(hook: dict[str, Any], path: str) -> bool:
    return bool(re.search(hook["files"], path)) and not re.search(hook["exclude"], path)


@pytest.mark.parametrize("hook", HOOKS, ids=BY_ID)
@pytest.mark.parametrize(
    "path",
    [
        "copilot/api/manifest.yml",
        "copilot/api/manifest.yaml",
        "services/shop/copilot/my-job/manifest.yml",
        "copilot/api/addons/queue.yml",
        "copilot/api/overrides/cfn.patches.yml",
        "copilot/api/otel/collector.yaml",
        "copilot/api/fluent-bit/extra.conf",
        "copilot/api/fluent-bit/Dockerfile",
        "copilot/api/web.env",
        "copilot/environments/test/manifest.yml",
        "copilot/environments/addons/db.yml",
        "copilot/pipelines/main/manifest.yml",
        "shop/copilot/pipelines/main/buildspec.yml",
        "copilot/pipeline.yml",
        "copilot/.workspace",
        ".sidecar-lint.yml",
        "shop/.sidecar-lint.yaml",
        "secrets.yml",
        "shop/prod-secret.yaml",
    ],
)
def test_what_may_belong_to_a_manifest(hook: dict[str, Any], path: str) -> None:
    assert _is_taken(hook, path)


@pytest.mark.parametrize("hook", HOOKS, ids=BY_ID)
@pytest.mark.parametrize(
    "path",
    [
        "manifest.yml",
        "Dockerfile",
        "copilot.yml",
        "copilot/api/README.md",
        "docs/notcopilot/api/manifest.yml",
        "copilot-api/manifest.yml",
    ],
)
def test_everything_else(hook: dict[str, Any], path: str) -> None:
    assert not _is_taken(hook, path)


def test_two_hooks_that_differ_in_what_they_do_only() -> None:
    lint, fix = BY_ID["sidecar-lint"], BY_ID["sidecar-lint-fix"]
    assert fix["entry"] == f"{lint['entry']} --fix"
    told = ("id", "name", "description", "entry")
    assert {key: value for key, value in lint.items() if key not in told} == {
        key: value for key, value in fix.items() if key not in told
    }


@pytest.mark.parametrize("hook", HOOKS, ids=BY_ID)
def test_the_entry_is_a_command_of_ours(hook: dict[str, Any]) -> None:
    """What it passes, and what a user may add, without a file: nothing changed."""
    program, *arguments = shlex.split(hook["entry"])
    assert program == "sidecar-lint"
    run = CliRunner().invoke(cli.app, [*arguments, "--ignore", "SL1", "--fail-on", "error"])
    assert (run.exit_code, run.output) == (0, "")

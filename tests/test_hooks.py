"""The pre-commit hook takes workload manifests, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

(HOOK,) = yaml.safe_load((Path(__file__).parents[1] / ".pre-commit-hooks.yaml").read_text("utf-8"))


def _is_taken(path: str) -> bool:
    return bool(re.search(HOOK["files"], path)) and not re.search(HOOK["exclude"], path)


@pytest.mark.parametrize(
    "path",
    ["copilot/api/manifest.yml", "copilot/api/manifest.yaml", "services/shop/copilot/my-job/manifest.yml"],
)
def test_workload_manifests(path: str) -> None:
    assert _is_taken(path)


@pytest.mark.parametrize(
    "path",
    [
        "manifest.yml",
        "copilot/manifest.yml",
        "copilot/api/addons/manifest.yml",
        "copilot/environments/test/manifest.yml",
        "copilot/pipelines/main/manifest.yml",
        "copilot/api/manifest.yml.j2",
        "copilot/api/other.yml",
        "notcopilot/api/manifest.yml",
    ],
)
def test_everything_else(path: str) -> None:
    assert not _is_taken(path)

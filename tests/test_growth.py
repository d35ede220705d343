"""The work for a workspace grows with it, and not faster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from growing import CONFIGURATION, MANIFEST, SECRETS, WORKSPACES, Workspace
from growth import superlinear

from sidecar_lint import Files, lint_paths
from sidecar_lint.manifests import workload_file
from sidecar_lint.syntax import nearest, parsers

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = 12


@pytest.fixture(autouse=True)
def _small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is bounded is bounded here, too, so that the bounds are reached."""
    monkeypatch.setattr(nearest, "_MOST", 5)
    monkeypatch.setattr(parsers, "_WORTH_IMPORTING", 0)
    monkeypatch.setattr(workload_file, "_FEW_ENVIRONMENTS", 3)
    monkeypatch.setattr(workload_file, "_MOST_VALUES", 100)


def _lint(workspace: Workspace) -> None:
    paths = [path for path in (MANIFEST, SECRETS, CONFIGURATION) if path in workspace]
    for report in lint_paths(paths, files=Files(dict(workspace))):
        assert report.findings is not None


@pytest.mark.parametrize("workspace", WORKSPACES, ids=lambda each: each.__name__)
def test_linting(workspace: Callable[[int], Workspace]) -> None:
    assert superlinear(lambda n: _lint(workspace(n)), SIZE) == []

"""What `overrides/` changes is known where it can be read, and anything where it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sidecar_lint import Files, Manifest
from sidecar_lint.manifests.manifest import document_of

if TYPE_CHECKING:
    from sidecar_lint.workspace.overrides import Overrides

MANIFEST = """\
name: api
type: Backend Service
taskdef_overrides:
  - path: ContainerDefinitions[0].Ulimits[-]
    value: {Name: nofile}
"""


def _manifest(**files: str) -> Manifest:
    names = {
        f"/nowhere/copilot/api/overrides/{name.replace('__', '.')}": text for name, text in files.items()
    }
    workspace = Files({"/nowhere/copilot/api/manifest.yml": MANIFEST, **names}).workspace(
        "/nowhere/copilot/api/manifest.yml"
    )
    assert workspace is not None
    document = document_of(workspace.workloads["api"])
    assert document is not None
    return document.manifests[0]


def _overrides(patches: str) -> Overrides:
    workload = _manifest(cfn__patches__yml=patches).workload
    assert workload is not None
    return workload.overrides


def test_no_folder_changes_nothing() -> None:
    manifest = _manifest()
    assert not manifest.overrides_template("Volumes", "HealthCheck")
    assert manifest.overrides_template("Ulimits")


@pytest.mark.parametrize("files", [{"cdk__json": "{}"}, {"README": ""}, {"cfn__patches__yml": "a: ["}])
def test_what_cannot_be_read_may_change_anything(files: dict[str, str]) -> None:
    manifest = _manifest(**files)
    assert manifest.overrides_template("HealthCheck")


def test_patches_are_found_by_what_they_touch() -> None:
    overrides = _overrides(
        "- {op: remove, path: /Resources/LogGroup/Properties/RetentionInDays}\n"
        "- op: replace\n"
        "  path: /Resources/TaskDefinition/Properties/ContainerDefinitions/1\n"
        "  value: {HealthCheck: {Command: [CMD, 'true']}}\n"
        "- text\n- {op: add}\n"
    )
    assert overrides.mention("RetentionInDays")
    assert overrides.mention("HealthCheck")
    assert not overrides.mention("MountPoints")
    assert not _overrides("# nothing yet\n").mention("TaskRole")

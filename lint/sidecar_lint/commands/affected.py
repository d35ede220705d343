"""From files that changed to the manifests whose report may change with them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from sidecar_lint.linting.discovery import OTHER_NAME, STDIN, Found, discover
from sidecar_lint.workspace.addons import FOLDER as ADDONS
from sidecar_lint.workspace.files import Files
from sidecar_lint.workspace.workspace import ENVIRONMENTS, MANIFEST, OVERRIDES, PIPELINES, Workspace


def affected_by(paths: Iterable[str]) -> Found:
    """The manifests to lint after a change to some files, each once, sorted; maybe none.

    A file in a workload's folder belongs to that workload, and its manifest to those that name it. What all
    workloads share (an environment's manifest, a file beside `copilot/` that any of them may name) belongs to all
    of them, a configuration to the manifests of environments, too, and what lies in no workspace to none. The
    manifest of an environment is affected by itself and by what `environments/overrides/` and `environments/addons/`
    have, that of a pipeline by which workloads and environments there are, and by the names of the other pipelines.
    Folders and standard input (`-`) are taken as without a change. A file may be gone: the manifest that named it
    is not.
    """
    files = Files()
    named = list(paths)
    whole = [path for path in named if path == STDIN or os.path.isdir(path)]
    found = discover(whole) if whole else Found()
    changed = (path for path in named if path not in whole)
    manifests = {manifest for path in changed for manifest in _affected(path, files)}
    found.files = sorted({*found.files, *manifests}, key=lambda path: (path == STDIN, path))
    return found


def _affected(path: str, files: Files) -> Iterator[str]:
    workspace = files.workspace(path)
    if workspace is None:
        return
    inside = workspace.inside(path)
    if inside[0] == ENVIRONMENTS:
        yield from _of_environments(workspace, inside)
    elif inside[0] == PIPELINES:
        yield from _of_pipelines(workspace, inside)
    elif inside[0] == os.pardir or len(inside) == 1:
        yield from (*_workloads(workspace), *workspace.pipeline_paths)
        if inside[0] != os.pardir or files.is_configuration(path):
            yield from map(workspace.environment_path, workspace.environments)
    else:
        yield from _of_workload(workspace, inside, path)


def _of_environments(workspace: Workspace, inside: tuple[str, ...]) -> Iterator[str]:
    """What a file below `environments/` affects: all workloads, and the manifests that it is one of or changes."""
    yield from _workloads(workspace)
    named = [name for name in workspace.environments if name in inside[1:2]]
    shared = inside[1:2] in ((OVERRIDES,), (ADDONS,))
    yield from map(workspace.environment_path, workspace.environments if shared else named)
    if inside[2:] == (MANIFEST,):  # a stage is an environment
        yield from workspace.pipeline_paths


def _of_pipelines(workspace: Workspace, inside: tuple[str, ...]) -> Iterator[str]:
    """What a file below `pipelines/` affects: its pipeline; where that may have another name, each of them."""
    whole = inside[2:] == (MANIFEST,)
    yield from (
        each for each in workspace.pipeline_paths if whole or workspace.inside(each)[1:2] == inside[1:2]
    )


def _of_workload(workspace: Workspace, inside: tuple[str, ...], path: str) -> Iterator[str]:
    """What a file in a folder of a workload affects: its manifest, and those that name the workload where it is that."""
    workload = workspace.workload(path)
    if workload:
        yield workload.manifest_path
    elif inside[1:] == (OTHER_NAME,) and workspace.files.is_file(path):
        yield path
    if inside[1:] == (MANIFEST,):  # a pipeline deploys it, a worker subscribes to it, a variable leads to it
        yield from workspace.pipeline_paths
        yield from (each for each in _workloads(workspace) if _mentions(workspace, each, inside[0]))


def _mentions(workspace: Workspace, path: str, name: str) -> bool:
    source = workspace.files.source(path)
    return source is not None and name in source.text


def _workloads(workspace: Workspace) -> Iterator[str]:
    return (each.manifest_path for each in workspace.workloads.values())

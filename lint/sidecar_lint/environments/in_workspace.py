"""The manifests of the environments of a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.environments.file import EnvironmentFile

if TYPE_CHECKING:
    from sidecar_lint.syntax.source import Source
    from sidecar_lint.workspace.workspace import Workspace


def environment_files_of(workspace: Workspace) -> dict[str, EnvironmentFile]:
    """Those that can be read, by the names of their folders."""
    return workspace.once(_environment_files)


def environment_file(workspace: Workspace, source: Source, folder: str) -> EnvironmentFile:
    """A text as the manifest in a folder of `environments/`."""
    return EnvironmentFile(source, folder, workspace.application, workspace.environment_overrides)


def _environment_files(workspace: Workspace) -> dict[str, EnvironmentFile]:
    paths = ((name, workspace.environment_path(name)) for name in workspace.environments)
    sources = ((name, workspace.files.source(path)) for name, path in paths)
    return {name: environment_file(workspace, source, name) for name, source in sources if source}

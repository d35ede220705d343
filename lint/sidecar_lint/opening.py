"""What kind of file a file is, and opening it as such."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sidecar_lint.configuration.locating import is_configuration
from sidecar_lint.document import Document
from sidecar_lint.source import Source

if TYPE_CHECKING:
    from sidecar_lint.subject import Opened
    from sidecar_lint.workspace.files import Files
    from sidecar_lint.workspace.workspace import Workload


def open_source(source: Source, files: Files | None) -> Opened:
    """A file as what it is, by its place in the workspace; a manifest where nothing says otherwise.

    Without `files` its path is only a name, and nothing around it is known.
    """
    if is_configuration(source.path) or (files and files.is_configuration(source.path)):
        from sidecar_lint.configuration.opened import ConfigurationFile

        return ConfigurationFile(source, files)
    workload = _workload(source.path, files) if files else None
    if workload and workload.document and workload.document.source is source:
        return workload.document
    return Document(source, workload)


def _workload(path: str, files: Files) -> Workload | None:
    """The workload whose manifest a path is."""
    workspace = files.workspace(path)
    workload = workspace.workload(path) if workspace else None
    if workload and os.path.abspath(path) == os.path.abspath(workload.manifest_path):
        return workload
    return None

"""What kind of file a file is, and opening it as such."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

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
    workload = _workload(source.path, files) if files else None
    if workload and workload.document and workload.document.source is source:
        return workload.document
    return (_addon(source, files) if files else None) or Document(source, workload)


def _workload(path: str, files: Files) -> Workload | None:
    """The workload whose manifest a path is."""
    workspace = files.workspace(path)
    workload = workspace.workload(path) if workspace else None
    if workload and os.path.abspath(path) == os.path.abspath(workload.manifest_path):
        return workload
    return None


def _addon(source: Source, files: Files) -> Opened | None:
    """The file of an `addons/` folder that a path is."""
    workspace = files.workspace(source.path)
    workload = workspace.workload(source.path) if workspace else None
    name = os.path.basename(source.path)
    if not workload or os.path.abspath(source.path) != os.path.abspath(workload.addons.path(name)):
        return None
    template = workload.addons.files.get(name)
    return template if template and template.source is source else None

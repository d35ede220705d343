"""What kind of file a file is, and opening it as such."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sidecar_lint.document import Document
from sidecar_lint.source import Source
from sidecar_lint.workspace.workspace import MANIFEST

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
    document = Document(source, workload)
    if workload is None and os.path.basename(source.path) != MANIFEST:
        return _collector(document) or document
    return document


def _collector(document: Document) -> Opened | None:
    """The file as a collector's configuration, where it is one."""
    from sidecar_lint.collector.recognition import is_collector_file

    if not is_collector_file(document.source, document.tree):
        return None
    from sidecar_lint.collector.file import CollectorFile

    return CollectorFile(document.source)


def _workload(path: str, files: Files) -> Workload | None:
    """The workload whose manifest a path is."""
    workspace = files.workspace(path)
    workload = workspace.workload(path) if workspace else None
    if workload and os.path.abspath(path) == os.path.abspath(workload.manifest_path):
        return workload
    return None

"""What kind of file a file is, and opening it as such."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sidecar_lint.configuration.locating import is_configuration
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
    if is_configuration(source.path) or (files and files.is_configuration(source.path)):
        from sidecar_lint.configuration.opened import OpenedConfiguration

        return OpenedConfiguration(source, files)
    workload = _workload(source.path, files) if files else None
    if workload and workload.document and workload.document.source is source:
        return workload.document
    document = Document(source, workload)
    if workload is None and os.path.basename(source.path) != MANIFEST:
        return _secret_input(source, files) or _collector(document, files) or document
    return document


def _secret_input(source: Source, files: Files | None) -> Opened | None:
    """The file as an input of `copilot secret init`, if it is one."""
    from sidecar_lint.workspace.secret_inputs import secret_input

    return secret_input(source, files.workspace(source.path)) if files else None


def _collector(document: Document, files: Files | None) -> Opened | None:
    """The file as a collector's configuration, where it is one; the workspace may know what reads it."""
    from sidecar_lint.collector.recognition import is_collector_file

    source = document.source
    if not is_collector_file(source, document.tree):
        return None
    from sidecar_lint.collector.configuration import Configuration
    from sidecar_lint.collector.file import CollectorFile

    workspace = files.workspace(source.path) if files else None
    known = workspace.collectors.file(source).configuration if workspace else Configuration(source)
    return CollectorFile(known)


def _workload(path: str, files: Files) -> Workload | None:
    """The workload whose manifest a path is."""
    workspace = files.workspace(path)
    workload = workspace.workload(path) if workspace else None
    if workload and os.path.abspath(path) == os.path.abspath(workload.manifest_path):
        return workload
    return None

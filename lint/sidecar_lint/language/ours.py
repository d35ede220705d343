"""Which of the files that an editor has open are Copilot's: editors attach to every YAML file."""

from __future__ import annotations

import os

from sidecar_lint.linting.discovery import is_manifest
from sidecar_lint.linting.opened import OpenedManifest
from sidecar_lint.linting.subject import Opened
from sidecar_lint.manifests.document import Document


def is_ours(opened: Opened) -> bool:
    """Whether a file gets answers: it is something by its place, or a manifest by what it says."""
    path = opened.source.path
    if isinstance(opened, OpenedManifest):
        return opened.file.is_placed or is_manifest(path, opened.source.text)
    if not isinstance(opened, Document):
        return True
    workload = opened.workload
    if workload and os.path.abspath(workload.manifest_path) == os.path.abspath(path):
        return True
    return is_manifest(path, opened.source.text)

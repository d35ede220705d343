"""Which of the files that an editor has open are Copilot's: editors attach to every YAML file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.linting.discovery import is_manifest
from sidecar_lint.manifests.file import ManifestFile

if TYPE_CHECKING:
    from sidecar_lint.linting.inputs import LintInput


def is_ours(found: LintInput) -> bool:
    """Whether a file gets answers: it is something by its place, or a manifest by what it says."""
    path, file = found.source.path, found.file
    if not isinstance(file, ManifestFile):
        return True
    return file.is_placed or is_manifest(path, file.source.text)

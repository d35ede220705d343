"""The files that a manifest names and that were not read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sidecar_lint import Manifest, Reason, Scalar, Unread, Workspace


class NamedFile(NamedTuple):
    """Where a file is named, its path from the project's folder, and why it was not read."""

    node: Scalar
    path: str
    why: Unread


def unread_files(manifest: Manifest) -> Iterator[NamedFile]:
    """Environment files and Dockerfiles of which nobody knows what is in them, or whether they are there.

    A folder is no such file: that it is none is all there is to know.
    """
    for node, path, why in _looked_at(manifest):
        if why and not why.is_missing and why.reason is not Reason.FOLDER:
            yield NamedFile(node, path, why)


def _looked_at(manifest: Manifest) -> Iterator[tuple[Scalar, str, Unread | None]]:
    workspace = manifest.workload.workspace if manifest.workload else None
    if workspace is None:
        return
    for node in manifest.env_files:
        if node.known and node.text:
            yield node, node.text, workspace.unread(node.text) or _tried(node.text, workspace)
    for container in (manifest.main, *manifest.sidecars):
        if container.dockerfile and container.dockerfile[0].known:
            node, path = container.dockerfile
            yield node, path, workspace.unread(path)


def _tried(path: str, workspace: Workspace) -> Unread | None:
    """Why a file cannot be read, which may not show before that is tried."""
    found = workspace.files.look(workspace.path(path))
    return found if isinstance(found, Unread) else None

"""The files that a manifest names and that were not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.files.reading import Reason, Unread
from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.manifests.effective import EffectiveManifest
    from sidecar_lint.syntax.nodes import Scalar
    from sidecar_lint.workspace.workspace import Workspace


class NamedFile(NamedTuple):
    """Where a file is named, its path from the project's folder, and why it was not read."""

    node: Scalar
    path: str
    why: Unread


def unread_files(manifest: EffectiveManifest) -> Iterator[NamedFile]:
    """Environment files and Dockerfiles of which nobody knows what is in them, or whether they are there."""
    workspace = manifest.workload.workspace if manifest.workload else None
    if workspace is None:
        return
    for node in manifest.env_files:
        if node.known and node.text:
            why = workspace.unread(node.text) or _tried(node.text, workspace)
            yield from unread_file(node, node.text, why)
    for container in (manifest.main, *manifest.sidecars):
        if container.dockerfile and container.dockerfile[0].known:
            node, path = container.dockerfile
            yield from unread_file(node, path, workspace.unread(path))


def unread_file(node: Scalar, path: str, why: Unread | None) -> Iterator[NamedFile]:
    """A file, if nothing is known of it: of a folder it is known that it is not a file."""
    if why and not why.is_missing and why.reason is not Reason.FOLDER:
        yield NamedFile(node, path, why)


def _tried(path: str, workspace: Workspace) -> Unread | None:
    """Why a file cannot be read, which may not show before that is tried."""
    found = workspace.files.look(workspace.path(path))
    return found if isinstance(found, Unread) else None

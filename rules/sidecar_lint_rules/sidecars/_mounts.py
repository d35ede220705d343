"""What the rules about mount points share."""

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Manifest, Mapping, Scalar


def paths(mounts: list[Mapping]) -> Iterator[tuple[Mapping, Scalar]]:
    """The mount points whose path is written and known."""
    for mount in mounts:
        path = mount.get("path")
        if isinstance(path, Scalar) and path.known and path.text:
            yield mount, path


def all_paths(manifest: Manifest) -> Iterator[Scalar]:
    """The known paths of all sidecars' mount points."""
    for sidecar in manifest.sidecars:
        for _, path in paths(sidecar.mount_points):
            yield path

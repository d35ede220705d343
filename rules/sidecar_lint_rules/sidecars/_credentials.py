"""Where a manifest names the credentials of a registry."""

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Container, Manifest, Scalar


def credentials(manifest: Manifest) -> Iterator[tuple[Container, Scalar]]:
    """The containers that are given credentials for their registry, each with them."""
    if not manifest.is_ecs:
        return
    own = manifest.scalar("image", "credentials")
    if own is not None:
        yield manifest.main, own
    for sidecar in manifest.sidecars:
        node = sidecar.section.get("credentialsParameter")
        if isinstance(node, Scalar):
            yield sidecar, node

"""What the rules about container health checks share."""

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Container, Manifest, Mapping


def healthchecks(manifest: Manifest) -> Iterator[tuple[Container, Mapping]]:
    """The containers that have a health check in the manifest, each with it."""
    for container in manifest.containers.values():
        healthcheck = container.healthcheck if container.is_main or container.is_sidecar else None
        if healthcheck is not None:
            yield container, healthcheck

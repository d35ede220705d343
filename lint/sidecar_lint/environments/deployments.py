"""A workload in each environment whose manifest is in the workspace: the two manifests that meet there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.environments.in_workspace import environment_files_of
from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.environments.manifest import EnvironmentManifest
    from sidecar_lint.manifests.manifest import Document, Manifest


class Deployment(NamedTuple):
    """What a workload is in an environment, and what the environment is."""

    manifest: Manifest
    environment: EnvironmentManifest
    name: str

    def has_load_balancer(self, kind: str) -> bool:
        """Whether the workload is of this type, and behind the environment's own load balancer."""
        http = self.manifest.mapping("http")
        return self.manifest.kind == kind and bool(http.entries) and http.get("alb") is None


def deployments(document: Document) -> Iterator[Deployment]:
    """Every environment that has a manifest, with the workload's manifest there, named in the file or not."""
    if document.workload is None or not document.manifests:
        return
    named = dict(zip(document.environments, document.manifests, strict=True))
    for name, file in environment_files_of(document.workload.workspace).items():
        if not file.tree.unread:
            yield Deployment(named.get(name, document.manifests[0]), file.manifest, name)

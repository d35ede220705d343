"""The manifest of one environment: what rules ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.manifests.effective import EffectiveManifest
from sidecar_lint.manifests.ports import Ports
from sidecar_lint.manifests.watching import derived

if TYPE_CHECKING:
    from sidecar_lint.manifests.scaling import Scaling
    from sidecar_lint.manifests.task_hosts import TaskHosts


class Manifest(EffectiveManifest):
    """A manifest as Copilot sees it for one environment, section by section."""

    @derived
    def ports(self) -> Ports:
        """Who exposes which port, and where load balancers send traffic."""
        return Ports(self)

    @derived
    def scaling(self) -> Scaling:
        """What the service scales on: its `count`."""
        from sidecar_lint.manifests.scaling import scaling

        return scaling(self)

    @derived
    def task_hosts(self) -> TaskHosts:
        """The names of containers of the task that nothing resolves."""
        from sidecar_lint.manifests.task_hosts import TaskHosts

        return TaskHosts(self)

"""The manifest of one environment: what rules ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.manifests.copilot_names import JOB
from sidecar_lint.manifests.effective import EffectiveManifest
from sidecar_lint.manifests.ports import Ports
from sidecar_lint.manifests.read_tracking import derived

if TYPE_CHECKING:
    from sidecar_lint.manifests.command_words import CommandWords
    from sidecar_lint.manifests.dependencies import Dependency
    from sidecar_lint.manifests.scaling import Scaling
    from sidecar_lint.manifests.task_hosts import TaskHosts
    from sidecar_lint.syntax.nodes import Mapping, Scalar


class Manifest(EffectiveManifest):
    """A manifest as Copilot sees it for one environment, section by section."""

    @derived
    def ports(self) -> Ports:
        """Who exposes which port, and where load balancers send traffic."""
        return Ports(self)

    @derived
    def schedule(self) -> Scalar | None:
        """Where a job's `on.schedule` is written; None where there is none, or none that is known."""
        node = self.scalar("on", "schedule") if self.kind == JOB else None
        return node if node is not None and node.known else None

    @derived
    def scaling(self) -> Scaling:
        """What the service scales on: its `count`."""
        from sidecar_lint.manifests.scaling import scaling

        return scaling(self)

    @property
    def http_is_off(self) -> bool:
        """Whether `http: false` is written."""
        http = self.scalar("http")
        return http is not None and http.as_bool is False

    @derived
    def http_says_nothing(self) -> bool:
        """Whether Copilot takes `http` for nothing written at all."""
        from sidecar_lint.manifests.load_balancing import http_says_nothing

        return http_says_nothing(self)

    @derived
    def has_nlb(self) -> bool:
        """Whether Copilot takes `nlb` for written."""
        from sidecar_lint.manifests.load_balancing import has_nlb

        return has_nlb(self)

    @derived
    def command_words(self) -> list[CommandWords]:
        """Every known `entrypoint` and `command` of the service and its sidecars, word by word."""
        from sidecar_lint.manifests.command_words import all_command_words

        return all_command_words(self)

    @derived
    def dependencies(self) -> list[Dependency]:
        """Every dependency of every container (`depends_on`), the service's own first."""
        from sidecar_lint.manifests.dependencies import dependencies

        return dependencies(self)

    @derived
    def awaited_for_health(self) -> dict[str, str]:
        """The containers that another one waits for to be healthy, each with the first that does."""
        from sidecar_lint.manifests.dependencies import awaited_for_health

        return awaited_for_health(self)

    @derived
    def published_topics(self) -> list[Mapping]:
        """The entries of `publish.topics`."""
        from sidecar_lint.manifests.topics import published_topics

        return published_topics(self)

    @derived
    def subscribed_topics(self) -> list[Mapping]:
        """The entries of `subscribe.topics` of a worker."""
        from sidecar_lint.manifests.topics import subscribed_topics

        return subscribed_topics(self)

    @derived
    def fifo_queues(self) -> list[Mapping]:
        """The `fifo` maps of a worker's queue and of the queues of single topics."""
        from sidecar_lint.manifests.topics import fifo_queues

        return fifo_queues(self)

    @derived
    def task_hosts(self) -> TaskHosts:
        """The names of containers of the task that nothing resolves."""
        from sidecar_lint.manifests.task_hosts import TaskHosts

        return TaskHosts(self)

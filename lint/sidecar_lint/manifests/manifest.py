"""The manifest of a workload: the file, and what it is in each environment, which is what rules ask."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from sidecar_lint.finding import ANY_ENVIRONMENT
from sidecar_lint.manifests.copilot_names import JOB
from sidecar_lint.manifests.effective import EffectiveManifest, tell_apart
from sidecar_lint.manifests.environments import override
from sidecar_lint.manifests.interpolation import ENVIRONMENT, complete
from sidecar_lint.manifests.ports import Ports, ports
from sidecar_lint.manifests.read_tracking import derived
from sidecar_lint.manifests.workload_file import WorkloadFile
from sidecar_lint.syntax.nodes import Mapping, Node

if TYPE_CHECKING:
    from collections.abc import Mapping as Variables

    from sidecar_lint.manifests.command_words import CommandWords
    from sidecar_lint.manifests.dependencies import Dependency
    from sidecar_lint.manifests.scaling import Scaling
    from sidecar_lint.manifests.task_hosts import TaskHosts
    from sidecar_lint.syntax.nodes import Scalar
    from sidecar_lint.workspace.workspace import Workload

#: What follows from the text alone, whatever is around it.
_FROM_TEXT: Final = ("tree", "root", "type", "kind", "shape", "overrides", "scalars", "uses")


class Document(WorkloadFile):
    """The manifest of a workload: the file, and the manifest of each environment."""

    def around(self, workload: Workload) -> Document:
        """The same manifest in another workload; what its text says is not read again."""
        other = Document(self.source, workload)
        other.__dict__.update({name: self.__dict__[name] for name in _FROM_TEXT if name in self.__dict__})
        return other

    @cached_property
    def manifests(self) -> tuple[Manifest, ...]:
        """The manifest of each of the `environments`; none where the file cannot be understood."""
        made = (self.manifest(environment) for environment in self.environments)
        manifests = tuple(manifest for manifest in made if manifest)
        if manifests:
            tell_apart(manifests)
        return manifests

    @cached_property
    def by_environment(self) -> dict[str, Manifest]:
        """The same by the name of the environment."""
        return {manifest.environment: manifest for manifest in self.manifests}

    def in_environment(self, environment: str, names: Variables[str, str]) -> Manifest | None:
        """The manifest of any environment, with its name and other variables filled in.

        None where the file cannot be understood.
        """
        known = self.by_environment.get(environment)
        if known and not names and self._names_environment:
            return known  # its own name is filled in already
        found = self.manifest(environment if environment in self.overrides else ANY_ENVIRONMENT)
        if found is None:
            return None
        own = {ENVIRONMENT: environment} if environment != ANY_ENVIRONMENT else {}
        root = complete(found.root, {**names, **own}, self.source.text)
        return Manifest(self, environment, found.kind, root) if isinstance(root, Mapping) else None

    def manifest(self, environment: str) -> Manifest | None:
        """The manifest of an environment that the file names, or "*"; None where it cannot be understood.

        Of one of the `environments` it is made anew.
        """
        if self.kind is None or self._base is None:
            return None
        over = self.overrides.get(environment)
        merged: Node = override(self._base, over) if over and over.entries else self._base
        if self._names_environment and environment != ANY_ENVIRONMENT:
            merged = complete(merged, {ENVIRONMENT: environment}, self.source.text)
        return Manifest(self, environment, self.kind, merged) if isinstance(merged, Mapping) else None

    @cached_property
    def _base(self) -> Mapping | None:
        """All of the manifest but for its environments."""
        if self.shape is None:
            return None
        root = self.shape.root
        entries = {name: node for name, node in root.entries.items() if name != "environments"}
        base = Mapping(root.span, entries)
        base.open = root.open
        return base

    @cached_property
    def _names_environment(self) -> bool:
        return ENVIRONMENT in self.source.text


class Manifest(EffectiveManifest):
    """A manifest as Copilot sees it for one environment, section by section: what rules ask."""

    document: Document

    @property
    def siblings(self) -> tuple[Manifest, ...]:
        """The manifests of all environments of the file, that of those which it does not name first."""
        return self.document.manifests

    @property
    def base(self) -> Manifest:
        """The manifest of the environments that the file does not name."""
        self.sections.reads.everything = True
        return self.siblings[0]

    def definition_path(self, name: str) -> str:
        """Where an override finds a container, as in `ContainerDefinitions[1]`; empty where environments differ."""
        orders = [each.definition_order for each in self.siblings]
        indices = {order.index(name) for order in orders if name in order}
        return f"ContainerDefinitions[{indices.pop()}]" if len(indices) == 1 else ""

    @derived
    def ports(self) -> Ports:
        """Who exposes which port, and where load balancers send traffic."""
        return ports(self)

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

        return TaskHosts.of(self)


def document_of(workload: Workload) -> Document | None:
    """The manifest of a workload; None where it cannot be read."""
    return workload.once(_document)


def _document(workload: Workload) -> Document | None:
    return Document(workload.source, workload) if workload.source else None

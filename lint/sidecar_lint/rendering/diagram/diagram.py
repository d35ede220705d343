"""What is in the picture of a task, whatever draws it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sidecar_lint.manifests.copilot_names import LOG_ROUTER
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.rendering.diagram.traces import collector_of, destinations
from sidecar_lint.template.load_balancer import rules
from sidecar_lint.template.network_load_balancer import listeners
from sidecar_lint.template.task_definition_input import task_definition_input
from sidecar_lint.template.values import bare, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.template.routing import TrafficTarget
    from sidecar_lint.template.template import GeneratedTemplate


class LineKind(StrEnum):
    """What a line between two boxes is."""

    TRAFFIC = "traffic"
    WAITS = "waits for"
    MOUNTS = "mounts"
    LOGS = "logs"
    TRACES = "traces"


class Box(NamedTuple):
    """A box; `id` is its place in the picture, the rest is what stands in it."""

    id: str
    heading: str
    name: str
    lines: tuple[str, ...] = ()


class Line(NamedTuple):
    """A line between two boxes, by their ids."""

    start: str
    end: str
    kind: LineKind


class Diagram(NamedTuple):
    """What comes in, the containers of the task, what lies outside of it, and the lines between them."""

    title: str
    entrances: tuple[Box, ...]
    containers: tuple[Box, ...]
    outside: tuple[Box, ...]
    lines: tuple[Line, ...]


def diagram(template: GeneratedTemplate) -> Diagram:
    """The picture of a workload in an environment."""
    found = plain(task_definition_input(template))
    return _Drawing(template, found if isinstance(found, dict) else {}).diagram()


class _Drawing:
    def __init__(self, template: GeneratedTemplate, task: dict[str, Any]) -> None:
        self._template = template
        self._stack = template.stack
        self._containers: list[dict[str, Any]] = list(task.get("containerDefinitions", ()))
        self._volumes: list[dict[str, Any]] = list(task.get("volumes", ()))
        self._ids = {str(each.get("name", "")): f"c{at}" for at, each in enumerate(self._containers)}
        self._outside: dict[tuple[str, ...], Box] = {}
        self._lines: list[Line] = []

    def diagram(self) -> Diagram:
        entrances = tuple(self._entrances())
        volumes = {str(each.get("name", "")): self._volume(each) for each in self._volumes}
        for each in self._containers:
            self._join(each, volumes)
        stack = self._stack
        return Diagram(
            f"{stack.name} in {stack.environment}",
            entrances,
            tuple(map(self._container, self._containers)),
            tuple(self._outside.values()),
            tuple(dict.fromkeys(self._lines)),
        )

    def _entrances(self) -> Iterator[Box]:
        for at, (heading, name, target) in enumerate(self._ways_in()):
            yield Box(f"e{at}", heading, name)
            if target in self._ids:
                self._lines.append(Line(f"e{at}", self._ids[target], LineKind.TRAFFIC))

    def _ways_in(self) -> Iterator[tuple[str, str, str]]:
        """What starts or reaches the task, how that is called, and the container that gets it."""
        for rule in rules(self._stack):
            hosts = ", ".join(alias.text for alias in rule.aliases)
            yield "load balancer", f"{hosts}{rule.path}{_port(rule.target)}", rule.target.container
        for listener in listeners(self._stack):
            port = listener.port_node.text if listener.port_node else ""
            yield "network load balancer", f"{port}{_port(listener.target)}", listener.target.container
        if self._stack.is_worker:
            yield "queue", "EventsQueue", self._stack.name
        if self._stack.is_job:
            expression = bare(self._template.parameter_values["Schedule"].whole)
            yield "schedule", str(expression), self._stack.name

    def _container(self, container: dict[str, Any]) -> Box:
        name = str(container.get("name", ""))
        heading = "log router" if name == LOG_ROUTER else "container"
        return Box(self._ids[name], heading, name, tuple(_facts(container)))

    def _volume(self, volume: dict[str, Any]) -> Box:
        efs = volume.get("efsVolumeConfiguration")
        what = f"EFS {efs.get('fileSystemId', '')}" if efs else "empty, goes with the task"
        return self._put("volume", str(volume.get("name", "")), what)

    def _put(self, heading: str, name: str, *lines: str) -> Box:
        """A box outside of the task, once."""
        key = (heading, name, *lines)
        if key not in self._outside:
            self._outside[key] = Box(f"o{len(self._outside)}", heading, name, lines)
        return self._outside[key]

    def _join(self, container: dict[str, Any], volumes: dict[str, Box]) -> None:
        """The lines that begin at a container."""
        name = str(container.get("name", ""))
        own = self._ids[name]
        for each in container.get("dependsOn", ()):
            if each.get("containerName") in self._ids:
                self._lines.append(Line(own, self._ids[each["containerName"]], LineKind.WAITS))
        for each in container.get("mountPoints", ()):
            if each.get("sourceVolume") in volumes:
                self._lines.append(Line(own, volumes[each["sourceVolume"]].id, LineKind.MOUNTS))
        logs = self._logs(container.get("logConfiguration") or {})
        if logs:
            self._lines.append(Line(own, logs, LineKind.LOGS))
        collector = collector_of(self._stack.manifest, container)
        if collector in self._ids:
            self._lines.append(Line(own, self._ids[collector], LineKind.TRACES))
        for each in destinations(self._stack.manifest, name):
            self._lines.append(Line(own, self._put("traces", each).id, LineKind.TRACES))

    def _logs(self, configuration: dict[str, Any]) -> str:
        """Where the logs of a container go; with FireLens to the router, and from there to its output."""
        options = configuration.get("options") or {}
        if configuration.get("logDriver") != "awsfirelens":
            group = options.get("awslogs-group")
            return self._put("log group", str(group)).id if group else ""
        router = self._ids.get(LOG_ROUTER, "")
        output = options.get("Name")
        if router and output:
            destination = self._put("logs", str(output), *_destination(options))
            self._lines.append(Line(router, destination.id, LineKind.LOGS))
        return router


#: Options that say where an output of Fluent Bit sends to.
_PLACES = ("delivery_stream", "stream", "log_group_name", "bucket", "host", "Host")


def _destination(options: dict[str, Any]) -> Iterator[str]:
    yield from (str(options[name]) for name in _PLACES if options.get(name))


def _port(target: TrafficTarget) -> str:
    return "" if target.port is None else f" to port {target.port}"


def _facts(container: dict[str, Any]) -> Iterator[str]:
    """What stands in the box of a container."""
    yield str(container.get("image", ""))
    ports = [str(each.get("containerPort")) for each in container.get("portMappings", ())]
    if ports:
        yield f"port {', '.join(ports)}"
    for each in container.get("dependsOn", ()):
        yield f"waits for {each.get('containerName')} ({each.get('condition')})"
    for each in container.get("mountPoints", ()):
        access = "read only" if each.get("readOnly") else "read and write"
        yield f"mounts {each.get('sourceVolume')} ({access})"
        yield f"at {each.get('containerPath')}"
    secrets = [str(each.get("name")) for each in container.get("secrets", ())]
    if secrets:
        yield f"secrets {', '.join(secrets)}"
    if container.get("essential") is False:
        yield "may stop without the task"

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sidecar_lint import (
    LOG_ROUTER,
    Bad,
    Container,
    Finding,
    Manifest,
    Mapping,
    Node,
    Related,
    Rule,
    Sequence,
    Severity,
    Stage,
    deployed_template,
    is_container_overridden,
    lost,
)

if TYPE_CHECKING:
    from sidecar_lint import Part

_MESSAGE: Final = "container {!r} has no health check, so it is never healthy"


class HealthyWithoutHealthcheck(Rule):
    """A container waits for another to be healthy that has no health check.

    ECS knows the health of a container only from a health check in the task definition; the
    `HEALTHCHECK` of a Dockerfile does not count, and neither does the load balancer's. Without one
    the container never becomes healthy.
    """

    code, name = "SL125", "healthy-without-healthcheck"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the waiting container never starts, and the task fails"
    sources = ("AWS: ContainerDependency", "amazon-ecs-agent: dependency graph", "aws/copilot-cli#2723")
    good = (
        """
        image: {depends_on: {nginx: healthy}}
        sidecars:
          nginx: {image: nginx, healthcheck: {command: [CMD, 'true']}}
        """,
        """
        image: {depends_on: {nginx: healthy}}
        sidecars: {nginx: {image: nginx}}
        taskdef_overrides: [{path: 'ContainerDefinitions[1].HealthCheck.Retries', value: 3}]
        """,
    )
    bad = (
        Bad(
            """
            image: {depends_on: {nginx: healthy}}
            #                           ^^^^^^^ SL125
            sidecars: {nginx: {image: nginx}}
            """
        ),
    )
    also_good = (
        """
        image: {depends_on: {nginx: start, envoy: '${CONDITION}'}}
        sidecars: {nginx: {image: nginx}, envoy: {image: envoy}}
        """,
        """
        sidecars: {db: {image: postgres}, queue: {image: rabbitmq}}
        taskdef_overrides:
          - path: ContainerDefinitions[0].DependsOn
            value: [{ContainerName: db, Condition: HEALTHY}, {ContainerName: queue, Condition: START}]
          - {path: 'ContainerDefinitions[1].HealthCheck', value: {Command: [CMD, pg_isready]}}
        """,
    )
    also_bad = (
        Bad(
            """
            sidecars: {worker: {image: celery}, queue: {image: rabbitmq}}
            taskdef_overrides:
              - path: ContainerDefinitions[0].DependsOn
                value: [{ContainerName: worker, Condition: HEALTHY}]
            #                                              ^^^^^^^ SL125
              - {path: 'ContainerDefinitions[1].HealthCheck.Command', value: [CMD, rabbitmq-diagnostics]}
            """
        ),
        Bad(
            """
            image: {healthchek: {command: [CMD, 'true']}}
            sidecars:
              nginx: {image: nginx, depends_on: {api: healthy}, healthchek: {command: [CMD, 'true']}}
            #                                         ^^^^^^^ SL125
              envoy: {image: envoy, depends_on: {nginx: healthy}}
            #                                           ^^^^^^^ SL125
            """
        ),
        Bad(
            """
            name: api
            image: {healthcheck: {command: [CMD, 'true']}}
            sidecars:
              api: {image: nginx}
              envoy: {image: envoy, depends_on: {api: healthy}}
            #                                         ^^^^^^^ SL125
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        yield from self._of_overrides(manifest)
        for dependency in manifest.dependencies:
            target = manifest.containers.get(dependency.name)
            if target is None or target.name == dependency.container.name or target.healthcheck is not None:
                continue
            if is_container_overridden(manifest, target.name, "HealthCheck"):
                continue
            if is_container_overridden(manifest, dependency.container.name, "DependsOn"):
                continue
            if dependency.word == "HEALTHY" and dependency.condition.known:
                section = ("image",) if target.is_main else ("sidecars", target.name)
                related = (Related(target.key.place, "it has no healthcheck"),) if target.key else ()
                yield self.finding(
                    dependency.condition,
                    _MESSAGE.format(target.name),
                    help=_help(target),
                    related=related,
                    follows_from=[
                        *lost(manifest, *section, "healthcheck"),
                        *_because(manifest, target),
                    ],
                )

    def _of_overrides(self, manifest: Manifest) -> Iterator[Finding]:
        """Of what `taskdef_overrides` lets a container wait for."""
        deployed = deployed_template(manifest) if manifest.sequence("taskdef_overrides").items else None
        containers = deployed.containers if deployed else {}
        for name, container in containers.items():
            if is_container_overridden(manifest, name, "DependsOn"):
                for condition, target in _never_healthy(container, containers):
                    where = manifest.definition_path(target) or "it"
                    help_ = f"give {where} a HealthCheck, or wait for START"
                    yield self.finding(condition, _MESSAGE.format(target), help=help_)


def _never_healthy(container: Part, containers: dict[str, Part]) -> Iterator[tuple[Node, str]]:
    """Where the manifest lets a container wait for the health of others that have no check of it, and those."""
    for at, dependency in enumerate(container.get("DependsOn") or ()):
        condition, awaited = dependency.get("Condition"), dependency.get("ContainerName")
        if condition is None or awaited is None or condition.text != "HEALTHY" or condition.origin is None:
            continue
        target = containers.get(awaited.text or "")
        if target is not None and target.get("HealthCheck") is None and condition.origin.source is None:
            yield _condition(condition.origin.node, at), awaited.text or ""


def _condition(node: Node, at: int) -> Node:
    """The condition in what an override writes: all dependencies, one of them, or the word itself."""
    one = node.items[at] if isinstance(node, Sequence) and at < len(node.items) else node
    return (one.get("Condition") if isinstance(one, Mapping) else None) or one


def _because(manifest: Manifest, target: Container) -> list[tuple[str, Node]]:
    """A sidecar that is called like the service stands for a container that is healthy at some time."""
    is_other = target.is_sidecar and target.name == manifest.name and manifest.main.healthcheck is not None
    return [("SL135", target.key)] if is_other and target.key else []


def _help(target: Container) -> str:
    if target.name == LOG_ROUTER:
        return (
            "wait for start, or give the log router a HealthCheck with `taskdef_overrides`: no field has it"
        )
    where = "image.healthcheck" if target.is_main else f"sidecars.{target.name}.healthcheck"
    return f"write {where}, or wait for start"

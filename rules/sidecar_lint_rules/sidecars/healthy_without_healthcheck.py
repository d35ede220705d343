from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    LOG_ROUTER,
    Bad,
    Container,
    Finding,
    Manifest,
    Node,
    Related,
    Rule,
    Severity,
    Stage,
    is_container_overridden,
    lost,
)


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
    )
    also_bad = (
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
        for dependency in manifest.dependencies:
            target = manifest.containers.get(dependency.name)
            if target is None or target.name == dependency.container.name or target.healthcheck is not None:
                continue
            if is_container_overridden(manifest, target.name, "HealthCheck"):
                continue
            if is_container_overridden(manifest, dependency.container.name, "DependsOn"):
                continue
            if dependency.word == "HEALTHY" and dependency.condition.known:
                message = f"container {target.name!r} has no health check, so it is never healthy"
                section = ("image",) if target.is_main else ("sidecars", target.name)
                related = (Related(target.key.place, "it has no healthcheck"),) if target.key else ()
                yield self.finding(
                    dependency.condition,
                    message,
                    help=_help(target),
                    related=related,
                    follows_from=[
                        *lost(manifest, *section, "healthcheck"),
                        *_because(manifest, target),
                    ],
                )


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

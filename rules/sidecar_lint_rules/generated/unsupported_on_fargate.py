from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sidecar_lint import (
    Bad,
    Finding,
    Manifest,
    NamedTuple,
    Node,
    Rule,
    Severity,
    Stage,
    as_mapping,
    deployed_template,
)
from sidecar_lint_rules.generated._places import ValuePlaces

if TYPE_CHECKING:
    from sidecar_lint import GeneratedTemplate, Part, Patches

_TASK: Final = ("Resources", "TaskDefinition", "Properties")
_LONGEST: Final = 120
#: What ECS knows and Fargate does not have; what ECS does not know either is SL752's.
_DRIVERS: Final = ("json-file", "syslog", "journald", "gelf", "fluentd")
_NETWORKS: Final = ("bridge", "host", "none")
_MEMORIES: Final = ("host", "task", "none")
#: Properties of a container that may not be there, and why.
_NEVER: Final = {
    ("DockerSecurityOptions",): "on Fargate",
    ("ExtraHosts",): "in the network mode awsvpc, which Fargate has",
    ("Hostname",): "in the network mode awsvpc, which Fargate has",
    ("LinuxParameters", "Devices"): "on Fargate",
    ("LinuxParameters", "MaxSwap"): "on Fargate",
    ("LinuxParameters", "SharedMemorySize"): "on Fargate",
    ("LinuxParameters", "Swappiness"): "on Fargate",
}


class _Refused(NamedTuple):
    """What Fargate does not take, what is said of it, and what to do."""

    part: Part
    message: str
    help: str = "leave it out"


class UnsupportedOnFargate(Rule):
    """An override asks for something that Fargate does not do.

    Copilot's tasks run on Fargate. There the network mode is awsvpc, `PidMode` is `task`, no container is privileged,
    `SYS_PTRACE` is the only capability that can be added, a container has two minutes at most to start or stop, log
    drivers are awslogs, splunk and awsfirelens, and there are no devices, host names or volumes of a host. Copilot
    applies `taskdef_overrides` and patches without a look at what they ask for.

    Nothing is said where an override changes `RequiresCompatibilities`, so that the tasks run elsewhere.
    """

    code, name = "SL756", "unsupported-on-fargate"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: ECS refuses the task definition"
    sources = (
        "Amazon ECS API reference: RegisterTaskDefinition, ContainerDefinition, LinuxParameters, KernelCapabilities",
    )
    good = (
        """
        taskdef_overrides:
          - {path: PidMode, value: task}
          - {path: 'ContainerDefinitions[0].StopTimeout', value: 120}
          - {path: 'ContainerDefinitions[0].LinuxParameters.Capabilities.Add[-]', value: SYS_PTRACE}
          - {path: 'ContainerDefinitions[0].LinuxParameters.InitProcessEnabled', value: true}
          - {path: 'ContainerDefinitions[0].Privileged', value: false}
        """,
        """
        taskdef_overrides:
          - {path: RequiresCompatibilities, value: [EC2]}
          - {path: NetworkMode, value: bridge}
        """,
    )
    bad = (
        Bad(
            """
            taskdef_overrides:
              - {path: PidMode, value: host}
            #                          ^^^^ SL756
              - {path: NetworkMode, value: bridge}
            #                              ^^^^^^ SL756
              - {path: 'ContainerDefinitions[0].Privileged', value: true}
            #                                                       ^^^^ SL756
              - {path: 'ContainerDefinitions[0].StopTimeout', value: 300}
            #                                                        ^^^ SL756
              - {path: 'ContainerDefinitions[0].LinuxParameters.Capabilities.Add[-]', value: NET_ADMIN}
            #                                                                                ^^^^^^^^^ SL756
              - {path: 'ContainerDefinitions[0].ExtraHosts[-]', value: {Hostname: db, IpAddress: 10.0.0.2}}
            #                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL756
              - {path: 'Volumes[-]', value: {Name: logs, Host: {SourcePath: /var/log}}}
            #                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL756
            """
        ),
        Bad(
            """
            image: {location: nginx, port: 80}
            http: {path: /}
            # file: copilot/api/overrides/cfn.patches.yml
            - op: replace
              path: /Resources/TaskDefinition/Properties/ContainerDefinitions/0/LogConfiguration
              value: {LogDriver: json-file}
            #        ^^^^^^^^^^^^^^^^^^^^^^ SL756
            """
        ),
    )

    also_good = (
        """
        taskdef_overrides:
          - {path: NetworkMode, value: !Ref Mode}
          - {path: 'ContainerDefinitions[0].StartTimeout', value: never}
          - {path: 'ContainerDefinitions[0].Hostname', value: ''}
          - {path: 'ContainerDefinitions[0].LinuxParameters.SharedMemorySize', value: !Ref AWS::NoValue}
          - {path: 'ContainerDefinitions[0].LogConfiguration.LogDriver', value: splunk}
          - {path: 'ContainerDefinitions[0].LinuxParameters.Capabilities.Add[-]', value: !Ref Capability}
        """,
        "type: Static Site\nfiles: [{source: a}]\ntaskdef_overrides: [{path: PidMode, value: host}]",
        """
        taskdef_overrides: [{path: 'RequiresCompatibilities[0]'}, {path: PidMode, value: host}]
        """,
        """
        taskdef_overrides: [{path: IpcMode}]
        """,
        """
        taskdef_overrides:
          - {path: 'ContainerDefinitions[0].Hostname', value: '${NAME}'}
          - {path: 'ContainerDefinitions[0].LogConfiguration.LogDriver', value: '${DRIVER}'}
          - {path: IpcMode, value: !Ref AWS::NoValue}
        """,
    )
    also_bad = (
        Bad(
            """
            taskdef_overrides:
              - {path: IpcMode, value: task}
            #                          ^^^^ SL756
              - {path: 'ContainerDefinitions[0].StopTimeout', value: 120}
              - {path: 'ContainerDefinitions[0].StartTimeout', value: '121'}
            #                                                         ^^^^^ SL756
              - {path: 'ContainerDefinitions[0].Hostname', value: web}
            #                                                     ^^^ SL756
              - {path: 'Volumes[-]', value: {Name: logs, DockerVolumeConfiguration: {Scope: task}}}
            #                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL756
            """
        ),
        Bad(
            """
            image: {location: nginx, port: 80}
            http: {path: /}
            taskdef_overrides: [{path: PidMode, value: host}]
            #                                          ^^^^ SL756
            environments: {test: {count: 2}}
            # file: copilot/api/overrides/cfn.patches.yml
            - op: add
              path: /Resources/TaskDefinition/Properties/IpcMode
              value: none
            #        ^^^^ SL756
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        overrides = manifest.sequence("taskdef_overrides").items if manifest.is_ecs else []
        deployed = deployed_template(manifest) if overrides else None
        values = ValuePlaces(value for each in overrides if (value := as_mapping(each).get("value")))
        for refused in _refused(deployed) if deployed else ():
            origin = refused.part.origin
            if origin and origin.source is None and origin.node in values:
                yield self.finding(origin.node, refused.message, help=refused.help)

    def check_patches(self, patches: Patches) -> Iterator[Finding]:
        found: dict[tuple[int, str], tuple[_Refused, Node, list[str]]] = {}
        for environment, results in patches.results.items():
            for refused in _refused(results[0].template):
                origin = refused.part.origin
                if origin and origin.source is patches.source:
                    key = (origin.node.span.start, refused.message)
                    found.setdefault(key, (refused, origin.node, []))[2].append(environment)
        for refused, node, environments in found.values():
            yield self.finding(node, refused.message, help=refused.help, environments=tuple(environments))


def _refused(template: GeneratedTemplate) -> Iterator[_Refused]:
    """What Fargate does not take of a task definition."""
    task = template.get(*_TASK)
    platforms = task.get("RequiresCompatibilities") if task else None
    if task is None or platforms is None or platforms.plain != ["FARGATE"]:
        return
    yield from (refused for refused in _of_any(task) if refused.part.is_known)


def _of_any(task: Part) -> Iterator[_Refused]:
    yield from _of_task(task)
    for volume in task.get("Volumes") or ():
        path, docker = volume.get("Host", "SourcePath"), volume.get("DockerVolumeConfiguration")
        if path is not None:
            yield _Refused(
                path, "a task on Fargate has no host whose files it can mount", "use EFS: `storage.volumes`"
            )
        if docker is not None:
            yield _Refused(docker, "a task on Fargate has no Docker volumes", "use EFS: `storage.volumes`")
    for container in task.get("ContainerDefinitions") or ():
        yield from _of_container(container)


def _of_task(task: Part) -> Iterator[_Refused]:
    network, processes, memory = (task.get(name) for name in ("NetworkMode", "PidMode", "IpcMode"))
    if network is not None and network.text in _NETWORKS:
        yield _Refused(network, f"on Fargate the network mode is awsvpc, not {network.text!r}")
    if processes is not None and processes.text == "host":
        yield _Refused(
            processes, "on Fargate there is no PidMode 'host'", "write `task`: containers see each other"
        )
    if memory is not None and memory.text in _MEMORIES:
        yield _Refused(memory, "on Fargate there is no IpcMode")


def _of_container(container: Part) -> Iterator[_Refused]:
    for path, where in _NEVER.items():
        part = container.get(*path)
        if part is not None and part.plain:
            found = next(iter(part), part) if isinstance(part.value, list) else part
            yield _Refused(found, f"there is no {path[-1]} {where}")
    privileged = container.get("Privileged")
    if privileged is not None and privileged.plain in (True, "true"):
        yield _Refused(privileged, "on Fargate no container is privileged")
    for name in ("StartTimeout", "StopTimeout"):
        part = container.get(name)
        if part is not None and _number(part) > _LONGEST:
            yield _Refused(
                part, f"on Fargate {name} is {_LONGEST} seconds at most", f"write `{_LONGEST}`, or less"
            )
    for part in container.get("LinuxParameters", "Capabilities", "Add") or ():
        if part.text not in (None, "SYS_PTRACE"):
            yield _Refused(part, f"on Fargate SYS_PTRACE alone can be added, not {part.text}")
    driver = container.get("LogConfiguration", "LogDriver")
    if driver is not None and driver.text in _DRIVERS:
        yield _Refused(
            driver, f"on Fargate there is no log driver {driver.text!r}", "use `logging` for other places"
        )


def _number(part: Part) -> int:
    text = str(part.plain)
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else 0

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sidecar_lint import (
    Bad,
    Finding,
    Manifest,
    Mapping,
    Rule,
    Scalar,
    Severity,
    Stage,
    deployed_template,
    slip,
)

if TYPE_CHECKING:
    from sidecar_lint import Part

_CONTAINERS: Final = "ContainerDefinitions"
#: As of 2026-11. There may come others, so only what is like one of these is told.
_OF_TASK: Final = frozenset(
    (
        _CONTAINERS, "Cpu", "EnableFaultInjection", "EphemeralStorage", "ExecutionRoleArn", "Family",
        "InferenceAccelerators", "IpcMode", "Memory", "NetworkMode", "PidMode", "PlacementConstraints",
        "ProxyConfiguration", "RequiresCompatibilities", "RuntimePlatform", "Tags", "TaskRoleArn", "Volumes",
    )
)  # fmt: skip
_OF_CONTAINER: Final = frozenset(
    (
        "Command", "Cpu", "CredentialSpecs", "DependsOn", "DisableNetworking", "DnsSearchDomains", "DnsServers",
        "DockerLabels", "DockerSecurityOptions", "EntryPoint", "Environment", "EnvironmentFiles", "Essential",
        "ExtraHosts", "FirelensConfiguration", "HealthCheck", "Hostname", "Image", "Interactive", "Links",
        "LinuxParameters", "LogConfiguration", "Memory", "MemoryReservation", "MountPoints", "Name",
        "PortMappings", "Privileged", "PseudoTerminal", "ReadonlyRootFilesystem", "RepositoryCredentials",
        "ResourceRequirements", "RestartPolicy", "Secrets", "StartTimeout", "StopTimeout", "SystemControls",
        "Ulimits", "User", "VersionConsistency", "WorkingDirectory",
    )
)  # fmt: skip
_OF_HEALTH_CHECK: Final = frozenset(("Command", "Interval", "Retries", "StartPeriod", "Timeout"))
_SEGMENT: Final = r"([A-Za-z0-9_-]+)(\[(?:[0-9]+|-)\])?"


class MisspeltTaskProperty(Rule):
    """A path of `taskdef_overrides` makes a property that no task definition has.

    The parts of a path are the properties of `AWS::ECS::TaskDefinition` as CloudFormation spells them, with
    capitals: `Cpu`, `ContainerDefinitions[0].Ulimits`. What is not there is added, whatever it is called.
    """

    code, name = "SL751", "misspelt-task-property"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: CloudFormation does not know the property"
    sources = ("AWS CloudFormation: AWS::ECS::TaskDefinition, ContainerDefinition",)
    good = (
        """
        taskdef_overrides:
          - {path: 'ContainerDefinitions[0].Ulimits[-].Name', value: nofile}
          - {path: NewThing.cpu, value: 1}
          - {path: 'containerDefinitions[0].Cpu', value: 1}
        """,
    )
    bad = (
        Bad(
            """
            taskdef_overrides:
              - {path: cpu, value: 512}
            #          ^^^ SL751
              - {path: 'ContainerDefinitions[0].ulimits[-].Name', value: nofile}
            #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL751
            """,
            fixed="path: Cpu",
        ),
    )
    also_good = (
        """
        taskdef_overrides:
          - {path: 'ContainerDefinitions[0].ulimits[0].Name', value: nofile}
          - {path: 'ContainerDefinitions[0].$cpu', value: 1}
        """,
    )
    also_bad = (
        Bad(
            """
            taskdef_overrides:
              - {path: 'ContainerDefinitions[0].healthCheck.command', value: [CMD, 'true']}
            #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL751
              - {path: 'ContainerDefinitions[0].linuxParameters.interval', value: true}
            #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL751
            """,
            fixed="ContainerDefinitions[0].HealthCheck.Command",
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        overrides = manifest.sequence("taskdef_overrides").items if manifest.is_ecs else []
        deployed = deployed_template(manifest) if overrides else None
        task = deployed.get("Resources", "TaskDefinition", "Properties") if deployed else None
        if task is None:
            return
        for override in overrides:
            path = override.get("path") if isinstance(override, Mapping) else None
            if isinstance(path, Scalar):
                yield from self._path(path, task)

    def _path(self, path: Scalar, task: Part) -> Iterator[Finding]:
        known, start, segments, holders = _OF_TASK, 0, path.text.split("."), [task]
        for text in segments:
            segment = re.fullmatch(_SEGMENT, text)
            meant = slip(segment[1], known) if segment else None
            is_there = segment and any(each.get(segment[1]) for each in holders)
            if segment and meant and is_there:
                better = f"{path.text[:start]}{meant}{_rest(meant, path.text[start + len(segment[1]) :])}"
                yield self.finding(path, f"no property is called {segment[1]!r}", replace=better, safe=True)
                return
            if segment is None or segment[1] != _CONTAINERS or not segment[2]:
                return
            known, start = _OF_CONTAINER, start + len(text) + 1
            holders = list(task.get(_CONTAINERS) or ())


def _rest(name: str, rest: str) -> str:
    """What follows the property in a path; what is below a health check is mostly spelt as that was."""
    member = rest.removeprefix(".")
    meant = slip(member, _OF_HEALTH_CHECK) if name == "HealthCheck" else None
    return f".{meant}" if meant else rest

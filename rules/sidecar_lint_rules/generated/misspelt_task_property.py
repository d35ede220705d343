from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sidecar_lint import (
    Bad,
    Edit,
    Finding,
    Fix,
    Manifest,
    Node,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    api_spellings,
    as_mapping,
    deployed_template,
    enumerated,
    quoted,
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
    capitals: `Cpu`, `ContainerDefinitions[0].Ulimits`. What is not there is added, whatever it is called. The
    same holds below a path: a value that is a map has `SourceVolume`, where ECS's API and task definitions in
    JSON have `sourceVolume`.

    CloudFormation looks at the names of properties before it changes anything, and refuses the change set. Until
    November 2025 it only warned, and went on without them, so an override that was deployed before may be one.
    """

    code, name = "SL751", "misspelt-task-property"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: CloudFormation does not know the property"
    sources = (
        "AWS CloudFormation: AWS::ECS::TaskDefinition, ContainerDefinition; validation before a deployment, 2025-11",
        "aws-cloudformation/cloudformation-coverage-roadmap#1514, #1005",
    )
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
        Bad(
            """
            taskdef_overrides:
              - path: ContainerDefinitions[0].MountPoints[-]
                value: {sourceVolume: tmp, ContainerPath: /tmp}
            #           ^^^^^^^^^^^^ SL751
            """,
            fixed="value: {SourceVolume: tmp, ContainerPath: /tmp}",
        ),
    )
    also_good = (
        """
        taskdef_overrides:
          - {path: 'ContainerDefinitions[0].ulimits[0].Name', value: nofile}
          - {path: 'ContainerDefinitions[0].$cpu', value: 1}
          - {path: 'ContainerDefinitions[0].DockerLabels', value: {name: a, cpu: b}}
          - {path: NewThing, value: {name: a}}
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
        Bad(
            """
            taskdef_overrides:
              - path: volumes
            #         ^^^^^^^ SL751
                value:
                  - name: data
                    efsVolumeConfiguration: {fileSystemId: fs-0123456789abcdef0, authorizationConfig: {iam: ENABLED}}
            """,
            fixed="EFSVolumeConfiguration: {FilesystemId: fs-0123456789abcdef0, AuthorizationConfig: {IAM: ENABLED}}",
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        overrides = manifest.sequence("taskdef_overrides").items if manifest.is_ecs else []
        deployed = deployed_template(manifest) if overrides else None
        task = deployed.get("Resources", "TaskDefinition", "Properties") if deployed else None
        for override in map(as_mapping, overrides) if task is not None else ():
            path = override.get("path")
            if task is not None and isinstance(path, Scalar):
                yield from self._override(path, override.get("value"), task)

    def _override(self, path: Scalar, value: Node | None, task: Part) -> Iterator[Finding]:
        """One finding for an override: what is misspelt in its value is not to be found out one by one."""
        misspelt, better = _mended(path, task)
        keys = list(api_spellings(better, value)) if value is not None else []
        wrong = [(path, better)] if misspelt else []
        wrong += [(key, meant) for key, meant in keys if key.is_verbatim and key.alias is None]
        if not wrong:
            return
        place, _ = wrong[0]
        edits = tuple(Edit(each.span, quoted(meant, each.style)) for each, meant in wrong)
        names = dict.fromkeys(f"`{meant}`" for _, meant in wrong)
        title = f"write {enumerated(names, ' and ')}"
        yield self.finding(
            place,
            f"no property is called {misspelt or place.text!r}",
            help=title,
            related=tuple(Related(each.span, f"write `{meant}`") for each, meant in wrong[1:]),
            fixes=(Fix(title, edits, safe=True),) if place.is_verbatim else (),
        )


def _mended(path: Scalar, task: Part) -> tuple[str, str]:
    """What part of a path is misspelt, and the path as it is meant: nothing, and the path, where all is well."""
    known, start, segments, holders = _OF_TASK, 0, path.text.split("."), [task]
    for text in segments:
        segment = re.fullmatch(_SEGMENT, text)
        meant = slip(segment[1], known) if segment else None
        is_there = segment and any(each.get(segment[1]) for each in holders)
        if segment and meant and is_there:
            rest = _rest(meant, path.text[start + len(segment[1]) :])
            return segment[1], f"{path.text[:start]}{meant}{rest}"
        if segment is None or segment[1] != _CONTAINERS or not segment[2]:
            break
        known, start = _OF_CONTAINER, start + len(text) + 1
        holders = list(task.get(_CONTAINERS) or ())
    return "", path.text


def _rest(name: str, rest: str) -> str:
    """What follows the property in a path; what is below a health check is mostly spelt as that was."""
    member = rest.removeprefix(".")
    meant = slip(member, _OF_HEALTH_CHECK) if name == "HealthCheck" else None
    return f".{meant}" if meant else rest

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
    from sidecar_lint import Part, Patch, Patches

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
#: What people look for in the task definition, and what belongs to the service. As of 2026-11.
_OF_SERVICE: Final = frozenset(
    (
        "AvailabilityZoneRebalancing", "CapacityProviderStrategy", "Cluster", "DeploymentConfiguration",
        "DeploymentController", "DesiredCount", "EnableECSManagedTags", "EnableExecuteCommand",
        "ForceNewDeployment", "HealthCheckGracePeriodSeconds", "LaunchType", "LoadBalancers",
        "NetworkConfiguration", "PlacementStrategies", "PlatformVersion", "PropagateTags", "SchedulingStrategy",
        "ServiceConnectConfiguration", "ServiceName", "ServiceRegistries",
        "VolumeConfigurations", "VpcLatticeConfigurations",
    )
)  # fmt: skip
_BY_TYPE: Final = {"AWS::ECS::TaskDefinition": _OF_TASK, "AWS::ECS::Service": _OF_SERVICE}
#: What leads to the name of a property: of a resource, of a container.
_RESOURCE: Final = r"/Resources/([A-Za-z0-9]+)/Properties/"
_CONTAINER: Final = r"/Resources/TaskDefinition/Properties/ContainerDefinitions/[0-9]+/"
_OF_HEALTH_CHECK: Final = frozenset(("Command", "Interval", "Retries", "StartPeriod", "Timeout"))
_PROPERTIES: Final = ("Resources", "TaskDefinition", "Properties")
_OTHERS: Final = "no task definition has {!r}: {} is the service's"
_SEGMENT: Final = r"([A-Za-z0-9_-]+)(\[(?:[0-9]+|-)\])?"


class MisspeltTaskProperty(Rule):
    """An override makes a property that no task definition has, or a patch one that the resource has not.

    The parts of a path are the properties of `AWS::ECS::TaskDefinition` as CloudFormation spells them, with
    capitals: `Cpu`, `ContainerDefinitions[0].Ulimits`. What is not there is added, whatever it is called. The
    same holds below a path: a value that is a map has `SourceVolume`, where ECS's API and task definitions in
    JSON have `sourceVolume`. So does the `add` of a patch: told is a name that is nearly that of a property beside
    it, or of one that ECS has for the resource.

    `PropagateTags`, `PlatformVersion` and the like are properties of the service, which only a patch can change.

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
              - {path: PropagateTag, value: SERVICE}
            #          ^^^^^^^^^^^^ SL751
              - {path: PlatformVersion, value: 1.4.0}
            #          ^^^^^^^^^^^^^^^ SL751
            """
        ),
        Bad(
            """
            image: {location: nginx, port: 80}
            # file: copilot/api/overrides/cfn.patches.yml
            - op: add
              path: /Resources/Service/Properties/PropagateTag
            #                                     ^^^^^^^^^^^^ SL751
              value: SERVICE
            - {op: add, path: /Resources/TaskDefinition/Properties/ContainerDefinitions/0/stopTimeout, value: 30}
            #                                                                             ^^^^^^^^^^^ SL751
            - {op: add, path: /Resources/LogGroup/Properties/RetentionInDay, value: 30}
            #                                                ^^^^^^^^^^^^^^ SL751
            - {op: add, path: /Resources/TaskDefinition/Properties/PropagateTags, value: SERVICE}
            #                                                      ^^^^^^^^^^^^^ SL751
            - {op: add, path: /Resources/LogGroup/Properties/LogGroupClass, value: STANDARD}
            - {op: add, path: /Resources/LogGroup/Metadatas, value: {a: b}}
            """,
            fixed="path: /Resources/Service/Properties/PropagateTags",
        ),
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

    def check_patches(self, patches: Patches) -> Iterator[Finding]:
        from sidecar_lint import Part

        for patch, effects in patches.effects():
            name = patch.steps[-1] if patch.operation == "add" and patch.steps else ""
            before = next((each.before for found in effects.values() for each in found), None)
            holder = Part(before).get(*map(_step, patch.steps[:-1])) if name else None
            if holder is None or holder.child(name) or not patch.path.endswith(f"/{name}"):
                continue
            yield from self._added(patches, patch, slip(name, _known(patch, Part(before), holder)), effects)

    def _added(
        self, patches: Patches, patch: Patch, meant: str | None, environments: Iterable[str]
    ) -> Iterator[Finding]:
        """What is said of a property that a patch adds."""
        name, place = patch.steps[-1], patches.place(patch, len(patch.steps) - 1)
        of_service = _service_property(name) if patch.steps[:-1] == _PROPERTIES else None
        if meant:
            path = f"{patch.path.removesuffix(name)}{meant}"
            fix = patches.with_path(patch, path)
            message, help_, fixes = (
                f"no property is called {name!r}",
                f"write `{path}`",
                (fix,) if fix else (),
            )
        elif of_service:
            message = _OTHERS.format(name, of_service)
            help_, fixes = f"write /Resources/Service/Properties/{of_service}", ()
        else:
            return
        yield self.finding(place, message, help=help_, environments=tuple(environments), fixes=fixes)

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
        if not misspelt and (of_service := _made_of_service(path, task)):
            yield self._of_service(path, of_service)
            return
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

    def _of_service(self, path: Scalar, name: str) -> Finding:
        return self.finding(
            path,
            _OTHERS.format(path.text, name),
            help=f"a patch in overrides/cfn.patches.yml can set /Resources/Service/Properties/{name}",
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


def _made_of_service(path: Scalar, task: Part) -> str | None:
    """The property of the service that an override makes one of the task definition."""
    first = re.fullmatch(_SEGMENT, path.text.partition(".")[0])
    return _service_property(first[1]) if first and task.get(first[1]) else None


def _service_property(name: str) -> str | None:
    return name if name in _OF_SERVICE else slip(name, _OF_SERVICE)


def _step(step: str) -> str | int:
    return int(step) if step.isdecimal() else step


def _known(patch: Patch, template: Part, holder: Part) -> set[str]:
    """The properties beside the one that a patch adds, and those that ECS knows; none elsewhere in a template."""
    above = patch.path[: patch.path.rfind("/") + 1]
    if re.fullmatch(_CONTAINER, above):
        return set(_OF_CONTAINER)
    of_resource = re.fullmatch(_RESOURCE, above)
    if not of_resource:
        return set()
    kind = template.get("Resources", of_resource[1], "Type")
    beside = {name for name, _ in holder.items()}
    return beside | _BY_TYPE.get((kind.text or "") if kind else "", frozenset())


def _rest(name: str, rest: str) -> str:
    """What follows the property in a path; what is below a health check is mostly spelt as that was."""
    member = rest.removeprefix(".")
    meant = slip(member, _OF_HEALTH_CHECK) if name == "HealthCheck" else None
    return f".{meant}" if meant else rest

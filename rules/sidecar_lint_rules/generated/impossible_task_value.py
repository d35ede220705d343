from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sidecar_lint import (
    Bad,
    Finding,
    Manifest,
    Node,
    Rule,
    Scalar,
    Sequence,
    Severity,
    Stage,
    as_mapping,
    closest,
    deployed_template,
    enumerated,
    task_definition_faults,
)
from sidecar_lint_rules.generated._places import ValuePlaces

if TYPE_CHECKING:
    from sidecar_lint import Patches, TaskDefinitionFault


#: The values that Fargate takes of those that ECS knows. To have another one of these is another rule's.
_ON_FARGATE: Final = {
    "LogDriver": ("awslogs", "awsfirelens", "splunk"),
    "NetworkMode": ("awsvpc",),
    "PidMode": ("task",),
}


class ImpossibleTaskValue(Rule):
    """An override puts a value into the task definition that ECS does not take.

    Copilot applies `taskdef_overrides` and patches without a look at what they put there. ECS's API says which
    type each property of a task definition has, what must be beside it, and for some which values there are.
    The rule holds the task definition against that, as it is with all overrides applied.

    So do the sizes that Fargate has: CPU and memory that do not go together are told as well.

    Values that the rest of the manifest gives have rules of their own, and so has a property that is misspelt.
    """

    code, name = "SL752", "impossible-task-value"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: ECS refuses the task definition"
    sources = ("Amazon ECS API reference: RegisterTaskDefinition", "botocore: ecs/2014-11-13/service-2.json")
    good = (
        """
        taskdef_overrides:
          - {path: 'ContainerDefinitions[0].Ulimits[-]', value: {Name: nofile, SoftLimit: '1024', HardLimit: 8192}}
          - {path: 'ContainerDefinitions[0].StopTimeout', value: '30'}
          - {path: 'ContainerDefinitions[0].Cpu', value: !Ref TaskCPU}
        """,
    )
    bad = (
        Bad(
            """
            taskdef_overrides:
              - path: ContainerDefinitions[0].Ulimits[-]
                value: {Name: nofile, SoftLimit: 1024}
            #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL752
              - {path: PidMode, value: tasks}
            #                          ^^^^^ SL752
              - {path: 'ContainerDefinitions[0].StopTimeout', value: 30s}
            #                                                        ^^^ SL752
            """,
            fixed="value: task}",
        ),
        Bad(
            """
            image: {location: nginx, port: 80}
            http: {path: /}
            # file: copilot/api/overrides/cfn.patches.yml
            - op: add
              path: /Resources/TaskDefinition/Properties/ContainerDefinitions/0/Privileged
              value: sometimes
            #        ^^^^^^^^^ SL752
            """
        ),
    )
    also_good = (
        """
        taskdef_overrides: [{path: Cpu, value: 1 vCPU}, {path: Memory, value: 2GB}]
        """,
        """
        memory: 1024
        taskdef_overrides: [{path: Cpu, value: '512'}]
        """,
        """
        taskdef_overrides: [{path: Cpu, value: '300'}, {path: 'RequiresCompatibilities[0]', value: EC2}]
        """,
        """
        taskdef_overrides:
          - {path: 'ContainerDefinitions[0].Ulimits[-].Name', value: nofile}
          - {path: 'ContainerDefinitions[0].Ulimits[-].SoftLimit', value: 1024}
        """,
        """
        taskdef_overrides:
          - {path: 'ContainerDefinitions[0].StopTimeout', value: '${STOP}'}
          - {path: RuntimePlatform.CpuArchitecture, value: '${ARCH}'}
          - {path: 'ContainerDefinitions[0].LogConfiguration.LogDriver', value: '${DRIVER}'}
          - {path: 'ContainerDefinitions[1].StartTimeout', value: '{{resolve:ssm:/app/start}}'}
        sidecars: {nginx: {image: nginx}}
        """,
    )
    also_bad = (
        Bad(
            """
            taskdef_overrides: [{path: Cpu, value: '300'}]
            #                                      ^^^^^ SL752
            environments:
              prod:
                cpu: 1024
                memory: 2048
                taskdef_overrides: [{path: Memory, value: 16 GB}]
            #                                             ^^^^^ SL752
            """
        ),
        Bad(
            """
            image: {location: nginx, port: 80}
            http: {path: /}
            memory: 1024
            # file: copilot/api/overrides/cfn.patches.yml
            - op: replace
              path: /Resources/TaskDefinition/Properties/Cpu
              value: '1024'
            #        ^^^^^^ SL752
            """
        ),
        Bad(
            """
            taskdef_overrides:
              - {path: 'ContainerDefinitions[0].Ulimits[-]', value: {Name: nofile, SoftLimit: 1024}}
            #                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL752
              - {path: 'ContainerDefinitions[0].Ulimits[-]', value: {Name: nproc, SoftLimit: 1024}}
            #                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL752
            """
        ),
        Bad(
            """
            taskdef_overrides:
              - {path: 'ContainerDefinitions[0].Ulimits[-]', value: {Name: nofile, soft_limit: 1, hardLimit: 2}}
            #                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL752
              - {path: 'ContainerDefinitions[0].LogConfiguration.LogDriver', value: none}
            #                                                                       ^^^^ SL752
            """
        ),
        Bad(
            """
            taskdef_overrides:
              - {path: 'ContainerDefinitions[0].Ulimits[-].Name', value: nofile}
            #                                                            ^^^^^^ SL752
            """
        ),
        Bad(
            """
            image: {location: nginx, port: 80}
            http: {path: /}
            taskdef_overrides: [{path: PidMode, value: task}]
            # file: copilot/api/overrides/cfn.patches.yml
            - op: add
              path: /Resources/TaskDefinition/Properties/ContainerDefinitions/0/Privileged
              value: sometimes
            #        ^^^^^^^^^ SL752
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        overrides = manifest.sequence("taskdef_overrides").items if manifest.is_ecs else []
        deployed = deployed_template(manifest) if overrides else None
        values = ValuePlaces(value for each in overrides if (value := as_mapping(each).get("value")))
        pieces = ValuePlaces(_pieces(overrides))
        paths = [path.text for each in overrides if isinstance(path := as_mapping(each).get("path"), Scalar)]
        for fault in task_definition_faults(deployed, paths) if deployed and paths else ():
            places = (each.node for each in fault.origins if each.source is None)
            place = next((each for each in places if each in values), None)
            if place is not None and not (fault.missing and place in pieces):
                yield self._finding(fault, place)

    def check_patches(self, patches: Patches) -> Iterator[Finding]:
        found: dict[tuple[int, str], tuple[TaskDefinitionFault, Node, list[str]]] = {}
        for environment, (first, *_) in patches.results.items():
            for fault in task_definition_faults(first.template):
                place = next((each.node for each in fault.origins if each.source is patches.source), None)
                if place is not None:
                    key = (place.span.start, fault.message)
                    found.setdefault(key, (fault, place, []))[2].append(environment)
        for fault, place, environments in found.values():
            yield self._finding(fault, place, tuple(environments))

    def _finding(
        self, fault: TaskDefinitionFault, place: Node, environments: tuple[str, ...] = ()
    ) -> Finding:
        if fault.missing:
            return self.finding(
                place, fault.message, help=_completed(fault, place), environments=environments
            )
        text = place.text if isinstance(place, Scalar) else ""
        values = _ON_FARGATE.get(fault.property, fault.values) if fault.values else ()
        nearest = closest(text, values) if text not in values else None
        help_ = fault.help if nearest or not values else f"write {enumerated(values, ' or ')}"
        if isinstance(place, Sequence) and fault.message.endswith("is not a text"):
            help_ = "append each item with an override of its own"
        return self.finding(place, fault.message, help=help_, replace=nearest, environments=environments)


def _completed(fault: TaskDefinitionFault, place: Node) -> str:
    """What to write for what is missing: it may be there, and spelt as elsewhere in a manifest."""
    spelt = {key.text.replace("_", "").lower(): key.text for key, _ in as_mapping(place)}
    wrong = [f"`{name}` for {spelt[name.lower()]!r}" for name in fault.missing if name.lower() in spelt]
    return f"write {enumerated(wrong, ' and ')}" if wrong else f"add {enumerated(fault.missing, ' and ')}"


def _pieces(overrides: list[Node]) -> Iterator[Node]:
    """The values of overrides of which several append an item each, and one was meant: another rule's."""
    lists: dict[str, list[Node]] = {}
    for each in map(as_mapping, overrides):
        path, value = each.get("path"), each.get("value")
        if isinstance(path, Scalar) and value is not None and "[-]." in path.text:
            lists.setdefault(path.text.partition("[-].")[0], []).append(value)
    yield from (value for values in lists.values() if len(values) > 1 for value in values)

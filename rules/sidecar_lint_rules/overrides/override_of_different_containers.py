from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from sidecar_lint import (
    Bad,
    Document,
    Finding,
    Manifest,
    Node,
    Rule,
    Scalar,
    Severity,
    Span,
    Stage,
    as_mapping,
    enumerated,
)

if TYPE_CHECKING:
    from sidecar_lint import Patches


class OverrideOfDifferentContainers(Rule):
    """A patch or an override names a container by its index, which is another one in another environment.

    Copilot writes the workload's own container first, then `firelens_log_router` where logs are routed, then
    `aws-otel-collector` where `observability.tracing` is on, then the sidecars by name. So what turns logging on in
    one environment moves the sidecars there, and a path with their index changes another container, or one that
    is Copilot's. Nothing says so.
    """

    code, name = "SL844", "override-of-different-containers"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "in one of the environments another container is changed than is meant"
    sources = ("the template that Copilot 1.34.1 makes",)
    good = (
        """
        image: {location: nginx, port: 80}
        sidecars: {envoy: {image: envoy}}
        environments: {prod: {logging: {destination: {Name: stdout}}}, test: {count: 1}}
        taskdef_overrides: [{path: 'ContainerDefinitions[0].Ulimits[-]', value: {Name: nofile}}]
        # file: copilot/api/overrides/cfn.patches.yml
        - {op: add, path: /Resources/TaskDefinition/Properties/ContainerDefinitions/0/Privileged, value: false}
        - {op: add, path: /Resources/TaskDefinition/Properties/ContainerDefinitions/1, value: {Name: first}}
        """,
        """
        image: {location: nginx, port: 80}
        sidecars: {envoy: {image: envoy}}
        environments:
          prod:
            logging: {destination: {Name: stdout}}
            taskdef_overrides: [{path: 'ContainerDefinitions[2].StopTimeout', value: 9}]
          test:
            taskdef_overrides: [{path: 'ContainerDefinitions[1].StopTimeout', value: 9}]
        """,
    )
    bad = (
        Bad(
            """
            image: {location: nginx, port: 80}
            sidecars: {envoy: {image: envoy}}
            environments: {prod: {logging: {destination: {Name: stdout}}}, test: {count: 1}}
            # file: copilot/api/overrides/cfn.patches.yml
            - op: add
              path: /Resources/TaskDefinition/Properties/ContainerDefinitions/1/StopTimeout
            #                                                                 ^ SL844
              value: 9
            """
        ),
        Bad(
            """
            image: {location: nginx, port: 80}
            sidecars: {envoy: {image: envoy}, agent: {image: agent}}
            observability: {tracing: awsxray}
            environments: {prod: {observability: {tracing: ''}}, test: {count: 1}}
            taskdef_overrides:
              - path: ContainerDefinitions[1].StopTimeout
            #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL844
                value: 9
            """
        ),
    )
    also_good = (
        """
        environments: {prod: {logging: {destination: {Name: stdout}}}}
        taskdef_overrides: [{path: 'ContainerDefinitions[1].Image', value: nginx}, {path: Cpu, value: 512}, {value: 1}]
        """,
    )
    also_bad = (
        Bad(
            """
            sidecars: {envoy: {image: envoy}}
            environments: {prod: {logging: {destination: {Name: stdout}}}}
            taskdef_overrides: [{path: 'ContainerDefinitions[1].StopTimeout', value: 9}]
            #                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL844
            """
        ),
    )

    def check_patches(self, patches: Patches) -> Iterator[Finding]:
        known = patches.workspace.environments
        for patch, names in patches.containers():
            yield from self._finding(patches.place(patch, _DEPTH), names, known)

    def check_document(self, document: Document) -> Iterator[Finding]:
        known = document.workload.workspace.environments if document.workload else ()
        found: dict[tuple[int, str], tuple[Node, dict[str, str]]] = {}
        for manifest in document.manifests:
            for path, index in _overrides(manifest):
                containers = manifest.definition_order
                if index < len(containers):
                    _, names = found.setdefault((path.span.start, path.text), (path, {}))
                    names[manifest.environment] = containers[index]
        for place, names in found.values():
            yield from self._finding(place, names, known)

    def _finding(
        self, place: Node | Span, names: Mapping[str, str], known: tuple[str, ...]
    ) -> Iterator[Finding]:
        certain = {name: each for name, each in names.items() if name != "*"}
        counted = certain if known else dict(names)
        if len(set(counted.values())) < _SEVERAL:
            return
        said = (
            f"{each!r} in {enumerated(_where(counted, each), ' and ')}"
            for each in dict.fromkeys(counted.values())
        )
        severity = None if _is_said(certain) else Severity.INFO
        help_ = "make the environments alike in logging, tracing and sidecars, or override with the CDK"
        yield self.finding(
            place,
            f"this index is {enumerated(said, ', and ')}",
            help=help_,
            severity=severity,
            environments=tuple(counted),
        )


def _is_said(certain: Mapping[str, str]) -> bool:
    """Whether enough is known of environments: all but one may be without a name in the file."""
    return len(certain) >= _SEVERAL


def _overrides(manifest: Manifest) -> Iterator[tuple[Scalar, int]]:
    """The paths into a container, with its index."""
    for item in manifest.sequence("taskdef_overrides").items:
        path = as_mapping(item).get("path")
        if isinstance(path, Scalar) and (match := re.match(_INDEX, path.text)):
            yield path, int(match[1])


def _where(names: Mapping[str, str], container: str) -> Iterator[str]:
    """The environments in which it is this container, those that have no name last."""
    where = [name for name, each in names.items() if each == container]
    return ("other environments" if name == "*" else name for name in sorted(where, key="*".__eq__))


_INDEX: Final = r"ContainerDefinitions\[([0-9]{1,4})\]"
#: The index of the container among the steps of a path.
_DEPTH: Final = 4
_SEVERAL: Final = 2

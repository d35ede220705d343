from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Mapping, Rule, Severity, Stage, deployed_template, enumerated

_MOST: Final = 10
_CONTAINERS: Final = ("Resources", "TaskDefinition", "Properties", "ContainerDefinitions")


class TooManyContainers(Rule):
    """The task has more containers than ECS allows.

    A task definition has 10 containers at most, and the quota cannot be raised. The service's own
    container counts, and so do the log router that `logging` adds and the collector that
    `observability.tracing` adds.
    """

    code, name = "SL138", "too-many-containers"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "ECS refuses the task definition: it can have 10 containers"
    sources = ("AWS: Amazon ECS service quotas",)
    good = ("sidecars: {" + ", ".join(f"s{n}: {{image: nginx}}" for n in range(9)) + "}",)
    also_good = (
        "sidecars: {"
        + ", ".join(f"s{n}: {{image: nginx}}" for n in range(10))
        + """}
image: {location: nginx, port: 80}
# file: copilot/api/overrides/cfn.patches.yml
- {op: remove, path: /Resources/TaskDefinition/Properties/ContainerDefinitions/10}""",
    )
    bad = (
        Bad(
            "sidecars: {"
            + ", ".join(f"s{n}: {{image: nginx}}" for n in range(9))
            + "}\n^^^^^^^^ SL138\nlogging: {destination: {Name: cloudwatch}}"
        ),
    )

    also_bad = (
        Bad(
            "sidecars: {"
            + ", ".join(f"s{n}: {{image: nginx}}" for n in range(10))
            + "}\n^^^^^^^^ SL138\ntaskdef_overrides: [{path: Cpu, value: 512}]"
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        count = 1 + manifest.firelens + manifest.traces + len(manifest.sidecars)
        if count > _MOST and manifest.has_overrides:
            deployed = deployed_template(manifest)
            count = len(list(deployed.get(*_CONTAINERS) or ())) if deployed else 0
        sidecars = manifest.get("sidecars")
        if count > _MOST and isinstance(sidecars, Mapping) and sidecars.key is not None:
            added = [
                name
                for name, there in (("the log router", manifest.firelens), ("the collector", manifest.traces))
                if there
            ]
            counted = enumerated(["the service's own", *added], " and ")
            message = f"the task has {count} containers, with {counted}"
            yield self.finding(sidecars.key, message, help=f"take out {count - _MOST} or more sidecars")

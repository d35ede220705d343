"""The template that is deployed: what Copilot generates for an environment, as overrides change it.

Overrides are `taskdef_overrides` and the patches in `overrides/`. What a rule says of the template holds
unless they change just that. Nothing of the builders is imported before a rule needs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.firelens.log_output import LogOutput, log_output
from sidecar_lint.manifests.copilot_names import LOG_ROUTER
from sidecar_lint.manifests.read_tracking import once
from sidecar_lint.template.generated import generated_template

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sidecar_lint.manifests.containers import Container
    from sidecar_lint.manifests.manifest import Manifest
    from sidecar_lint.syntax.nodes import Mapping, Node, Scalar
    from sidecar_lint.template.part import Part, Step
    from sidecar_lint.template.task_definition_model import TaskDefinitionFault
    from sidecar_lint.template.template import GeneratedTemplate


def deployed_template(manifest: Manifest) -> GeneratedTemplate | None:
    """The template with everything applied that can be applied.

    None where nobody can say: a CDK application changes it, or patches that cannot be read, or patches that lead
    nowhere in a template of which not all is known (addons, another Copilot).
    """
    return once(manifest, _deploy)


def is_overridden(manifest: Manifest, *steps: Step) -> bool:
    """Whether overrides give a value of the template another value, or may do so."""
    if not manifest.has_overrides:
        return False
    deployed = deployed_template(manifest)
    return deployed is None or _plain(deployed.get(*steps)) != _plain(_before(manifest).get(*steps))


def is_resource_overridden(manifest: Manifest, type_: str, *properties: str) -> bool:
    """Whether overrides change one of some properties of a resource of a type, or may do so, or take one away."""
    if not manifest.has_overrides:
        return False
    own = (each for each in _before(manifest).resources.values() if _plain(each.get("Type")) == type_)
    return any(
        is_overridden(manifest, *each.steps, "Properties", name) for each in own for name in properties
    )


def is_container_overridden(manifest: Manifest, name: str, *properties: str) -> bool:
    """Whether overrides change one of some properties of a container, or may do so, or take it away."""
    if not manifest.has_overrides:
        return False
    deployed = deployed_template(manifest)
    if deployed is None or name not in deployed.containers or name not in _before(manifest).containers:
        return True
    before, after = _before(manifest).containers[name], deployed.containers[name]
    return any(_plain(before.get(each)) != _plain(after.get(each)) for each in properties)


def are_containers_overridden(manifest: Manifest, *properties: str) -> bool:
    """Whether overrides change one of some properties of any container, or may do so, or add or take away one."""
    if not manifest.has_overrides:
        return False
    deployed = deployed_template(manifest)
    names = _before(manifest).containers
    return (
        deployed is None
        or deployed.containers.keys() != names.keys()
        or any(is_container_overridden(manifest, name, *properties) for name in names)
    )


def deployed_volumes(manifest: Manifest) -> frozenset[str] | None:
    """The names of the task's volumes; None where there may be any."""
    if not manifest.has_overrides:
        return frozenset(manifest.volumes.entries)
    deployed = deployed_template(manifest)
    volumes = deployed.get("Resources", "TaskDefinition", "Properties", "Volumes") if deployed else None
    if deployed is None or (volumes is not None and not isinstance(volumes.value, list)):
        return None
    names = [_plain(volume.get("Name")) for volume in volumes or ()]
    texts = frozenset(name for name in names if isinstance(name, str))
    return texts if len(texts) == len(names) else None


def deployed_health_checks(manifest: Manifest) -> list[tuple[Container, Mapping]]:
    """The containers that have a health check in the manifest, each with it, where overrides do not change it."""
    return [
        (container, container.healthcheck)
        for container in manifest.containers.values()
        if (container.is_main or container.is_sidecar)
        and container.healthcheck is not None
        and not is_container_overridden(manifest, container.name, "HealthCheck")
    ]


def deployed_log_output(manifest: Manifest) -> LogOutput | None:
    """The output of the log router; None where it is not known, or overrides change where the logs go."""
    output = log_output(manifest)
    return None if output is None or is_logging_overridden(manifest) else output


def is_logging_overridden(manifest: Manifest) -> bool:
    """Whether overrides change where the logs of the service go, or may do so."""
    return is_container_overridden(manifest, manifest.name, "LogConfiguration") or is_container_overridden(
        manifest, LOG_ROUTER, "FirelensConfiguration"
    )


def task_definition_faults(
    template: GeneratedTemplate, paths: Collection[str] | None = None
) -> Iterator[TaskDefinitionFault]:
    """What ECS refuses in the task definition of a template.

    With the paths of `taskdef_overrides` only what they lead to is looked at, which costs less.
    """
    from sidecar_lint.template.task_definition_model import faults

    return faults(template, paths)


def api_spellings(path: str, value: Node) -> Iterator[tuple[Scalar, str]]:
    """The keys in the value of an override that are spelt as ECS's API has them, with what CloudFormation calls them."""
    from sidecar_lint.template.task_definition_model import spellings_of_api

    return spellings_of_api(path, value)


def _deploy(manifest: Manifest) -> GeneratedTemplate | None:
    from sidecar_lint.template.patching import MOST_PATCHES, patched

    template, workload = generated_template(manifest), manifest.workload
    if workload is None or workload.overrides.patches == ():
        return template
    file = workload.overrides.file
    if workload.overrides.patches is None or file is None or not file.is_readable:
        return None
    if len(file.patches) > MOST_PATCHES:
        return None
    found = patched(template, file)
    is_known = workload.addons.is_known and workload.workspace.has_latest_copilot
    return found.template if is_known or not found.faults else None


def _before(manifest: Manifest) -> GeneratedTemplate:
    return generated_template(manifest).before_overrides


def _plain(part: Part | None) -> object:
    return part.plain if part else None

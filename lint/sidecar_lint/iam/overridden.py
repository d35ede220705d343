"""What overrides make of the task role, and of how a container calls AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.iam.policies import Statement, statements
from sidecar_lint.manifests.copilot_names import LOG_ROUTER
from sidecar_lint.syntax.nodes import as_mapping
from sidecar_lint.template.deployed import deployed_template, is_container_overridden, is_overridden
from sidecar_lint.template.generated import generated_template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.manifests.manifest import Manifest
    from sidecar_lint.template.part import Part
    from sidecar_lint.template.template import GeneratedTemplate

_ROLE_OF_TASK: Final = ("Resources", "TaskDefinition", "Properties", "TaskRoleArn")
_ROLE: Final = ("Resources", "TaskRole", "Properties")
_POLICIES: Final = "Policies"
#: What decides what a container does in AWS, and with which credentials.
_CALLS: Final = (
    "Command",
    "EntryPoint",
    "Environment",
    "EnvironmentFiles",
    "FirelensConfiguration",
    "Image",
    "LogConfiguration",
    "Secrets",
)


def calls_otherwise(manifest: Manifest, container: str) -> bool:
    """Whether overrides change what a container of the task does in AWS, or may do so."""
    if container == LOG_ROUTER and is_container_overridden(manifest, manifest.name, "LogConfiguration"):
        return True  # where the logs go stands there
    return is_container_overridden(manifest, container, *_CALLS)


def added_by_overrides(manifest: Manifest) -> tuple[Statement, ...] | None:
    """What the policies say that patches add to the task role; None where it may be any other role after them."""
    if not manifest.has_overrides:
        return ()
    deployed, before = deployed_template(manifest), generated_template(manifest)
    if deployed is None or is_overridden(manifest, *_ROLE_OF_TASK) or _has_more_policies(before, deployed):
        return None
    old, new = before.get(*_ROLE), deployed.get(*_ROLE)
    if old is None or new is None:
        return None
    names = {name for part in (old, new) for name, _ in part.items()} - {_POLICIES}
    if any(_plain(old.get(name)) != _plain(new.get(name)) for name in names):
        return None
    own, there = ([*(part.get(_POLICIES) or ())] for part in (old, new))
    known, kept = [each.plain for each in own], [each.plain for each in there]
    if any(each not in kept for each in known):
        return None
    return tuple(says for each in there if each.plain not in known for says in _statements(each))


def _has_more_policies(before: GeneratedTemplate, deployed: GeneratedTemplate) -> bool:
    """Whether patches bring resources of IAM, which may name the role as one of theirs."""
    more = (each for name, each in deployed.resources.items() if name not in before.resources)
    return any(str(_plain(each.get("Type"))).startswith("AWS::IAM::") for each in more)


def _statements(policy: Part) -> Iterator[Statement]:
    node, source = policy.origin or (None, None)
    for says in statements(as_mapping(node).get("PolicyDocument")):
        yield says._replace(source=source)


def _plain(part: Part | None) -> object:
    return part.plain if part else None

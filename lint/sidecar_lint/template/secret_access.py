"""Whether overrides let the tasks of an environment read secrets that Copilot's template does not.

Copilot lets the execution role read what has the tags of its own application and environment.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.read_tracking import once
from sidecar_lint.template.deployed import are_containers_overridden, deployed_template, is_overridden
from sidecar_lint.template.generated import generated_template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.manifests.manifest import Manifest
    from sidecar_lint.template.part import Part
    from sidecar_lint.template.template import GeneratedTemplate

_READ: Final = "ssm:getparameters"
_ROLE: Final = ("Resources", "ExecutionRole")
_ROLE_OF_TASK: Final = ("Resources", "TaskDefinition", "Properties", "ExecutionRoleArn")
_POLICIES: Final = ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy")


def may_read_other_secrets(manifest: Manifest) -> bool:
    """Whether overrides may let a task start with parameters of another environment or application.

    They do where another statement allows it, where another role starts the task or a policy is attached whose
    content is not in the template, and where the containers get other secrets than the manifest says.
    """
    return manifest.has_overrides and once(manifest, _may_read)


def _may_read(manifest: Manifest) -> bool:
    deployed, generated = deployed_template(manifest), generated_template(manifest)
    return (
        deployed is None
        or is_overridden(manifest, *_ROLE_OF_TASK)
        or is_overridden(manifest, *_ROLE, "Properties", "ManagedPolicyArns")
        or are_containers_overridden(manifest, "Secrets")
        # `taskdef_overrides` change no role.
        or (deployed is not generated and _reads_more(deployed, generated))
    )


def _reads_more(deployed: GeneratedTemplate, generated: GeneratedTemplate) -> bool:
    """Whether patches have brought a statement that allows it."""
    before = list(_reading(generated))
    return any(each not in before for each in _reading(deployed))


def _reading(template: GeneratedTemplate) -> Iterator[object]:
    """The statements that allow it, of the execution role and of policies beside it."""
    for resource in template.resources.values():
        kind = resource.get("Type")
        if resource.steps == _ROLE or (kind and kind.text in _POLICIES):
            yield from (each.plain for each in _statements(resource) if _allows(each))


def _statements(part: Part) -> Iterator[Part]:
    """The statements in it, those below a condition included."""
    if part.child("Effect"):
        yield part
    for each in part.children():
        yield from _statements(each)


def _allows(statement: Part) -> bool:
    """Whether it may allow to read parameters; what only CloudFormation can evaluate may."""
    effect, actions = statement.child("Effect"), statement.child("Action")
    if effect is None or effect.text == "Deny" or actions is None:
        return effect is None or effect.text != "Deny"
    patterns = list(actions) or [actions]
    return any(each.text is None or fnmatchcase(_READ, each.text.lower()) for each in patterns)

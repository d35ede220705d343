"""The stack of the addons, which is there even without addons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.template.intrinsics import APPLICATION, ENVIRONMENT, WORKLOAD, ref
from sidecar_lint.template.rereading import value_of
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.resources.env_controller import parameters
from sidecar_lint.template.values import Sourced, Value

if TYPE_CHECKING:
    from sidecar_lint.template.stack import Stack

_DESCRIPTION: Final = "An Addons CloudFormation Stack for your additional AWS resources"
_OURS: Final[dict[str, Value]] = {"App": APPLICATION, "Env": ENVIRONMENT, "Name": WORKLOAD}


def addons_stack(stack: Stack) -> Resources:
    """`AddonsStack`."""
    yield (
        "AddonsStack",
        resource(
            "AWS::CloudFormation::Stack",
            lambda: _properties(stack),
            _DESCRIPTION,
            depends_on="EnvControllerAction" if parameters(stack) else None,
            condition="HasAddons",
        ),
    )


def _properties(stack: Stack) -> Value:
    workload = stack.manifest.workload
    given = workload.addons.given if workload and workload.addons.templates else {}
    own = {name: Sourced(value_of(each.node), each.key, each.template.source) for name, each in given.items()}
    ours: Value = {**_OURS, **own} if own else _OURS
    return {"Parameters": ours, "TemplateURL": ref("AddonsTemplateURL")}

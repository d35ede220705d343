"""The name of an App Runner service (`http.alias`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.template import iam
from sidecar_lint.template.custom_resource import function
from sidecar_lint.template.intrinsics import get_att
from sidecar_lint.template.rereading import unquoted
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.values import Sourced, Value

if TYPE_CHECKING:
    from sidecar_lint.syntax.nodes import Scalar
    from sidecar_lint.template.stack import Stack

_FUNCTION: Final = "CustomDomainFunction"
_ACTION: Final = (
    "Associate the domain with the service as well as upserting the domain record and validation records"
)
_ROLE: Final = "An IAM role used by custom resources to associate the custom domain"
_ROLE_PROPERTIES: Final = iam.function_role(
    iam.policy(
        "DNSandACMAccess",
        iam.allow(
            [
                "apprunner:AssociateCustomDomain",
                "apprunner:DisassociateCustomDomain",
                "apprunner:DescribeCustomDomains",
                "sts:AssumeRole",
                "route53:ChangeResourceRecordSets",
                "route53:ListHostedZonesByName",
            ],
            ["*"],
        ),
    )
)


def custom_domain(stack: Stack) -> Resources:
    """`CustomDomainAction` with its function and role."""
    alias = stack.manifest.scalar("http", "alias")
    if alias is None:
        return
    layers: dict[str, Value] = {"Layers": [stack.account.sdk_layer]}
    yield _FUNCTION, function(stack, _FUNCTION, "CustomResourceRole", more=layers)
    action = resource(f"Custom::{_FUNCTION}", _properties(stack, alias), _ACTION, depends_on=_FUNCTION)
    yield "CustomDomainAction", action
    yield "CustomResourceRole", resource("AWS::IAM::Role", _ROLE_PROPERTIES, _ROLE)


def _properties(stack: Stack, alias: Scalar) -> Value:
    properties: dict[str, Value] = {
        "ServiceToken": get_att(f"{_FUNCTION}.Arn"),
        "ServiceARN": get_att("Service.ServiceArn"),
        "CustomDomain": unquoted(alias),
        "AppDNSRole": stack.dns_role,
        "AppDNSName": stack.domain,
    }
    return Sourced(properties, alias)

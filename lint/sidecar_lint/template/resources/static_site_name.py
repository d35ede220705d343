"""The name of a static site, and the certificate for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.template import iam
from sidecar_lint.template.custom_resource import function
from sidecar_lint.template.intrinsics import APPLICATION, ENVIRONMENT, WORKLOAD, exported, get_att
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.static_site import alias, needs_certificate

if TYPE_CHECKING:
    from sidecar_lint.template.stack import Stack
    from sidecar_lint.template.values import Value

#: The hosted zone of all distributions of CloudFront.
_CLOUDFRONT_ZONE: Final = "Z2FDTNDATAQYW2"
_RECORDS: Final = "Add A-records for your Static Site alias"
_RECORDS_ROLE: Final = "An IAM role to update the Route 53 hosted zone"
_CERTIFICATE: Final = "Request and validate the certificate for your Static Site"
_CERTIFICATE_ROLE: Final = "An IAM role to request and validate a certificate for your service"


def static_site_name(stack: Stack) -> Resources:
    """`CustomDomainAction` and `CertificateValidatorAction` with their functions and roles."""
    if not needs_certificate(stack):
        return
    yield "CustomDomainAction", resource("Custom::CustomDomainFunction", _record(stack), _RECORDS)
    yield "CustomDomainFunction", function(stack, "CustomDomainFunction", "CustomDomainRole")
    role = iam.function_role(iam.policy("CustomDomainPolicy", *_record_statements(stack)))
    yield "CustomDomainRole", resource("AWS::IAM::Role", role, _RECORDS_ROLE)
    name = "CertificateValidationFunction"
    yield "CertificateValidatorAction", resource(f"Custom::{name}", _certificate(stack), _CERTIFICATE)
    yield name, function(stack, name, "CertificateValidatorRole")
    role = iam.function_role(iam.policy("CertValidatorPolicy", *_certificate_statements(stack)))
    yield "CertificateValidatorRole", resource("AWS::IAM::Role", role, _CERTIFICATE_ROLE)


def _record(stack: Stack) -> Value:
    return {
        "ServiceToken": get_att("CustomDomainFunction.Arn"),
        "PublicAccessHostedZoneID": _CLOUDFRONT_ZONE,
        "PublicAccessDNS": get_att("CloudFrontDistribution.DomainName"),
        **_of_domain(stack),
    }


def _certificate(stack: Stack) -> Value:
    token = get_att("CertificateValidationFunction.Arn")
    return {"ServiceToken": token, **_of_domain(stack), "IsCloudFrontCertificate": True}


def _of_domain(stack: Stack) -> dict[str, Value]:
    return {
        "EnvHostedZoneId": exported("HostedZone"),
        "EnvName": ENVIRONMENT,
        "AppName": APPLICATION,
        "ServiceName": WORKLOAD,
        "RootDNSRole": stack.dns_role,
        "DomainName": stack.domain,
        "Aliases": [alias(stack)],
    }


def _record_statements(stack: Stack) -> tuple[Value, ...]:
    actions = [
        "route53:ChangeResourceRecordSets",
        "route53:Get*",
        "route53:Describe*",
        "route53:ListResourceRecordSets",
        "route53:ListHostedZonesByName",
    ]
    return _assume(stack), iam.allow(actions, sid="HostedZoneAccess")


def _certificate_statements(stack: Stack) -> tuple[Value, ...]:
    return (
        _assume(stack),
        iam.allow("route53:ChangeResourceRecordSets", sid="HostedZoneUpdateAndWait"),
        iam.allow(["route53:ListResourceRecordSets", "route53:GetChange"], sid="HostedZoneRead"),
        *iam.CERTIFICATES,
    )


def _assume(stack: Stack) -> Value:
    return iam.allow("sts:AssumeRole", stack.dns_role, sid="AllowAssumeRole")

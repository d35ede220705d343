"""Roles and policies as Copilot's templates write them."""

from __future__ import annotations

from typing import Final

from sidecar_lint.template.intrinsics import ARN, CLUSTER, ref, sub
from sidecar_lint.template.values import Value, present

VERSION: Final = "2012-10-17"
ANYTHING: Final = "*"
#: A role that only lets a function write its logs.
BASIC_EXECUTION: Final = sub(f"{ARN}iam::aws:policy/service-role/AWSLambdaBasicExecutionRole")


def document(*statements: Value) -> dict[str, Value]:
    """A policy document."""
    return {"Version": VERSION, "Statement": list(statements)}


def policy(name: Value, *statements: Value) -> dict[str, Value]:
    """A policy in line with its role."""
    return {"PolicyName": name, "PolicyDocument": document(*statements)}


def allow(
    action: Value,
    resource: Value = ANYTHING,
    *,
    sid: str | None = None,
    condition: Value = None,
    principal: Value = None,
) -> dict[str, Value]:
    """A statement that allows actions."""
    return present(
        {
            "Sid": sid,
            "Effect": "Allow",
            "Principal": principal,
            "Action": action,
            "Condition": condition,
            "Resource": resource,
        }
    )


def assumed_by(service: Value, action: Value = "sts:AssumeRole") -> dict[str, Value]:
    """The document that lets a service take a role."""
    return document({"Effect": "Allow", "Principal": {"Service": service}, "Action": action})


def function_role(*policies: Value, managed: bool = True) -> dict[str, Value]:
    """The properties of the role of a function."""
    role: dict[str, Value] = {
        "AssumeRolePolicyDocument": assumed_by(["lambda.amazonaws.com"], ["sts:AssumeRole"]),
        "Path": "/",
        "Policies": list(policies),
    }
    return {**role, "ManagedPolicyArns": [BASIC_EXECUTION]} if managed else role


def tagged(service: str, *names: str) -> dict[str, Value]:
    """The condition that what an action is for has the tags of the application and the environment."""
    values = {
        "application": sub("${AppName}"),
        "environment": sub("${EnvName}"),
        "service": sub("${WorkloadName}"),
    }
    wanted = ("application", "environment", *names)
    return {"StringEquals": {f"{service}:ResourceTag/copilot-{name}": values[name] for name in wanted}}


#: What a container may read as a secret: all that is tagged with its application and environment.
READ_SECRETS: Final = (
    allow(
        ["ssm:GetParameters"],
        [sub(ARN + "ssm:${AWS::Region}:${AWS::AccountId}:parameter/*")],
        condition=tagged("ssm"),
    ),
    allow(
        ["secretsmanager:GetSecretValue"],
        [sub(ARN + "secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:*")],
        condition=tagged("secretsmanager"),
    ),
    allow(["kms:Decrypt"], [ref("ArtifactKeyARN")]),
    allow(
        ["kms:Decrypt"],
        [sub(ARN + "kms:${AWS::Region}:${AWS::AccountId}:key/*")],
        sid="DecryptTaggedKMSKey",
        condition=tagged("aws"),
    ),
)
DENY_IAM: Final = policy("DenyIAM", {"Effect": "Deny", "Action": "iam:*", "Resource": ANYTHING})
#: The condition that what an action is for is in the environment's cluster.
IN_CLUSTER: Final[Value] = {
    "ArnEquals": {
        "ecs:cluster": {
            "Fn::Sub": [
                ARN + "ecs:${AWS::Region}:${AWS::AccountId}:cluster/${ClusterName}",
                {"ClusterName": CLUSTER},
            ]
        }
    }
}
#: What the function that asks for a certificate may do.
CERTIFICATES: Final = (
    allow("acm:DeleteCertificate", sid="ServiceCertificateDelete", condition=tagged("aws", "service")),
    allow("tag:GetResources", sid="TaggedResourcesRead"),
    allow(
        ["acm:RequestCertificate", "acm:AddTagsToCertificate"],
        sid="ServiceCertificateCreate",
        condition=tagged("aws", "service"),
    ),
    allow("acm:DescribeCertificate", sid="CertificateRead"),
)

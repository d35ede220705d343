"""How files get into the bucket of a static site: a state machine copies what was uploaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.template import iam
from sidecar_lint.template.custom_resource import function
from sidecar_lint.template.intrinsics import get_att, ref, sub
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.static_site import needs_certificate
from sidecar_lint.template.values import NULL, Value

if TYPE_CHECKING:
    from sidecar_lint.template.stack import Stack

_FUNCTION: Final = "TriggerStateMachineFunction"
_STARTS: Final = "the process of moving files to the S3 bucket"
_ROLE_PROPERTIES: Final[Value] = {
    "AssumeRolePolicyDocument": iam.assumed_by("lambda.amazonaws.com"),
    "Policies": [
        iam.policy(
            "TriggerStateMachine",
            iam.allow("states:StartSyncExecution", get_att("CopyAssetsStateMachine.Arn")),
        )
    ],
    "ManagedPolicyArns": [iam.BASIC_EXECUTION],
}
#: All but the function that rewrites addresses and the stack of addons must be there first.
_BEFORE: Final = (
    "Bucket",
    "BucketPolicyForCloudFront",
    "CloudFrontOriginAccessControl",
    "CloudFrontDistribution",
    _FUNCTION,
    f"{_FUNCTION}Role",
    "CopyAssetsStateMachine",
    "CopyAssetsStateMachineRole",
    "EnvManagerS3Access",
)
_BEFORE_WITH_NAME: Final = (
    "CustomDomainAction",
    "CustomDomainFunction",
    "CustomDomainRole",
    "CertificateValidatorAction",
    "CertificateValidationFunction",
    "CertificateValidatorRole",
)
#: Where the list of files is, which is known once it is uploaded.
_MAPPING_FILE: Final[Value] = NULL
_ACTION_PROPERTIES: Final[Value] = {
    "ServiceToken": get_att(f"{_FUNCTION}.Arn"),
    "StateMachineARN": get_att("CopyAssetsStateMachine.Arn"),
    "AssetMappingFilePath": _MAPPING_FILE,
}
_ENV_MANAGER: Final[Value] = {
    "Roles": [sub("${AppName}-${EnvName}-EnvManagerRole")],
    "PolicyName": sub("${WorkloadName}-S3Access"),
    "PolicyDocument": iam.document(
        iam.allow(
            ["s3:ListBucket", "s3:ListBucketVersions", "s3:DeleteObject", "s3:DeleteObjectVersion"],
            [sub("arn:aws:s3:::${Bucket}"), sub("arn:aws:s3:::${Bucket}/*")],
        )
    ),
}


def static_site_assets(stack: Stack) -> Resources:
    """`TriggerStateMachineAction`, `CopyAssetsStateMachine`, and what belongs to them."""
    yield (
        _FUNCTION,
        function(stack, _FUNCTION, f"{_FUNCTION}Role", description=f"A lambda that starts {_STARTS}"),
    )
    description = f"An IAM Role for the lambda that starts {_STARTS}"
    yield f"{_FUNCTION}Role", resource("AWS::IAM::Role", _ROLE_PROPERTIES, description)
    before = [*_BEFORE, *(_BEFORE_WITH_NAME if needs_certificate(stack) else ())]
    description = f"A custom resource that starts {_STARTS}"
    kind = "Custom::TriggerStateMachine"
    yield "TriggerStateMachineAction", resource(kind, _ACTION_PROPERTIES, description, depends_on=before)
    kind = "AWS::StepFunctions::StateMachine"
    description = "A state machine that moves source files to the S3 bucket"
    yield "CopyAssetsStateMachine", resource(kind, _STATE_MACHINE, description)
    description = "An IAM Role for the state machine that moves source files to the S3 bucket"
    yield "CopyAssetsStateMachineRole", resource("AWS::IAM::Role", _STATE_MACHINE_ROLE, description)
    description = "A policy that gives the Env Manager role access to this site's S3 Bucket"
    yield "EnvManagerS3Access", resource("AWS::IAM::Policy", _ENV_MANAGER, description)


_COPY: Final[dict[str, Value]] = {
    "Type": "Task",
    "End": True,
    "Resource": "arn:aws:states:::aws-sdk:s3:copyObject",
    "Parameters": {
        "CopySource.$": "States.Format('/{}', $.path)",
        "Bucket": ref("Bucket"),
        "Key.$": "$.destPath",
        "MetadataDirective": "REPLACE",
    },
}
_COPY_WITH_TYPE: Final[Value] = {
    **_COPY,
    "Parameters": {
        "CopySource.$": "States.Format('/{}', $.path)",
        "Bucket": ref("Bucket"),
        "Key.$": "$.destPath",
        "ContentType.$": "$.contentType",
        "MetadataDirective": "REPLACE",
    },
}
_CHOICE: Final[Value] = {
    "Type": "Choice",
    "Choices": [
        {
            "Or": [
                {"Variable": "$.contentType", "IsPresent": False},
                {"Variable": "$.contentType", "StringMatches": ""},
            ],
            "Next": "CopyFile",
        }
    ],
    "Default": "CopyFileWithContentType",
}
_COPY_FILES: Final[Value] = {
    "Type": "Map",
    "Next": "InvalidateCache",
    "ItemsPath": "$.GetMappingFile.files",
    "ItemProcessor": {
        "ProcessorConfig": {"Mode": "INLINE"},
        "StartAt": "ContentTypeChoice",
        "States": {
            "ContentTypeChoice": _CHOICE,
            "CopyFile": _COPY,
            "CopyFileWithContentType": _COPY_WITH_TYPE,
        },
    },
}
_GET_MAPPING_FILE: Final[Value] = {
    "Type": "Task",
    "Resource": "arn:aws:states:::aws-sdk:s3:getObject",
    "Parameters": {"Bucket": _MAPPING_FILE, "Key": _MAPPING_FILE},
    "ResultSelector": {"files.$": "States.StringToJson($.Body)"},
    "ResultPath": "$.GetMappingFile",
    "Next": "CopyFiles",
}
_INVALIDATE_CACHE: Final[Value] = {
    "Type": "Task",
    "End": True,
    "Resource": "arn:aws:states:::aws-sdk:cloudfront:createInvalidation",
    "Parameters": {
        "DistributionId": ref("CloudFrontDistribution"),
        "InvalidationBatch": {
            "CallerReference.$": "States.UUID()",
            "Paths": {"Quantity": 1, "Items": ["/*"]},
        },
    },
}
_STATE_MACHINE: Final[Value] = {
    "RoleArn": get_att("CopyAssetsStateMachineRole.Arn"),
    "StateMachineType": "EXPRESS",
    "Definition": {
        "Comment": "A state machine that moves source files to the S3 bucket",
        "StartAt": "GetMappingFile",
        "States": {
            "GetMappingFile": _GET_MAPPING_FILE,
            "CopyFiles": _COPY_FILES,
            "InvalidateCache": _INVALIDATE_CACHE,
        },
    },
}
_STATE_MACHINE_ROLE: Final[Value] = {
    "AssumeRolePolicyDocument": iam.assumed_by(["states.amazonaws.com"]),
    "Policies": [
        iam.policy(
            "ArtifactBucketAccess",
            iam.allow("s3:GetObject", ["arn:aws:s3:::/", "arn:aws:s3:::/local-assets/*"]),
            iam.allow(
                "kms:Decrypt",
                ref("ArtifactKeyARN"),
                condition={
                    "StringEquals": {
                        "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::",
                        "kms:ViaService": sub("s3.${AWS::Region}.amazonaws.com"),
                    }
                },
            ),
        ),
        iam.policy("ServiceBucketAccess", iam.allow(["s3:PutObject"], sub("arn:aws:s3:::${Bucket}/*"))),
        iam.policy(
            "CacheInvalidation",
            iam.allow(
                [
                    "acm:ListCertificates",
                    "cloudfront:GetDistribution",
                    "cloudfront:GetStreamingDistribution",
                    "cloudfront:GetDistributionConfig",
                    "cloudfront:ListDistributions",
                    "cloudfront:ListCloudFrontOriginAccessIdentities",
                    "cloudfront:CreateInvalidation",
                    "cloudfront:GetInvalidation",
                    "cloudfront:ListInvalidations",
                    "elasticloadbalancing:DescribeLoadBalancers",
                    "iam:ListServerCertificates",
                    "sns:ListSubscriptionsByTopic",
                    "sns:ListTopics",
                    "waf:GetWebACL",
                    "waf:ListWebACLs",
                ],
                condition=iam.tagged("aws", "service"),
            ),
            iam.allow(["s3:ListAllMyBuckets"], "arn:aws:s3:::*"),
        ),
    ],
}

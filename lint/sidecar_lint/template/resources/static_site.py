"""A static site: its bucket, and the distribution in front of it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from sidecar_lint.template import iam
from sidecar_lint.template.intrinsics import ARN, get_att, ref, sub
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.static_site import alias, certificate, needs_certificate
from sidecar_lint.template.values import Short, Value, present

if TYPE_CHECKING:
    from sidecar_lint.template.stack import Stack

_LONGEST_NAME: Final = 58
_DIGEST: Final = 6
_ID: Final = sub("copilot-${AppName}-${EnvName}-${WorkloadName}")
_BUCKET: Final[Value] = {
    "VersioningConfiguration": {"Status": "Enabled"},
    "AccessControl": "Private",
    "BucketEncryption": {
        "ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
    },
    "PublicAccessBlockConfiguration": {
        "BlockPublicAcls": True,
        "BlockPublicPolicy": True,
        "IgnorePublicAcls": True,
        "RestrictPublicBuckets": True,
    },
    "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
}
_POLICY: Final[Value] = {
    "Bucket": ref("Bucket"),
    "PolicyDocument": iam.document(
        {
            "Sid": "ForceHTTPS",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": [sub("${Bucket.Arn}"), sub("${Bucket.Arn}/*")],
            "Condition": {"Bool": {"aws:SecureTransport": False}},
        },
        iam.allow(
            "s3:GetObject",
            [
                Short("Sub", [ARN + "s3:::${bucket}", {"bucket": ref("Bucket")}]),
                Short("Sub", [ARN + "s3:::${bucket}/*", {"bucket": ref("Bucket")}]),
            ],
            sid="AllowCloudFrontServicePrincipalReadOnly",
            principal={"Service": "cloudfront.amazonaws.com"},
            condition={
                "StringEquals": {
                    "AWS:SourceArn": Short(
                        "Sub",
                        [
                            ARN + "cloudfront::${AWS::AccountId}:distribution/${cfDistributionID}",
                            {"cfDistributionID": ref("CloudFrontDistribution")},
                        ],
                    )
                }
            },
        ),
    ),
}
#: Adds index.html to addresses of folders.
_REWRITE: Final = (
    "function handler(event){var request=event.request;var uri=request.uri;"
    "if(uri.endsWith('/')){request.uri+='index.html'}"
    "else if(!uri.includes('.')){request.uri+='/index.html'}return request}\n"
)
_REWRITES: Final = "CloudFront Function to rewrite viewer request to index.html"
#: AWS's own policy "CachingOptimized".
_CACHE_POLICY: Final = "658327ea-f89d-4fab-a63d-7e88639e58f6"
_CACHE_BEHAVIOR: Final[Value] = {
    "Compress": True,
    "AllowedMethods": ["GET", "HEAD"],
    "FunctionAssociations": [
        {
            "EventType": "viewer-request",
            "FunctionARN": get_att("CloudFrontViewerRequestRewriteFunction.FunctionARN"),
        }
    ],
    "ViewerProtocolPolicy": "redirect-to-https",
    "CachePolicyId": _CACHE_POLICY,
    "TargetOriginId": _ID,
}
_ORIGIN: Final[Value] = {
    "Id": _ID,
    "DomainName": get_att("Bucket.RegionalDomainName"),
    "OriginAccessControlId": ref("CloudFrontOriginAccessControl"),
    # CloudFront wants the old way of access control named, too, if only as none.
    "S3OriginConfig": {"OriginAccessIdentity": ""},
}


def static_site(stack: Stack) -> Resources:
    """`Bucket` and `CloudFrontDistribution`, with what belongs to them."""
    yield "Bucket", resource("AWS::S3::Bucket", _BUCKET, "An S3 Bucket to store the static site's assets")
    description = "A bucket policy to grant CloudFront read access to the Static Site bucket"
    yield "BucketPolicyForCloudFront", resource("AWS::S3::BucketPolicy", _POLICY, description)
    kind = "AWS::CloudFront::OriginAccessControl"
    description = "Access control to make the content in the S3 bucket only accessible through CloudFront"
    yield "CloudFrontOriginAccessControl", resource(kind, _access_control(stack), description)
    kind = "AWS::CloudFront::Function"
    yield "CloudFrontViewerRequestRewriteFunction", resource(kind, _rewrite(stack), _REWRITES)
    kind = "AWS::CloudFront::Distribution"
    description = "A CloudFront distribution for global content delivery"
    yield "CloudFrontDistribution", resource(kind, lambda: _distribution(stack), description)


def _access_control(stack: Stack) -> Value:
    return {
        "OriginAccessControlConfig": {
            "Description": sub(
                "Access control for static s3 origin for ${AppName}-${EnvName}-${WorkloadName}"
            ),
            "Name": _short_name(stack),
            "OriginAccessControlOriginType": "s3",
            "SigningBehavior": "always",
            "SigningProtocol": "sigv4",
        }
    }


def _rewrite(stack: Stack) -> Value:
    return {
        "AutoPublish": True,
        "FunctionCode": _REWRITE,
        "FunctionConfig": {"Comment": _REWRITES, "Runtime": "cloudfront-js-1.0"},
        "Name": _short_name(stack),
    }


def _short_name(stack: Stack) -> str:
    """The full name; too long a one is cut, with a part of its digest at the end (truncateWithHashPadding)."""
    name = stack.full_name
    if len(name) <= _LONGEST_NAME:
        return name
    return name[:_LONGEST_NAME] + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST]


def _distribution(stack: Stack) -> Value:
    name = alias(stack)
    configuration = {
        "Aliases": [name] if name else None,
        "DefaultCacheBehavior": _CACHE_BEHAVIOR,
        "Enabled": True,
        "IPV6Enabled": True,
        "Origins": [_ORIGIN],
        "ViewerCertificate": _certificate(stack) if name else None,
    }
    return {"DistributionConfig": present(configuration)}


def _certificate(stack: Stack) -> Value:
    arn = ref("CertificateValidatorAction") if needs_certificate(stack) else certificate(stack)
    return {
        "AcmCertificateArn": arn,
        "MinimumProtocolVersion": "TLSv1",
        "SslSupportMethod": "sni-only",
    }

"""The key that encrypts the messages in a worker's queues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.template import iam
from sidecar_lint.template.intrinsics import ARN, get_att, sub
from sidecar_lint.template.resource import resource

if TYPE_CHECKING:
    from sidecar_lint.template.values import Value

_ADMINISTER: Final[Value] = [
    "kms:Create*",
    "kms:Describe*",
    "kms:Enable*",
    "kms:List*",
    "kms:Put*",
    "kms:Update*",
    "kms:Revoke*",
    "kms:Disable*",
    "kms:Get*",
    "kms:Delete*",
    "kms:ScheduleKeyDeletion",
    "kms:CancelKeyDeletion",
    "kms:Tag*",
    "kms:UntagResource",
    "kms:Encrypt",
    "kms:Decrypt",
    "kms:ReEncrypt*",
    "kms:GenerateDataKey*",
]
_POLICY: Final = iam.document(
    iam.allow(_ADMINISTER, sid="Allow key use", principal={"AWS": sub(ARN + "iam::${AWS::AccountId}:root")}),
    iam.allow(
        ["kms:Decrypt", "kms:GenerateDataKey*"],
        sid="Allow SNS encryption",
        principal={"Service": "sns.amazonaws.com"},
    ),
    iam.allow(
        ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
        sid="Allow SQS encryption",
        principal={"Service": "sqs.amazonaws.com"},
    ),
    iam.allow(
        ["kms:Encrypt", "kms:Decrypt"],
        sid="Allow task role encrypt/decrypt",
        principal={"AWS": [get_att("TaskRole.Arn")]},
    ),
)
_PROPERTIES: Final[Value] = {"KeyPolicy": _POLICY}


def events_key() -> dict[str, Value]:
    """`EventsKMSKey`."""
    return resource("AWS::KMS::Key", _PROPERTIES, "A KMS key to encrypt messages in your queues")

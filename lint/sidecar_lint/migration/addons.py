"""The addons: what their stack holds, and what is lost with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint.migration.inventory import Item, Kind, Remark
from sidecar_lint.migration.migration import Migration, danger, note, to_do
from sidecar_lint.syntax.nodes import Scalar
from sidecar_lint.workspace.addons import Addons, Definition

#: What holds data, and what becomes of that where the template says nothing
#: (CloudFormation's user guide, DeletionPolicy attribute).
_DELETED: Final = frozenset(
    (
        "AWS::Cognito::UserPool",
        "AWS::DynamoDB::GlobalTable",
        "AWS::DynamoDB::Table",
        "AWS::EFS::FileSystem",
        "AWS::KMS::Key",
        "AWS::Kinesis::Stream",
        "AWS::Logs::LogGroup",
        "AWS::MSK::Cluster",
        "AWS::OpenSearchService::Domain",
        "AWS::SecretsManager::Secret",
        "AWS::SNS::Topic",
        "AWS::SQS::Queue",
        "AWS::SSM::Parameter",
        "AWS::Timestream::Database",
    )
)
_SNAPSHOT: Final = frozenset(("AWS::RDS::DBCluster", "AWS::RDS::DBInstance"))
_BUCKET: Final = "AWS::S3::Bucket"
_KEPT: Final = ("Retain", "RetainExceptOnCreate")
_ADVICE: Final = "give it DeletionPolicy: Retain and deploy that before you delete anything"


def addons(migration: Migration) -> Iterator[Item]:
    """The resources of the addons, in the order of their template."""
    workload = migration.manifest.workload
    if workload is None:
        return
    for resource in workload.addons.resources.values():
        kind = resource.text("Type")
        yield migration.item(
            Kind.ADDON,
            f"{resource.name} ({kind})",
            resource.key,
            *_remarks(resource, kind),
            source=resource.template.source,
        )
    yield from _unread(migration, workload.addons)


def _unread(migration: Migration, found: Addons) -> Iterator[Item]:
    """Addons of which not all is known."""
    if not found.is_known:
        remark = to_do("not all files of the folder could be read: look at them yourself")
        yield migration.item(Kind.ADDON, "what else is in addons/", None, remark)


def _remarks(resource: Definition, kind: str) -> Iterator[Remark]:
    policy = resource.get("DeletionPolicy")
    written = policy.text if isinstance(policy, Scalar) else None
    if written in _KEPT:
        yield note(f"DeletionPolicy: {written}: it stays when the stack is deleted, and is then nobody's")
    elif written == "Snapshot" or (policy is None and kind in _SNAPSHOT):
        yield danger(f"it is deleted with the stack of the addons, and a snapshot is kept at most: {_ADVICE}")
    elif kind == _BUCKET and written != "Delete":
        yield danger(
            f"it is deleted with the stack of the addons if it is empty, else the deletion fails: {_ADVICE}"
        )
    elif kind in _DELETED or written == "Delete":
        yield danger(f"it is deleted with the stack of the addons: {_ADVICE}")

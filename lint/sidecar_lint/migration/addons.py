"""The addons: what their stack holds, and what is lost with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.migration.inventory import InventoryItem, ItemKind, ItemRemark, RemarkLevel
from sidecar_lint.migration.migration import Migration, danger, note, to_do
from sidecar_lint.syntax.nodes import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.workspace.addons import Addons, Definition

#: What holds data, and what becomes of that where the template says nothing
#: (CloudFormation's user guide, DeletionPolicy attribute).
_DELETED: Final = frozenset(
    (
        "AWS::Cognito::UserPool",
        "AWS::DocDB::DBCluster",
        "AWS::DynamoDB::GlobalTable",
        "AWS::DynamoDB::Table",
        "AWS::EFS::FileSystem",
        "AWS::ElastiCache::CacheCluster",
        "AWS::ElastiCache::ReplicationGroup",
        "AWS::ElastiCache::ServerlessCache",
        "AWS::KMS::Key",
        "AWS::Kinesis::Stream",
        "AWS::Logs::LogGroup",
        "AWS::MSK::Cluster",
        "AWS::MemoryDB::Cluster",
        "AWS::Neptune::DBCluster",
        "AWS::OpenSearchService::Domain",
        "AWS::Redshift::Cluster",
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
_OF_ENVIRONMENT: Final = "it is an addon of the environment, and is deleted with that: leave the environment"


def addons(migration: Migration) -> Iterator[InventoryItem]:
    """The resources of the addons, in the order of their template, and what holds data of the environment's."""
    workload = migration.manifest.workload
    if workload is None:
        return
    for resource in workload.addons.resources.values():
        yield _item(migration, resource, *_remarks(resource))
    yield from _unread(migration, workload.addons)
    for resource in workload.workspace.environment_addons.resources.values():
        if holds_data(resource):
            yield _item(migration, resource, danger(_OF_ENVIRONMENT))


def unkept(migration: Migration) -> list[Definition]:
    """The addons that are deleted with their stack."""
    workload = migration.manifest.workload
    found = workload.addons.resources.values() if workload else ()
    return [each for each in found if _policy(each) not in _KEPT]


def holds_data(resource: Definition) -> bool:
    """Whether it may hold data that is deleted with its stack."""
    return any(remark.level is RemarkLevel.DANGER for remark in _remarks(resource))


def _item(migration: Migration, resource: Definition, *remarks: ItemRemark) -> InventoryItem:
    name = f"{resource.name} ({resource.text('Type')})"
    return migration.item(ItemKind.ADDON, name, resource.key, *remarks, source=resource.template.source)


def _unread(migration: Migration, found: Addons) -> Iterator[InventoryItem]:
    """Addons of which not all is known."""
    if not found.is_known:
        remark = to_do("not all files of the folder could be read: look at them yourself")
        yield migration.item(ItemKind.ADDON, "what else is in addons/", None, remark)


def _remarks(resource: Definition) -> Iterator[ItemRemark]:
    kind, written = resource.text("Type"), _policy(resource)
    if written in _KEPT:
        yield note(f"DeletionPolicy: {written}: it stays when the stack is deleted, and is then nobody's")
    elif written == "Snapshot" or (written is None and kind in _SNAPSHOT):
        yield danger(f"it is deleted with the stack of the addons, and a snapshot is kept at most: {_ADVICE}")
    elif kind == _BUCKET and written != "Delete":
        yield danger(
            f"it is deleted with the stack of the addons if it is empty, else the deletion fails: {_ADVICE}"
        )
    elif kind in _DELETED or written == "Delete":
        yield danger(f"it is deleted with the stack of the addons: {_ADVICE}")


def _policy(resource: Definition) -> str | None:
    found = resource.get("DeletionPolicy")
    return found.text if isinstance(found, Scalar) else None

"""What there is to know before a workload leaves Copilot, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sidecar_lint.migration.target import AS_OF, MigrationTarget
from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.rendering.origins import FilePosition


class ItemKind(StrEnum):
    """What an item is."""

    SIZE = "task"
    CONTAINER = "container"
    LOG_ROUTER = "log router"
    COLLECTOR = "collector"
    LOG_GROUP = "log group"
    VOLUME = "volume"
    VARIABLES = "variables"
    SECRET = "secret"  # noqa: S105  what it is, not its value
    TASK_ROLE = "task role"
    EXECUTION_ROLE = "execution role"
    ADDON = "addon"
    NETWORK = "network"
    LOAD_BALANCER = "load balancer"
    NETWORK_LOAD_BALANCER = "network load balancer"
    DISCOVERY = "service discovery"
    SERVICE_CONNECT = "Service Connect"
    COUNT = "tasks"
    SCALING = "scaling"
    ALARM = "rollback alarm"
    EXEC = "exec"
    SCHEDULE = "schedule"
    QUEUE = "queue"
    SUBSCRIPTION = "subscription"
    TOPIC = "topic"
    PIPELINE = "pipeline"


class RemarkLevel(StrEnum):
    """What a remark is about: something may be lost, somebody has to do something, or it is good to know."""

    DANGER = "danger"
    TO_DO = "to-do"
    NOTE = "note"


class ItemRemark(NamedTuple):
    """Something about an item, as a sentence without a full stop."""

    level: RemarkLevel
    text: str


@dataclass(frozen=True, slots=True)
class InventoryItem:
    """A part of the workload: where it is written, if it is, and where it goes."""

    kind: ItemKind
    name: str
    place: FilePosition | None
    destination: str
    remarks: tuple[ItemRemark, ...] = ()

    @property
    def is_dangerous(self) -> bool:
        """Whether something may be lost with it."""
        return any(remark.level is RemarkLevel.DANGER for remark in self.remarks)


class TargetLimit(NamedTuple):
    """What the target cannot do, or has no setting for.

    `topic` is a short name for programs; `blocks` says that the workload cannot run there as it is.
    """

    topic: str
    text: str
    place: FilePosition | None
    blocks: bool


class ProvidedVariable(NamedTuple):
    """A variable that Copilot provides, what its value becomes, and the containers that get it."""

    name: str
    value: str
    containers: tuple[str, ...]


class Placeholder(NamedTuple):
    """What only AWS knows, and the command that finds it; empty where something is to be made first.

    `made` says what that is.
    """

    name: str
    command: str
    made: str


@dataclass(frozen=True, slots=True)
class Inventory:
    """A workload in an environment on its way to a target."""

    path: str
    workload: str
    kind: str
    application: str
    environment: str
    target: MigrationTarget
    items: tuple[InventoryItem, ...]
    limits: tuple[TargetLimit, ...]
    provided_variables: tuple[ProvidedVariable, ...]
    placeholders: tuple[Placeholder, ...]
    steps: tuple[str, ...]
    #: What makes all of it less certain.
    notes: tuple[str, ...] = ()
    as_of: str = AS_OF

    @property
    def blocked(self) -> bool:
        """Whether the workload cannot run there as it is."""
        return any(limit.blocks for limit in self.limits)

    def remarks(self, level: RemarkLevel) -> Iterator[tuple[InventoryItem, str]]:
        """The remarks of a level, each with its item."""
        for item in self.items:
            yield from ((item, remark.text) for remark in item.remarks if remark.level is level)

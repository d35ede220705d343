"""A workload of an environment on its way to a target: what its parts are asked about."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.migration.destinations import destination
from sidecar_lint.migration.inventory import InventoryItem, ItemKind, ItemRemark, RemarkLevel
from sidecar_lint.migration.target import MigrationTarget
from sidecar_lint.rendering.origins import FilePosition, Origins
from sidecar_lint.template.evaluation import Evaluation, Nothing
from sidecar_lint.template.part import Origin
from sidecar_lint.template.placeholders import Steps, placeholder, placeholders, places
from sidecar_lint.template.task_definition_input import task_definition_input
from sidecar_lint.template.values import Value, plain

if TYPE_CHECKING:
    from sidecar_lint.syntax.nodes import Node
    from sidecar_lint.syntax.source import Source
    from sidecar_lint.template.stack import Stack
    from sidecar_lint.template.template import GeneratedTemplate

#: What the environment's stack exports as `application-environment-…`, of what workloads use.
EXPORTS: Final = (
    "ClusterId",
    "EnvironmentSecurityGroup",
    "HostedZone",
    "PrivateSubnets",
    "PublicSubnets",
    "ServiceDiscoveryNamespaceID",
    "SubDomain",
    "VpcId",
)


class Migration:
    """The template that Copilot makes for an environment, and where the workload is to go."""

    def __init__(self, template: GeneratedTemplate, target: MigrationTarget) -> None:
        self.template = template
        self.target = target
        self.stack: Stack = template.stack
        self.manifest = template.stack.manifest
        self._origins = Origins(self.manifest.document, self.manifest.environment)

    @cached_property
    def task(self) -> dict[str, Any]:
        """The task definition as ECS's API takes it."""
        found = plain(task_definition_input(self.template))
        return found if isinstance(found, dict) else {}

    @cached_property
    def own_texts(self) -> frozenset[str]:
        """What looks like a placeholder and is written in the manifest."""
        return frozenset(placeholders(self.manifest.document.source.text))

    @cached_property
    def places(self) -> dict[str, Steps]:
        """The placeholders of the task definition, each with the way to the first text that it is in."""
        found: dict[str, Steps] = {}
        for name, steps in places(self.task):
            if name not in self.own_texts:
                found.setdefault(name, steps)
        return found

    def evaluated(self, value: Value) -> Any:
        """A value of the template as plain data; None where it is left out.

        What only AWS knows is a placeholder; exports of the environment's stack have short ones (`<VPC_ID>`).
        """
        found = Evaluation(self.template).of(value)
        return None if isinstance(found, Nothing) else self._with_short_names(plain(found))

    @cached_property
    def _short_names(self) -> dict[str, str]:
        prefix = f"Export {self.stack.application}-{self.stack.environment}"
        return {placeholder(f"{prefix}-{name}"): placeholder(name) for name in EXPORTS}

    def _with_short_names(self, value: object) -> object:
        if isinstance(value, dict):
            return {name: self._with_short_names(child) for name, child in value.items()}
        if isinstance(value, list):
            return [self._with_short_names(each) for each in value]
        if isinstance(value, str) and "<EXPORT_" in value:
            for long, short in self._short_names.items():
                value = value.replace(long, short)
        return value

    @property
    def containers(self) -> list[dict[str, Any]]:
        """The containers as ECS's API takes them."""
        return [each for each in self.task.get("containerDefinitions", ()) if isinstance(each, dict)]

    @property
    def is_express(self) -> bool:
        """Whether it goes to ECS Express Mode."""
        return self.target is MigrationTarget.EXPRESS

    def place(self, node: Node | None, source: Source | None = None) -> FilePosition | None:
        """Where a node is written: in a file, or in the manifest."""
        return self.origin_place(Origin(node, source)) if node is not None else None

    def origin_place(self, origin: Origin) -> FilePosition:
        """Where a value of the template is written."""
        return self._origins.place(origin)

    def item(
        self, kind: ItemKind, name: str, node: Node | None, *remarks: ItemRemark, source: Source | None = None
    ) -> InventoryItem:
        """A part of the workload, which a node is the reason for."""
        return InventoryItem(kind, name, self.place(node, source), destination(kind, self.target), remarks)


def danger(text: str) -> ItemRemark:
    """Something may be lost."""
    return ItemRemark(RemarkLevel.DANGER, text)


def to_do(text: str) -> ItemRemark:
    """Somebody has to do something."""
    return ItemRemark(RemarkLevel.TO_DO, text)


def note(text: str) -> ItemRemark:
    """Something that is good to know."""
    return ItemRemark(RemarkLevel.NOTE, text)

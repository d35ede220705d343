"""The network of a workload's tasks: subnets, security groups, a public address."""

from __future__ import annotations

from typing import Final

from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, items_of
from sidecar_lint.template.decoding import items, scalar
from sidecar_lint.template.intrinsics import exported, import_value, output_of_addons, split
from sidecar_lint.template.rereading import unquoted
from sidecar_lint.template.stack import Stack, once
from sidecar_lint.template.values import Sourced, Value
from sidecar_lint.workspace.addons import OutputKind

_PLACEMENTS: Final = {"public": "PublicSubnets", "private": "PrivateSubnets"}
_ENVIRONMENT_GROUP: Final = exported("EnvironmentSecurityGroup")


@once
def placement(stack: Stack) -> Node | None:
    """What says where tasks run: a text, or the map form."""
    return stack.manifest.get("network", "vpc", "placement")


@once
def subnet_ids(stack: Stack) -> list[Value]:
    """The subnets that are listed; those that are found by tags are not known."""
    node = stack.manifest.get("network", "vpc", "placement", "subnets")
    if isinstance(node, Mapping) and node.get("from_tags"):
        return [Sourced("<SUBNET_ID>", node)]
    return [unquoted(item, item=True) for item in items(node)]


def is_private(stack: Stack) -> bool:
    """Whether tasks run in the environment's private subnets, behind NAT gateways."""
    node = placement(stack)
    return isinstance(node, Scalar) and node.text == "private"


def subnets_export(stack: Stack) -> Value:
    """The environment's subnets, as text."""
    node = placement(stack)
    name = _PLACEMENTS.get(node.text, "PublicSubnets") if isinstance(node, Scalar) else "PublicSubnets"
    return Sourced(exported(name), node) if node else exported(name)


def subnets(stack: Stack) -> Value:
    """`Subnets`."""
    return subnet_ids(stack) or split(subnets_export(stack))


def assign_public_ip(stack: Stack) -> str:
    """Whether tasks get a public address: only in the environment's public subnets."""
    return "DISABLED" if is_private(stack) or subnet_ids(stack) else "ENABLED"


def security_groups(stack: Stack) -> list[Value]:
    """The environment's group unless that is denied, those of the manifest, those of addons."""
    node = stack.manifest.get("network", "vpc", "security_groups")
    groups = node.get("groups") if isinstance(node, Mapping) else node
    found: list[Value] = [] if _is_default_denied(node) else [_ENVIRONMENT_GROUP]
    found += [_group(item) for item in items_of(groups)]
    outputs = stack.addon_outputs(OutputKind.SECURITY_GROUP)
    return found + [stack.from_addons(output_of_addons(output.name), output) for output in outputs]


def _is_default_denied(node: Node | None) -> bool:
    denied = scalar(node, "deny_default") if isinstance(node, Mapping) else None
    return denied is not None and denied.as_bool is True


def _group(item: Node) -> Value:
    export = scalar(item, "from_cfn") if isinstance(item, Mapping) else None
    if export is not None:
        return import_value(unquoted(export))
    return unquoted(item, item=True) if isinstance(item, Scalar) else Sourced(import_value(None), item)

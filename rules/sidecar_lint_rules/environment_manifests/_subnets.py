"""What the rules about subnets share."""

from __future__ import annotations

from sidecar_lint import EnvironmentManifest, Node, Subnet
from sidecar_lint_rules.document._lost import Causes, lost_items


def first_key(subnet: Subnet) -> Node:
    """The first key of a subnet, as a block that is pointed at as a whole says little."""
    return next((key for key, _ in subnet.node), subnet.node)


def lost_subnets(environment: EnvironmentManifest, *kinds: str) -> Causes:
    """Why there may be fewer subnets of some kinds than are written."""
    path = ("network", "vpc", "subnets")
    return [cause for kind in kinds for cause in lost_items(environment.file, *path, kind)]

"""What is particular to a Request-Driven Web Service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.syntax.nodes import Mapping, Node, Scalar
from sidecar_lint.template.decoding import by_name, scalar
from sidecar_lint.template.intrinsics import APPLICATION, ENVIRONMENT, WORKLOAD
from sidecar_lint.template.network import placement, subnet_ids
from sidecar_lint.template.rereading import unquoted

if TYPE_CHECKING:
    from sidecar_lint.template.stack import Stack
    from sidecar_lint.template.values import Value

_TAGS: Final[list[Value]] = [
    {"Key": "copilot-application", "Value": APPLICATION},
    {"Key": "copilot-environment", "Value": ENVIRONMENT},
    {"Key": "copilot-service", "Value": WORKLOAD},
]


def tags(stack: Stack) -> list[Value]:
    """Copilot's own tags, then those of the manifest by name."""
    written = by_name(stack.manifest.mapping("tags"))
    own = [(key, node) for key, node in written if isinstance(node, Scalar)]
    return [*_TAGS, *({"Key": unquoted(key), "Value": unquoted(node)} for key, node in own)]


def private(stack: Stack) -> Node | None:
    """What makes the service private: `http.private: true`, or an endpoint of the user's."""
    node = stack.manifest.get("http", "private")
    if isinstance(node, Mapping):
        return scalar(node, "endpoint")
    return node if isinstance(node, Scalar) and node.as_bool else None


def endpoint(stack: Stack) -> Scalar | None:
    """The user's VPC endpoint for a private service."""
    return stack.manifest.scalar("http", "private", "endpoint")


def has_vpc_connector(stack: Stack) -> bool:
    """Whether what the service sends goes through the environment's VPC."""
    return isinstance(placement(stack), Scalar) or bool(subnet_ids(stack))

"""The ranges of a VPC and its subnets, as EC2 takes them: IPv4, with a mask from /16 to /28."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.address_range import read_range

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from ipaddress import IPv4Network

    from sidecar_lint.syntax.nodes import Scalar

#: The masks that a VPC and its subnets can have, the largest range first.
MASKS: Final = (16, 28)


def block(node: Scalar | None) -> IPv4Network | None:
    """The range that is written; None where it can be no VPC's, or is not known before Copilot runs."""
    from ipaddress import IPv4Network

    found = read_range(node.text) if node is not None and node.known else None
    return found if isinstance(found, IPv4Network) and MASKS[0] <= found.prefixlen <= MASKS[1] else None


def overlaps(nodes: Iterable[Scalar]) -> Iterator[tuple[Scalar, Scalar]]:
    """Ranges that have addresses of another one, each with that other; the later in the text comes first.

    Two ranges are either apart or one is inside the other, so neighbours in the order of their addresses tell.
    """
    found = [(known, node) for node in nodes if (known := block(node))]
    found.sort(key=lambda each: (each[0].network_address, each[0].prefixlen, each[1].span))
    widest: tuple[IPv4Network, Scalar] | None = None
    for known, node in found:
        if widest is not None and known.subnet_of(widest[0]):
            first, second = sorted((widest[1], node), key=lambda each: each.span)
            yield second, first
        else:
            widest = (known, node)

"""`network.vpc`: the VPC that an environment gets.

An imported VPC has an `id`; one that Copilot makes and that is not the default has a `cidr`. Without
either, what is written about subnets is passed over. Source: internal/pkg/manifest/env.go.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Scalar, as_mapping, maps_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Subnet(NamedTuple):
    """An entry of `subnets.public` or `subnets.private`; `place` is how Copilot names it, `public[0]`."""

    place: str
    node: Mapping

    @property
    def id(self) -> Scalar | None:
        """`id`, right or wrong; None where it is not written."""
        return _scalar(self.node, "id")

    @property
    def cidr(self) -> Scalar | None:
        """`cidr`, likewise."""
        return _scalar(self.node, "cidr")

    @property
    def zone(self) -> Scalar | None:
        """`az`, likewise."""
        return _scalar(self.node, "az")


class SecurityGroupRule(NamedTuple):
    """An entry of `security_group.ingress` or `security_group.egress`."""

    place: str
    node: Mapping


class Vpc:
    """What is written under `network.vpc`, if anything."""

    def __init__(self, node: Mapping) -> None:
        self.node = node

    @property
    def id(self) -> Scalar | None:
        """The VPC to import; an empty text counts as none."""
        return _not_empty(_scalar(self.node, "id"))

    @property
    def cidr(self) -> Scalar | None:
        """The range of the VPC to make; an empty text counts as none."""
        return _not_empty(_scalar(self.node, "cidr"))

    @property
    def is_imported(self) -> bool:
        """Whether the VPC exists already."""
        return self.id is not None

    @property
    def is_adjusted(self) -> bool:
        """Whether Copilot makes the VPC with the subnets that are written, rather than with its own four."""
        return self.cidr is not None and not self.is_imported

    @cached_property
    def public(self) -> tuple[Subnet, ...]:
        """The public subnets as written; null entries do not count."""
        return tuple(self._subnets("public"))

    @cached_property
    def private(self) -> tuple[Subnet, ...]:
        """The private subnets as written."""
        return tuple(self._subnets("private"))

    @property
    def subnets(self) -> tuple[Subnet, ...]:
        """All of them, the public ones first."""
        return (*self.public, *self.private)

    @property
    def is_settled(self) -> bool:
        """Whether Copilot makes it, and every subnet has a range, all of them known before Copilot runs."""
        ranges = all(each.cidr and each.cidr.text and each.cidr.known for each in self.subnets)
        return self.is_adjusted and ranges and all(each.zone.known for each in self.subnets if each.zone)

    @property
    def fits_zones(self) -> bool:
        """Whether public and private subnets are in the same zones, two at least, with a range for each.

        Where no subnet has an `az`, nothing has to fit.
        """
        public, private = zones(self.public), zones(self.private)
        if not public and not private:
            return True
        counts = {len(_ranges(self.public)), len(_ranges(self.private))}
        return public.keys() == private.keys() and len(public) > 1 and counts == {len(public)}

    @property
    def rules(self) -> Iterator[SecurityGroupRule]:
        """The rules of the security group, `ingress` first."""
        group = as_mapping(self.node.get("security_group"))
        for name in ("ingress", "egress"):
            for at, node in enumerate(maps_of(group.get(name))):
                yield SecurityGroupRule(f"{name}[{at}]", node)

    def _subnets(self, name: str) -> Iterator[Subnet]:
        written = as_mapping(self.node.get("subnets")).get(name)
        for at, node in enumerate(maps_of(written)):
            yield Subnet(f"{name}[{at}]", node)


def zones(subnets: Iterable[Subnet]) -> dict[str, Scalar]:
    """The availability zones that are named, and where each is for the first time."""
    found: dict[str, Scalar] = {}
    for subnet in subnets:
        if subnet.zone is not None and subnet.zone.text:
            found.setdefault(subnet.zone.text, subnet.zone)
    return found


def _ranges(subnets: Iterable[Subnet]) -> set[str]:
    return {subnet.cidr.text for subnet in subnets if subnet.cidr}


def _scalar(node: Mapping, name: str) -> Scalar | None:
    value = node.get(name)
    return value if isinstance(value, Scalar) else None


def _not_empty(scalar: Scalar | None) -> Scalar | None:
    return scalar if scalar is not None and scalar.text else None

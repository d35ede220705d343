"""What the rules share that hold a workload against the manifests of its environments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sidecar_lint import Finding, Node, Related, Rule


class Tie(NamedTuple):
    """What is wrong with a workload in an environment, and the place in the environment's manifest."""

    environment: str
    place: Node
    message: str
    help: str
    related: Related


def joined(rule: Rule, ties: Iterable[Tie]) -> Iterator[Finding]:
    """One finding for what is the same mistake in several environments."""
    groups: dict[tuple[object, str, str], list[Tie]] = {}
    for tie in ties:
        groups.setdefault((tie.place.place, tie.message, tie.help), []).append(tie)
    for group in groups.values():
        first = group[0]
        yield rule.finding(
            first.place,
            first.message,
            help=first.help,
            related=tuple(tie.related for tie in group),
            environments=tuple(tie.environment for tie in group),
        )

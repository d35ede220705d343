"""What the rules share that hold a workload against the manifests of its environments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sidecar_lint import Deployment, Document, Finding, NamedTuple, Node, Related, Rule, deployments


class Tie(NamedTuple):
    """What is wrong with a workload in an environment, and the place in the environment's manifest."""

    environment: str
    place: Node
    message: str
    help: str
    related: Related


def joined(rule: Rule, document: Document, ties: Callable[[Deployment], Iterable[Tie]]) -> Iterator[Finding]:
    """What is wrong with a workload in its environments: one finding for the same mistake in several of them."""
    groups: dict[tuple[object, str, str], list[Tie]] = {}
    for deployment in deployments(document):
        for tie in ties(deployment):
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

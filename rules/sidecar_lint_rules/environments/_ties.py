"""What the rules share that hold a workload against the manifests of its environments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sidecar_lint import (
    Deployment,
    EnvironmentManifest,
    Finding,
    Node,
    Related,
    Rule,
    items_of,
)


class Tie(NamedTuple):
    """What is wrong with a workload in an environment, and the place in the environment's manifest."""

    environment: str
    place: Node
    message: str
    help: str
    related: Related


def joined(rule: Rule, ties: Iterable[Tie]) -> Iterator[Finding]:
    """One finding for what is the same mistake in several environments."""
    groups: dict[tuple[object, str], list[Tie]] = {}
    for tie in ties:
        groups.setdefault((tie.place.place, tie.message), []).append(tie)
    for group in groups.values():
        first = group[0]
        yield rule.finding(
            first.place,
            first.message,
            help=first.help,
            related=tuple(tie.related for tie in group),
            environments=tuple(tie.environment for tie in group),
        )


def there(environment: EnvironmentManifest, node: Node | None, message: str) -> Related:
    """A place in the manifest of an environment: a key, or the name where nothing is written."""
    found = node if node is not None else environment.get("name") or environment.root
    span = found.key.place if found.key is not None else found.place
    return Related(span, message, environment.file.source)


def certificates(environment: EnvironmentManifest) -> Node | None:
    """What makes an environment one with certificates: the public load balancer's, or the CDN's."""
    public, cdn = environment.public_certificates, environment.scalar("cdn", "certificate")
    return public if public is not None and items_of(public) else cdn


def has_load_balancer(deployment: Deployment, kind: str) -> bool:
    """Whether a workload of this type is behind the environment's own load balancer."""
    http = deployment.manifest.mapping("http")
    return deployment.manifest.kind == kind and bool(http.entries) and http.get("alb") is None

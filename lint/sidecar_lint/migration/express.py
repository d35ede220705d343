"""What ECS Express Mode cannot do with a workload, or has no setting for.

Source: the words of CreateExpressGatewayService in the API's own model (botocore 1.44.8, November 2026).
With `taskDefinitionArn` a task may have sidecars, a log router and volumes; before July 2026 it could not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.migration.inventory import TargetLimit
from sidecar_lint.migration.operation import metrics, uses_spot
from sidecar_lint.migration.traffic import connected
from sidecar_lint.syntax.nodes import Mapping, Node
from sidecar_lint.template.count import scaling
from sidecar_lint.template.load_balancer import ListenerRule, imported, rules
from sidecar_lint.template.network_load_balancer import listeners

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.migration.migration import Migration

#: The name that the container with the traffic must have.
MAIN: Final = "Main"
#: Metrics of `count` that `scalingTarget` has, too.
_METRICS: Final = frozenset(("cpu_percentage", "memory_percentage", "requests"))
#: What a rule of `http` may say, and Express Mode has no setting for.
_NO_SETTING: Final = {
    "stickiness": "sticky sessions",
    "deregistration_delay": "the time in which connections are drained",
    "allowed_source_ips": "the addresses that are let in",
    "version": "the protocol of the target group: it is HTTP/1.1",
    "hosted_zone": "DNS records",
}
_BY_HAND: Final = "Express Mode has no setting for it; what it makes can be changed afterwards, by hand"


def limits(migration: Migration) -> Iterator[TargetLimit]:
    """What stands in the way, and what has to be done by hand afterwards."""
    if not rules(migration.stack):
        yield _blocked(
            migration,
            "no-http",
            migration.manifest.get("type"),
            "it is for services that get HTTP from a load balancer, and this one gets none",
        )
        return
    yield from _blocks(migration)
    yield from _without_setting(migration)


def target(migration: Migration) -> str:
    """The container that gets the traffic; empty where none does."""
    found = rules(migration.stack)
    return found[0].target.container if found else ""


def _blocks(migration: Migration) -> Iterator[TargetLimit]:
    stack = migration.stack
    if migration.manifest.is_windows:
        yield _blocked(migration, "windows", migration.manifest.get("platform"), "tasks run on Linux only")
    for listener in listeners(stack):
        yield _blocked(migration, "nlb", listener.section, "there is no Network Load Balancer")
        break
    ports = _tcp_ports(migration)
    if len(ports) != 1:
        node = rules(stack)[0].target.container_node or migration.manifest.main_port
        text = f"the container {target(migration)} maps {_ports(ports)}, and may map a single TCP port"
        yield _blocked(migration, "ports", node, text)
    yield from _further_rules(migration)
    if MAIN in [each for each in migration.manifest.containers if each != target(migration)]:
        yield _blocked(
            migration, "name", migration.manifest.containers[MAIN].key, f"another container is called {MAIN}"
        )


def _further_rules(migration: Migration) -> Iterator[TargetLimit]:
    """Rules after the first: those that lead elsewhere have no place; to the same port all paths lead anyway."""
    first, *others = rules(migration.stack)
    away = [each for each in others if each.target[:2] != first.target[:2]]
    if away:
        text = f"a rule sends traffic to {away[0].target.container}, and there is one target"
        yield _blocked(migration, "additional-rules", away[0].section, text)
    elif others:
        text = f"further rules: all paths of its host name lead to the container anyway. For names of your own, {_BY_HAND}"
        yield _by_hand(migration, "additional-rules", others[0].section, text)


def _tcp_ports(migration: Migration) -> list[dict[str, Any]]:
    container: dict[str, Any] = next(
        (each for each in migration.containers if each.get("name") == target(migration)), {}
    )
    return [
        each for each in container.get("portMappings", ()) if each.get("protocol", "tcp").lower() == "tcp"
    ]


def _ports(mappings: list[dict[str, Any]]) -> str:
    if not mappings:
        return "no TCP port"
    return f"the TCP ports {', '.join(str(each.get('containerPort')) for each in mappings)}"


def _without_setting(migration: Migration) -> Iterator[TargetLimit]:
    rule = rules(migration.stack)[0]
    if migration.stack.is_backend:
        text = (
            "the service is behind the internal load balancer, and no setting says whether that of Express Mode is"
            " internal: look at its scheme before you rely on it"
        )
        yield _by_hand(migration, "internal", migration.manifest.get("http"), text)
    connect = connected(migration)
    if connect is not None:
        yield _by_hand(migration, "service-connect", connect, f"Service Connect: {_BY_HAND}")
    yield from _of_rule(migration, rule)
    own = imported(migration.stack)
    if own is not None:
        yield _by_hand(migration, "alb", own, "it makes a load balancer of its own, and takes none of yours")
    yield from _of_count(migration)
    alarms = migration.manifest.get("deployment", "rollback_alarms")
    if alarms is not None:
        yield _by_hand(migration, "alarms", alarms, f"alarms that roll a deployment back: {_BY_HAND}")


def _of_rule(migration: Migration, rule: ListenerRule) -> Iterator[TargetLimit]:
    if rule.path != "/":
        text = (
            f"the path {rule.path}: every service gets a host name and all paths of it. Where several services share"
            f" a name, {_BY_HAND}"
        )
        yield _by_hand(migration, "path", rule.path_node, text)
    if rule.aliases:
        text = f"names of your own: {_BY_HAND} (a certificate, a rule of the listener, a record)"
        yield _by_hand(migration, "alias", rule.aliases[0], text)
    for field, what in _NO_SETTING.items():
        node = rule.section.get(field)
        if node is not None and not (field == "version" and _is_http1(node)):
            yield _by_hand(migration, field.replace("_", "-"), node, f"{what}: {_BY_HAND}")
    check = rule.section.get("healthcheck")
    others = [name for name in check.entries if name != "path"] if isinstance(check, Mapping) else []
    if others:
        text = f"{', '.join(others)} of the health check: {_BY_HAND}. The path is healthCheckPath"
        yield _by_hand(migration, "healthcheck", check, text)


def _is_http1(node: Node) -> bool:
    return str(getattr(node, "text", "")).lower() == "http1"


def _of_count(migration: Migration) -> Iterator[TargetLimit]:
    spot = uses_spot(migration)
    if spot is not None:
        yield _by_hand(migration, "spot", spot, f"Fargate Spot: {_BY_HAND}")
    section = scaling(migration.stack)
    found = list(metrics(section)) if section else []
    for field, node in found:
        if field not in _METRICS:
            text = f"{field}: it scales by CPU, memory or requests per target; further policies can be added by hand"
            yield _by_hand(migration, field.replace("_", "-"), node, text)
    known = [field for field, _ in found if field in _METRICS]
    if len(known) > 1:
        second = section.get(known[1]) if section else None
        yield _by_hand(
            migration,
            "metrics",
            second,
            f"it scales by one metric: choose one of {', '.join(known)}, and add the others by hand",
        )


def _blocked(migration: Migration, topic: str, node: Node | None, text: str) -> TargetLimit:
    return TargetLimit(topic, text, migration.place(node), blocks=True)


def _by_hand(migration: Migration, topic: str, node: Node | None, text: str) -> TargetLimit:
    return TargetLimit(topic, text, migration.place(node), blocks=False)

"""How requests reach the workload, and how it reaches others: load balancers, discovery, the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.environments.in_workspace import environment_files_of
from sidecar_lint.migration import own_names
from sidecar_lint.migration.inventory import InventoryItem, ItemKind, ItemRemark
from sidecar_lint.migration.migration import Migration, danger, note, to_do
from sidecar_lint.template.load_balancer import ListenerRule, imported, rules, target_group_id
from sidecar_lint.template.network import is_private, placement
from sidecar_lint.template.network_load_balancer import NetworkListener, listeners

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.environments.manifest import EnvironmentManifest
    from sidecar_lint.syntax.nodes import Node
    from sidecar_lint.template.routing import TrafficTarget

_SHARED: Final = (
    "the load balancer is a part of the environment's stack, which removes it with the last workload there that"
    " uses it: make one of your own, or keep such a workload until all have moved"
)

_OF_IMPORTED: Final = [
    note("the load balancer is yours and stays"),
    to_do(
        "the rule that lets it into the environment's security group goes with Copilot's stack: add one of your own then"
    ),
]
_OF_ENVIRONMENT: Final = (
    "they are a part of the environment's stack: do not delete the environment while anything runs in them"
)
_WHOSE: Final = (
    "find out whether the VPC is Copilot's (then it goes with the environment's stack) or imported"
)
_GATEWAYS: Final = (
    "the NAT gateways that Copilot made go with the last workload there that has placement: private. Tasks that are"
    " left in those subnets then reach neither registry nor logs: keep such a workload, or make gateways of your own"
)
_REACH: Final = (
    "the load balancer that Express Mode makes has a security group of its own: see that the environment's lets it"
    " reach the port of the tasks"
)


def environment(migration: Migration) -> EnvironmentManifest | None:
    """The manifest of the environment; None where there is none."""
    workload = migration.manifest.workload
    file = environment_files_of(workload.workspace).get(migration.manifest.environment) if workload else None
    return file.manifest if file is not None and not file.tree.unread else None


def load_balancers(migration: Migration) -> Iterator[InventoryItem]:
    """The rules of the Application Load Balancer, and the listeners of the Network Load Balancer."""
    own = imported(migration.stack)
    for rule in rules(migration.stack):
        shared = _OF_IMPORTED if own else [danger(_SHARED)]
        remarks = shared if rule.ordinal == 0 else []
        remarks += [*_dns(rule), *_health_check(migration, rule)]
        yield migration.item(ItemKind.LOAD_BALANCER, _described(rule), rule.path_node, *remarks)
    for listener in listeners(migration.stack):
        remarks = [
            danger("it is a part of Copilot's stack and is deleted with it: its address and its name go")
        ]
        yield migration.item(
            ItemKind.NETWORK_LOAD_BALANCER,
            _listener(listener),
            listener.port_node or listener.section,
            *remarks,
        )


def _described(rule: ListenerRule) -> str:
    hosts = ", ".join(alias.text for alias in rule.aliases)
    return f"{hosts}{rule.path} to {_container(rule.target)}"


def _health_check(migration: Migration, rule: ListenerRule) -> Iterator[ItemRemark]:
    """What is asked of the container: Express Mode has another default (`/ping`) than Copilot (`/`)."""
    group = target_group_id(migration.stack, rule.ordinal)
    path = migration.template.get("Resources", group, "Properties", "HealthCheckPath")
    if migration.is_express and rule.ordinal == 0:
        yield to_do(
            f"give healthCheckPath, {path.text if path and path.text else '/'}: Express Mode asks for /ping where it is missing"
        )


def _container(target: TrafficTarget) -> str:
    return target.container if target.port is None else f"{target.container}:{target.port}"


def _dns(rule: ListenerRule) -> Iterator[ItemRemark]:
    if rule.aliases:
        yield to_do(
            "the records of these names point at Copilot's load balancer: lower their TTL first, and move them last"
        )


def _listener(listener: NetworkListener) -> str:
    port = listener.port_node.text if listener.port_node else "?"
    return f"{port} to {_container(listener.target)}"


def discovery(migration: Migration) -> Iterator[InventoryItem]:
    """The names under which other services find this one."""
    stack = migration.stack
    if _is_registered(migration):
        yield migration.item(
            ItemKind.DISCOVERY,
            f"{stack.name}.{stack.discovery_endpoint}",
            None,
            danger(
                "the name goes with Copilot's stack, and its namespace with the environment's: who calls it has to be"
                f" told another one first{_new_name(migration)}"
            ),
        )
    node = connected(migration)
    if node is not None:
        yield migration.item(
            ItemKind.SERVICE_CONNECT,
            "network.connect",
            node,
            to_do(
                "the namespace is Copilot's: services on either side have to be in one namespace, so move those that"
                " call each other together"
            ),
        )


def _new_name(migration: Migration) -> str:
    """Express Mode registers none."""
    if migration.is_express:
        return ""
    return f" ({own_names.discovery(migration)}.{migration.stack.discovery_endpoint})"


def _is_registered(migration: Migration) -> bool:
    """Whether its tasks have a name: those of a service with a port."""
    port = migration.template.parameter_values.get("TargetPort")
    return migration.stack.is_load_balanced or (port is not None and port.text != "-1")


def connected(migration: Migration) -> Node | None:
    """What turns Service Connect on; None where it is off."""
    found = migration.template.get(
        "Resources", "Service", "Properties", "ServiceConnectConfiguration", "Enabled"
    )
    on = found is not None and found.value is True
    return migration.manifest.get("network", "connect") if on else None


def is_imported(migration: Migration) -> bool:
    """Whether the environment is in a network of the user's."""
    found = environment(migration)
    return found is not None and found.vpc.id is not None


def network(migration: Migration) -> Iterator[InventoryItem]:
    """The network in which the tasks run."""
    found = environment(migration)
    vpc = found.vpc.id if found else None
    if found is not None and vpc is not None:
        remarks = [note("the VPC is yours and stays; the environment's security group does not")]
        remarks += [to_do(_REACH)] if migration.is_express else []
        yield migration.item(ItemKind.NETWORK, "imported VPC", vpc, *remarks, source=found.file.source)
        return
    remarks = [danger(_OF_ENVIRONMENT) if found else to_do(_WHOSE)]
    remarks += [danger(_GATEWAYS)] if is_private(migration.stack) else []
    remarks += [to_do(_REACH)] if migration.is_express else []
    name = "VPC, subnets and security group of the environment"
    yield migration.item(ItemKind.NETWORK, name, placement(migration.stack), *remarks)

"""The ECS service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.syntax.nodes import Mapping, Scalar
from sidecar_lint.template import network_load_balancer as nlb
from sidecar_lint.template.containers.log_configuration import AWSLOGS
from sidecar_lint.template.count import capacity_providers, scaling
from sidecar_lint.template.decoding import items, scalar, seconds
from sidecar_lint.template.intrinsics import CLUSTER, NO_VALUE, WORKLOAD, get_att, if_, join, ref
from sidecar_lint.template.load_balancer import rule_ids, rules, target_group_id
from sidecar_lint.template.network import assign_public_ip, security_groups, subnets
from sidecar_lint.template.platform import platform_version
from sidecar_lint.template.rereading import unquoted
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.resources.rollback_alarms import alarm_name, own_alarms
from sidecar_lint.template.routing import TrafficTarget, service_connect_target
from sidecar_lint.template.values import Lazy, Sourced, Value, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.template.stack import Stack

_DESCRIPTION: Final = "An ECS service to run and maintain your tasks in the environment cluster"
_GRACE_PERIOD: Final = 60
_NO_ALARMS: Final[Value] = if_("IsGovCloud", NO_VALUE, {"Enable": False, "AlarmNames": [], "Rollback": True})
_NOT_CONNECTED: Final[Value] = if_("IsGovCloud", NO_VALUE, {"Enabled": False})
_REGISTRY: Final[dict[str, Value]] = {
    "RegistryArn": get_att("DiscoveryService.Arn"),
    "Port": ref("TargetPort"),
}
_IF_EXPOSED: Final[Value] = if_("ExposePort", [_REGISTRY])


def service(stack: Stack) -> Resources:
    """`Service`."""
    depends_on = Lazy(lambda: list(_depends_on(stack)))
    kind = "AWS::ECS::Service"
    yield "Service", resource(kind, lambda: _properties(stack), _DESCRIPTION, depends_on=depends_on)


def _depends_on(stack: Stack) -> Iterator[Value]:
    if not stack.is_load_balanced:
        yield "EnvControllerAction"
    for rule in rules(stack):
        yield from rule_ids(stack, rule.ordinal)
    for listener in nlb.listeners(stack):
        yield listener.id


def _properties(stack: Stack) -> Value:
    providers = capacity_providers(stack)
    balancers = list(_load_balancers(stack))
    dynamic = scaling(stack)
    count = (
        Sourced(get_att("DynamicDesiredCountAction.DesiredCount"), dynamic) if dynamic else ref("TaskCount")
    )
    return present(
        {
            "PlatformVersion": platform_version(stack),
            "Cluster": CLUSTER,
            "TaskDefinition": ref("TaskDefinition"),
            "DesiredCount": count,
            "DeploymentConfiguration": _deployment(stack),
            "PropagateTags": "SERVICE",
            "EnableExecuteCommand": Sourced(True, stack.exec) if stack.exec else None,
            "LaunchType": None if providers else "FARGATE",
            "CapacityProviderStrategy": providers,
            "ServiceConnectConfiguration": _service_connect(stack),
            "NetworkConfiguration": {
                "AwsvpcConfiguration": {
                    "AssignPublicIp": assign_public_ip(stack),
                    "Subnets": subnets(stack),
                    "SecurityGroups": security_groups(stack) or None,
                }
            },
            "HealthCheckGracePeriodSeconds": _grace_period(stack),
            "LoadBalancers": balancers or None,
            "ServiceRegistries": _registries(stack),
        }
    )


def _deployment(stack: Stack) -> Value:
    rolling = stack.manifest.scalar("deployment", "rolling")
    recreated = rolling is not None and rolling.text.lower() == "recreate"
    least, most = (0, 100) if recreated else (100, 200)
    return {
        "DeploymentCircuitBreaker": {"Enable": True, "Rollback": True},
        "MinimumHealthyPercent": Sourced(least, rolling) if rolling else least,
        "MaximumPercent": Sourced(most, rolling) if rolling else most,
        "Alarms": _alarms(stack),
    }


def _alarms(stack: Stack) -> Value:
    node = stack.manifest.get("deployment", "rollback_alarms")
    names: list[Value] = [Sourced(item.text, item) for item in items(node)]
    if isinstance(node, Mapping):
        names = [Sourced(alarm_name(stack, alarm), threshold) for alarm, threshold in own_alarms(stack)]
    return {"AlarmNames": names, "Enable": True, "Rollback": True} if names else _NO_ALARMS


def _service_connect(stack: Stack) -> Value:
    connect = stack.manifest.get("network", "connect")
    alias = scalar(connect, "alias") if isinstance(connect, Mapping) else None
    if alias is None and not (isinstance(connect, Scalar) and connect.as_bool):
        return _NOT_CONNECTED
    target = service_connect_target(stack)
    configuration: dict[str, Value] = {
        "Enabled": True,
        "Namespace": stack.discovery_endpoint,
        "LogConfiguration": AWSLOGS,
        "Services": [_connected(alias)] if target and target.port is not None else None,
    }
    return Sourced(present(configuration), connect) if connect else configuration


def _connected(alias: Scalar | None) -> Value:
    client: Value = {
        "Port": ref("TargetPort"),
        "DnsName": unquoted(alias) if alias and alias.text else WORKLOAD,
    }
    # Not the name that Service Discovery uses in the same namespace.
    return {"PortName": "target", "DiscoveryName": join("-", WORKLOAD, "sc"), "ClientAliases": [client]}


def _grace_period(stack: Stack) -> Value:
    if not (stack.is_load_balanced or rules(stack)):
        return None
    found = [seconds(section, "grace_period") for section in _health_checks(stack)]
    return next((each for each in found if each is not None), _GRACE_PERIOD)


def _health_checks(stack: Stack) -> Iterator[Mapping]:
    yield stack.manifest.mapping("http", "healthcheck")
    if stack.is_load_balanced:
        yield stack.manifest.mapping("nlb", "healthcheck")


def _load_balancers(stack: Stack) -> Iterator[Value]:
    for rule in rules(stack):
        yield _load_balancer(rule.target, target_group_id(stack, rule.ordinal))
    for listener in nlb.listeners(stack):
        yield _load_balancer(listener.target, listener.target_group_id)


def _load_balancer(target: TrafficTarget, group: str) -> Value:
    return {"ContainerName": target.name, "ContainerPort": target.number, "TargetGroupArn": ref(group)}


def _registries(stack: Stack) -> Value:
    if stack.is_load_balanced:
        return [_REGISTRY]
    return _IF_EXPOSED if stack.is_backend else NO_VALUE

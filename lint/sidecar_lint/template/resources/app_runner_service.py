"""The App Runner service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.template.app_runner import endpoint, has_vpc_connector, private, tags
from sidecar_lint.template.containers import environment, secrets
from sidecar_lint.template.intrinsics import (
    APPLICATION,
    ARN,
    ENVIRONMENT,
    VPC,
    WORKLOAD,
    get_att,
    if_,
    output_of_addons,
    ref,
    sub,
)
from sidecar_lint.template.rereading import unquoted
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.values import Sourced, Value, present
from sidecar_lint.workspace.addons import OutputKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.syntax.nodes import Node
    from sidecar_lint.template.stack import Stack

_DESCRIPTION: Final = "An App Runner service to run and manage your containers"
_INGRESS: Final = "The ingress connection from your environment to this service"
_OBSERVABILITY: Final[Value] = {
    "ObservabilityEnabled": True,
    "ObservabilityConfigurationArn": sub(
        "arn:aws:apprunner:${AWS::Region}:${AWS::AccountId}:observabilityconfiguration/"
        "DefaultConfiguration/1/00000000000000000000000000000001"
    ),
}
_CHECKED: Final = ("Path", "Interval", "Timeout", "HealthyThreshold", "UnhealthyThreshold")
_HEALTH_CHECK: Final[Value] = {
    "Protocol": "HTTP",
    **{name: if_(f"HasHealthCheck{name}", ref(f"HealthCheck{name}")) for name in _CHECKED},
}
_AUTHENTICATION: Final = if_("NeedsAccessRole", {"AccessRoleArn": get_att("AccessRole.Arn")})
_SCALING: Final = ARN + "apprunner:${AWS::Region}:${AWS::AccountId}:autoscalingconfiguration/"


def app_runner_service(stack: Stack) -> Resources:
    """`Service`, and the way into it where it is private."""
    yield "Service", resource("AWS::AppRunner::Service", lambda: _properties(stack), _DESCRIPTION)
    node = private(stack)
    if node is not None:
        kind = "AWS::AppRunner::VpcIngressConnection"
        yield "AppRunnerVpcIngressConnection", resource(kind, _ingress(stack, node), _INGRESS)


def _properties(stack: Stack) -> Value:
    manifest = stack.manifest
    count = manifest.scalar("count")
    return present(
        {
            "ServiceName": sub("${AppName}-${EnvName}-${WorkloadName}"),
            "SourceConfiguration": {
                "AuthenticationConfiguration": _AUTHENTICATION,
                "AutoDeploymentsEnabled": False,
                "ImageRepository": {
                    "ImageIdentifier": ref("ContainerImage"),
                    "ImageRepositoryType": ref("ImageRepositoryType"),
                    "ImageConfiguration": _image_configuration(stack),
                },
            },
            "InstanceConfiguration": {
                "Cpu": ref("InstanceCPU"),
                "Memory": ref("InstanceMemory"),
                "InstanceRoleArn": get_att("InstanceRole.Arn"),
            },
            "HealthCheckConfiguration": _health_check(stack),
            "NetworkConfiguration": _network(stack),
            "ObservabilityConfiguration": Sourced(_OBSERVABILITY, stack.tracing) if stack.tracing else None,
            "AutoScalingConfigurationArn": Sourced(sub(_SCALING + count.text), count) if count else None,
            "Tags": tags(stack),
        }
    )


def _image_configuration(stack: Stack) -> Value:
    manifest = stack.manifest
    command = manifest.scalar("command")
    own, added = secrets.secrets(manifest.mapping("secrets"), "Value"), secrets.from_addons(stack, "Value")
    configuration = {
        "Port": ref("ContainerPort"),
        "RuntimeEnvironmentSecrets": [*own, *added] or None,
        "RuntimeEnvironmentVariables": list(_variables(stack)),
        "StartCommand": unquoted(command) if command else None,
    }
    return present(configuration)


def _variables(stack: Stack) -> Iterator[Value]:
    yield {"Name": "COPILOT_APPLICATION_NAME", "Value": APPLICATION}
    yield {"Name": "COPILOT_ENVIRONMENT_NAME", "Value": ENVIRONMENT}
    yield {"Name": "COPILOT_SERVICE_NAME", "Value": WORKLOAD}
    if has_vpc_connector(stack):
        yield {"Name": "COPILOT_SERVICE_DISCOVERY_ENDPOINT", "Value": stack.discovery_endpoint}
    yield from environment.topic_arns(stack)
    yield from environment.variables(stack.manifest.mapping("variables"))
    yield from environment.from_addons(stack)
    for output in stack.addon_outputs(OutputKind.SECRET):
        entry = {"Name": f"{output.variable}_ARN", "Value": output_of_addons(output.name)}
        yield stack.from_addons(entry, output)


def _health_check(stack: Stack) -> Value:
    node = stack.manifest.get("http", "healthcheck")
    return Sourced(_HEALTH_CHECK, node) if node is not None else None


def _network(stack: Stack) -> Value:
    egress: Value = {"EgressType": "DEFAULT"}
    if has_vpc_connector(stack):
        egress = {"EgressType": "VPC", "VpcConnectorArn": ref("VpcConnector")}
    node = private(stack)
    ingress = Sourced({"IsPubliclyAccessible": False}, node) if node else None
    return present({"EgressConfiguration": egress, "IngressConfiguration": ingress})


def _ingress(stack: Stack, node: Node) -> Value:
    own = endpoint(stack)
    id_of: Value = unquoted(own) if own else get_att("EnvControllerAction.AppRunnerVpcEndpointId")
    properties: dict[str, Value] = {
        "ServiceArn": get_att("Service.ServiceArn"),
        "IngressVpcConfiguration": {"VpcId": VPC, "VpcEndpointId": id_of},
        "Tags": tags(stack),
    }
    return Sourced(properties, node)

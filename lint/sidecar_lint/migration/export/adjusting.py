"""What is different in resources of one's own: names that Copilot's have already, and what its functions found out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from sidecar_lint.migration.export.input_parameters import DESIRED_COUNT, SCHEDULE_STATE
from sidecar_lint.migration.logs import log_group_name
from sidecar_lint.migration.migration import Migration
from sidecar_lint.migration.own_names import OWN, discovery, family, log_group, state_machine
from sidecar_lint.template.load_balancer import target_group_id
from sidecar_lint.template.placeholders import placeholder
from sidecar_lint.template.stack import safe
from sidecar_lint.template.topics import subscribed

Properties = dict[str, Any]
_Adjust = Callable[[Migration, Properties], Properties]

_INTEGERS: Final = frozenset(("ContainerPort", "MaxCapacity", "MinCapacity", "Port"))
_ALARM: Final = re.compile("-CopilotRollback")


def adjusted(migration: Migration, resource: dict[str, Any]) -> dict[str, Any]:
    """A resource of Copilot's template, as it can stand beside Copilot's own."""
    properties = _numbers(resource.get("Properties") or {})
    adjust = _ADJUST.get(resource["Type"])
    made = adjust(migration, properties) if adjust else properties
    return {**resource, "Properties": _renamed(migration, made)} if made else resource


def _numbers(value: Any) -> Any:
    """Numbers that are texts, as parameters give them."""
    if isinstance(value, list):
        return [_numbers(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: int(child)
        if name in _INTEGERS and isinstance(child, str) and child.isdecimal()
        else _numbers(child)
        for name, child in value.items()
    }


def _renamed(migration: Migration, value: Any) -> Any:
    """A value that names the log group, topics and alarms of one's own."""
    if isinstance(value, dict):
        return {name: _renamed(migration, child) for name, child in value.items()}
    if isinstance(value, list):
        return [_renamed(migration, each) for each in value]
    if not isinstance(value, str):
        return value
    if value == log_group_name(migration.template):
        return log_group(migration)
    return _ALARM.sub("-Rollback", value)


def _service(_: Migration, properties: Properties) -> Properties:
    connect = properties.get("ServiceConnectConfiguration") or {}
    services = [
        {**each, "DiscoveryName": f"{each['DiscoveryName']}{OWN}"} if "DiscoveryName" in each else each
        for each in connect.get("Services") or ()
    ]
    made = {**properties, "DesiredCount": DESIRED_COUNT}
    if services:
        made["ServiceConnectConfiguration"] = {**connect, "Services": services}
    return made


def _listener_rule(_: Migration, properties: Properties) -> Properties:
    """Copilot finds a free priority with a function: here it is chosen, one for each listener and rule."""
    priority = str(properties.get("Priority", ""))
    ordinal = re.search(r"PRIORITY(\d+)>$", priority)
    listener = str(properties.get("ListenerArn", "")).strip("<>").removesuffix("_ARN")
    suffix = f"_{ordinal[1]}" if ordinal else ""
    return {**properties, "Priority": f"<{listener or 'LISTENER'}_RULE_PRIORITY{suffix}>"}


def _scalable_target(_: Migration, properties: Properties) -> Properties:
    """Application Auto Scaling has a role of its own for services of ECS."""
    return {name: each for name, each in properties.items() if name != "RoleARN"}


def _scaling_policy(migration: Migration, properties: Properties) -> Properties:
    """Copilot names the target group of an imported load balancer wrongly."""
    wrong = placeholder("TargetGroupTargetGroupFullName")
    right = placeholder(f"{target_group_id(migration.stack, 0)}TargetGroupFullName")
    made: Properties = _replaced(properties, wrong, right)
    return made


def _alarm(_: Migration, properties: Properties) -> Properties:
    dimensions = [
        {**each, "Value": "<SERVICE_NAME>"} if each.get("Name") == "ServiceName" else each
        for each in properties.get("Dimensions") or ()
    ]
    return {**properties, "Dimensions": dimensions}


def _discovery(migration: Migration, properties: Properties) -> Properties:
    """Two services of a namespace cannot have one name."""
    return {
        **properties,
        "Name": discovery(migration),
        "Description": f"Tasks of {family(migration)}",
    }


def _listener(_: Migration, properties: Properties) -> Properties:
    """The certificate of a Network Load Balancer is one that Copilot's function has found or made."""
    made: Properties = _replaced(properties, "<NLB_CERT_VALIDATOR_ACTION>", "<CERTIFICATE_ARN>")
    return made


def _access_point(_: Migration, properties: Properties) -> Properties:
    """With Copilot's token it would be Copilot's access point."""
    return {name: each for name, each in properties.items() if name != "ClientToken"}


def _topic(migration: Migration, properties: Properties) -> Properties:
    name = str(properties.get("TopicName", ""))
    return {**properties, "TopicName": f"{family(migration)}{name.removeprefix(migration.stack.full_name)}"}


def _queue_policy(migration: Migration, properties: Properties) -> Properties:
    """Copilot takes the dashes out of the names of some topics, which then may not send."""
    for topic in subscribed(migration.stack):
        prefix = f":{migration.stack.application}-{migration.stack.environment}-{topic.service}-"
        queues = properties.get("Queues") or ()
        if topic.queue is not None and placeholder(topic.queue_id) in queues:
            properties = _replaced(properties, f"{prefix}{safe(topic.name)}", f"{prefix}{topic.name}")
    return properties


def _rule(_: Migration, properties: Properties) -> Properties:
    return {**properties, "State": SCHEDULE_STATE}


def _state_machine(migration: Migration, properties: Properties) -> Properties:
    substitutions = dict(properties.get("DefinitionSubstitutions") or {})
    partition = substitutions.pop("Partition", "")
    subnets = str(substitutions.get("Subnets", ""))
    if subnets.endswith("_SUBNETS>"):  # one that is a list: the quotes around it are in the text already
        substitutions = {**substitutions, "Subnets": {"Fn::Join": ['","', [subnets]]}}
    definition = str(properties.get("DefinitionString", "")).rstrip()
    return {
        **properties,
        "StateMachineName": state_machine(migration),
        "DefinitionSubstitutions": substitutions,
        # cfn-lint knows `AWS::Partition`, and not what is put in its place.
        "DefinitionString": definition.replace("${Partition}", partition),
    }


def _replaced(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {name: _replaced(child, old, new) for name, child in value.items()}
    if isinstance(value, list):
        return [_replaced(each, old, new) for each in value]
    return new.join(value.split(old)) if isinstance(value, str) and value.endswith(old) else value


_ADJUST: Final[dict[str, _Adjust]] = {
    "AWS::ApplicationAutoScaling::ScalableTarget": _scalable_target,
    "AWS::ApplicationAutoScaling::ScalingPolicy": _scaling_policy,
    "AWS::CloudWatch::Alarm": _alarm,
    "AWS::ECS::Service": _service,
    "AWS::EFS::AccessPoint": _access_point,
    "AWS::ElasticLoadBalancingV2::Listener": _listener,
    "AWS::ElasticLoadBalancingV2::ListenerRule": _listener_rule,
    "AWS::Events::Rule": _rule,
    "AWS::SNS::Topic": _topic,
    "AWS::SQS::QueuePolicy": _queue_policy,
    "AWS::ServiceDiscovery::Service": _discovery,
    "AWS::StepFunctions::StateMachine": _state_machine,
}

"""What Terraform (hashicorp/aws) calls the resources around a task, and their arguments."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from sidecar_lint.migration.export.hcl import HclBody, HclExpression, HclJson
from sidecar_lint.migration.migration import Migration
from sidecar_lint.migration.own_names import LONGEST_ROLE, family, limited
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.workspace.addons import snake_case

Properties = dict[str, Any]
#: What follows the label, the type of the resource, and what is in it.
Blocks = Iterator[tuple[str, str, HclBody]]
_MakeBlocks = Callable[[Migration, Properties, str], Blocks]

#: How long the name of a rule of EventBridge may be.
_LONGEST_RULE: Final = 64
_NOT_IN_LABELS: Final = re.compile(r"[^a-z0-9_]+")
_SUBSTITUTION: Final = re.compile(r"\$\{(\w+)\}")


class TerraformConversion(NamedTuple):
    """The type of the resource that others refer to, and what makes the blocks."""

    kind: str
    blocks: _MakeBlocks


def label(logical_id: str) -> str:
    """The name of a resource: `HTTPListenerRule` is `http_listener_rule`, the service `this`."""
    if logical_id == "Service":
        return "this"
    made = _NOT_IN_LABELS.sub("_", snake_case(logical_id).lower())
    return made if made[:1].isalpha() else f"_{made}"


def snake(value: Properties, *names: str) -> Properties:
    """Arguments that are called as the properties, in snake case: all of them, or some."""
    chosen = {name: value.get(name) for name in names} if names else value
    return {snake_case(name).lower(): each for name, each in chosen.items()}


def _service(migration: Migration, properties: Properties, _: str) -> Blocks:
    deployment = properties.get("DeploymentConfiguration") or {}
    alarms = deployment.get("Alarms") or {}
    network = (properties.get("NetworkConfiguration") or {}).get("AwsvpcConfiguration") or {}
    body = HclBody(
        name=family(migration),
        cluster=properties.get("Cluster"),
        task_definition=properties.get("TaskDefinition"),
        desired_count=properties.get("DesiredCount"),
        launch_type=properties.get("LaunchType"),
        platform_version=properties.get("PlatformVersion"),
        propagate_tags=properties.get("PropagateTags"),
        enable_execute_command=properties.get("EnableExecuteCommand"),
        health_check_grace_period_seconds=properties.get("HealthCheckGracePeriodSeconds"),
        deployment_minimum_healthy_percent=deployment.get("MinimumHealthyPercent"),
        deployment_maximum_percent=deployment.get("MaximumPercent"),
        deployment_circuit_breaker=_body(deployment.get("DeploymentCircuitBreaker")),
        alarms=_body(alarms) if alarms.get("AlarmNames") else None,
        capacity_provider_strategy=_bodies(properties.get("CapacityProviderStrategy")),
        network_configuration=HclBody(
            subnets=network.get("Subnets"),
            security_groups=network.get("SecurityGroups"),
            assign_public_ip=network.get("AssignPublicIp") == "ENABLED",
        ),
        load_balancer=_bodies(properties.get("LoadBalancers")),
        service_registries=_bodies(properties.get("ServiceRegistries")),
        service_connect_configuration=_service_connect(properties.get("ServiceConnectConfiguration")),
    )
    # What scales the service changes the number, and so may whoever runs it.
    body["lifecycle"] = HclBody(ignore_changes=[HclExpression("desired_count")])
    yield "", "aws_ecs_service", body


def _service_connect(configuration: Any) -> HclBody | None:
    if not configuration or not configuration.get("Enabled"):
        return None
    logs = configuration.get("LogConfiguration")
    services = [
        HclBody(
            **snake(each, "PortName", "DiscoveryName"),
            client_alias=[
                HclBody(snake(alias, "Port", "DnsName")) for alias in each.get("ClientAliases") or ()
            ],
        )
        for each in configuration.get("Services") or ()
    ]
    return HclBody(
        enabled=True,
        namespace=configuration.get("Namespace"),
        log_configuration=HclBody(log_driver=logs.get("LogDriver"), options=logs.get("Options"))
        if logs
        else None,
        service=services,
    )


def _target_group(_: Migration, properties: Properties, __: str) -> Blocks:
    attributes = {each["Key"]: each["Value"] for each in properties.get("TargetGroupAttributes") or ()}
    is_network = properties.get("Protocol") not in ("HTTP", "HTTPS")
    check = {
        "path": properties.get("HealthCheckPath"),
        "port": properties.get("HealthCheckPort"),
        "protocol": properties.get("HealthCheckProtocol"),
        "matcher": (properties.get("Matcher") or {}).get("HttpCode"),
        "healthy_threshold": properties.get("HealthyThresholdCount"),
        "unhealthy_threshold": properties.get("UnhealthyThresholdCount"),
        "interval": properties.get("HealthCheckIntervalSeconds"),
        "timeout": properties.get("HealthCheckTimeoutSeconds"),
    }
    sticky = attributes.get("stickiness.enabled")
    stickiness = HclBody(enabled=sticky, type="source_ip" if is_network else "lb_cookie")
    yield (
        "",
        "aws_lb_target_group",
        HclBody(
            port=properties.get("Port"),
            protocol=properties.get("Protocol"),
            protocol_version=properties.get("ProtocolVersion"),
            target_type=properties.get("TargetType"),
            vpc_id=properties.get("VpcId"),
            deregistration_delay=attributes.get("deregistration_delay.timeout_seconds"),
            health_check=HclBody(check) if any(each is not None for each in check.values()) else None,
            stickiness=stickiness if sticky is not None else None,
        ),
    )


def _listener_rule(_: Migration, properties: Properties, __: str) -> Blocks:
    yield (
        "",
        "aws_lb_listener_rule",
        HclBody(
            listener_arn=properties.get("ListenerArn"),
            priority=properties.get("Priority"),
            action=_actions(properties.get("Actions")),
            condition=[_condition(each) for each in properties.get("Conditions") or ()],
        ),
    )


def _actions(found: Any) -> list[HclBody]:
    return [
        HclBody(
            type=each.get("Type"),
            target_group_arn=each.get("TargetGroupArn"),
            redirect=_redirect(each.get("RedirectConfig")),
        )
        for each in found or ()
    ]


def _redirect(found: Any) -> HclBody | None:
    return HclBody({**snake(found), "port": str(found.get("Port"))}) if found else None


def _condition(found: Properties) -> HclBody:
    """`path-pattern` has a `PathPatternConfig`, and is a block `path_pattern`; others alike."""
    field = str(found.get("Field"))
    config = f"{field.replace('-', ' ').title().replace(' ', '')}Config"
    values = (found.get(config) or {}).get("Values") or found.get("Values")
    return HclBody({field.replace("-", "_"): HclBody(values=values)})


def _listener(_: Migration, properties: Properties, __: str) -> Blocks:
    certificates = properties.get("Certificates") or [{}]
    yield (
        "",
        "aws_lb_listener",
        HclBody(
            **snake(properties, "LoadBalancerArn", "Port", "Protocol", "SslPolicy"),
            certificate_arn=certificates[0].get("CertificateArn"),
            default_action=_actions(properties.get("DefaultActions")),
        ),
    )


def _load_balancer(_: Migration, properties: Properties, __: str) -> Blocks:
    yield (
        "",
        "aws_lb",
        HclBody(
            load_balancer_type=properties.get("Type"),
            internal=properties.get("Scheme") != "internet-facing",
            subnets=properties.get("Subnets"),
            security_groups=properties.get("SecurityGroups"),
        ),
    )


def _security_group(_: Migration, properties: Properties, __: str) -> Blocks:
    everything = HclBody(from_port=0, to_port=0, protocol="-1", cidr_blocks=["0.0.0.0/0"])
    ingress = [
        HclBody(
            description=each.get("Description"),
            from_port=each.get("FromPort"),
            to_port=each.get("ToPort"),
            protocol=str(each.get("IpProtocol")).lower(),
            cidr_blocks=[each["CidrIp"]] if "CidrIp" in each else None,
        )
        for each in properties.get("SecurityGroupIngress") or ()
    ]
    yield (
        "",
        "aws_security_group",
        HclBody(
            description=properties.get("GroupDescription"),
            vpc_id=properties.get("VpcId"),
            ingress=ingress,
            egress=everything,
        ),
    )


def _ingress(_: Migration, properties: Properties, __: str) -> Blocks:
    yield (
        "",
        "aws_vpc_security_group_ingress_rule",
        HclBody(
            security_group_id=properties.get("GroupId"),
            referenced_security_group_id=properties.get("SourceSecurityGroupId"),
            ip_protocol=str(properties.get("IpProtocol")),
            description=properties.get("Description"),
        ),
    )


def _discovery(_: Migration, properties: Properties, __: str) -> Blocks:
    dns = properties.get("DnsConfig") or {}
    records = [HclBody(ttl=each.get("TTL"), type=each.get("Type")) for each in dns.get("DnsRecords") or ()]
    yield (
        "",
        "aws_service_discovery_service",
        HclBody(
            name=properties.get("Name"),
            description=properties.get("Description"),
            dns_config=HclBody(
                namespace_id=properties.get("NamespaceId"),
                routing_policy=dns.get("RoutingPolicy"),
                dns_records=records,
            ),
            health_check_custom_config=_body(properties.get("HealthCheckCustomConfig")),
        ),
    )


def _scalable_target(_: Migration, properties: Properties, __: str) -> Blocks:
    yield "", "aws_appautoscaling_target", HclBody(snake(properties))


def _scaling_policy(_: Migration, properties: Properties, __: str) -> Blocks:
    tracking = properties.get("TargetTrackingScalingPolicyConfiguration") or {}
    custom = tracking.get("CustomizedMetricSpecification")
    target = f"aws_appautoscaling_target.{label('AutoScalingTarget')}"
    yield (
        "",
        "aws_appautoscaling_policy",
        HclBody(
            name=properties.get("PolicyName"),
            policy_type=properties.get("PolicyType"),
            resource_id=HclExpression(f"{target}.resource_id"),
            scalable_dimension=HclExpression(f"{target}.scalable_dimension"),
            service_namespace=HclExpression(f"{target}.service_namespace"),
            target_tracking_scaling_policy_configuration=HclBody(
                target_value=tracking.get("TargetValue"),
                scale_in_cooldown=tracking.get("ScaleInCooldown"),
                scale_out_cooldown=tracking.get("ScaleOutCooldown"),
                predefined_metric_specification=_body(tracking.get("PredefinedMetricSpecification")),
                customized_metric_specification=_metric(custom) if custom else None,
            ),
        ),
    )


def _metric(found: Properties) -> HclBody:
    return HclBody(
        **snake(found, "MetricName", "Namespace", "Statistic", "Unit"),
        dimensions=_bodies(found.get("Dimensions")),
    )


def _alarm(_: Migration, properties: Properties, __: str) -> Blocks:
    dimensions = {each["Name"]: each["Value"] for each in properties.get("Dimensions") or ()}
    names = (
        "AlarmName",
        "AlarmDescription",
        "Namespace",
        "MetricName",
        "ComparisonOperator",
        "DatapointsToAlarm",
        "EvaluationPeriods",
        "Period",
        "Statistic",
        "Threshold",
        "Unit",
    )
    yield "", "aws_cloudwatch_metric_alarm", HclBody(**snake(properties, *names), dimensions=dimensions)


def _access_point(_: Migration, properties: Properties, __: str) -> Blocks:
    root = properties.get("RootDirectory") or {}
    yield (
        "",
        "aws_efs_access_point",
        HclBody(
            file_system_id=properties.get("FileSystemId"),
            posix_user=_body(properties.get("PosixUser")),
            root_directory=HclBody(path=root.get("Path"), creation_info=_body(root.get("CreationInfo"))),
        ),
    )


def _rule(migration: Migration, properties: Properties, name: str) -> Blocks:
    yield (
        "",
        "aws_cloudwatch_event_rule",
        HclBody(
            name=limited(family(migration), _LONGEST_RULE), **snake(properties, "ScheduleExpression", "State")
        ),
    )
    for target in properties.get("Targets") or ():
        rule = HclExpression(f"aws_cloudwatch_event_rule.{label(name)}.name")
        body = HclBody(rule=rule, target_id=target.get("Id"), **snake(target, "Arn", "RoleArn"))
        yield f"_{label(str(target.get('Id')))}", "aws_cloudwatch_event_target", body


def _state_machine(_: Migration, properties: Properties, __: str) -> Blocks:
    logging = properties.get("LoggingConfiguration") or {}
    groups = [each["CloudWatchLogsLogGroup"]["LogGroupArn"] for each in logging.get("Destinations") or ()]
    yield (
        "",
        "aws_sfn_state_machine",
        HclBody(
            name=properties.get("StateMachineName"),
            role_arn=properties.get("RoleArn"),
            definition=HclJson(_definition(properties)),
            logging_configuration=HclBody(
                include_execution_data=logging.get("IncludeExecutionData"),
                level=logging.get("Level"),
                log_destination=f"{groups[0]}:*",
            )
            if groups
            else None,
        ),
    )


def _definition(properties: Properties) -> Any:
    """The state machine with what CloudFormation would put into it."""
    given = properties.get("DefinitionSubstitutions") or {}
    return _filled(json.loads(properties.get("DefinitionString", "{}")), given)


def _filled(value: Any, given: Properties) -> Any:
    """A value with substitutions filled in; one that is alone in a list stands for all of its items."""
    if isinstance(value, dict):
        return {name: _filled(child, given) for name, child in value.items()}
    if isinstance(value, str):
        return _SUBSTITUTION.sub(lambda found: given.get(found[1], found[0]), value)
    if not isinstance(value, list):
        return value
    only = _SUBSTITUTION.fullmatch(value[0]) if len(value) == 1 and isinstance(value[0], str) else None
    return _listed(given.get(only[1])) if only else [_filled(each, given) for each in value]


def _listed(substitution: Any) -> list[Any]:
    if isinstance(substitution, dict):
        items: list[Any] = substitution["Fn::Join"][1]
        return items
    return str(substitution or "").split('","')


def _queue(_: Migration, properties: Properties, __: str) -> Blocks:
    redrive = properties.get("RedrivePolicy")
    names = (
        "FifoQueue",
        "FifoThroughputLimit",
        "DeduplicationScope",
        "ContentBasedDeduplication",
        "KmsMasterKeyId",
    )
    yield (
        "",
        "aws_sqs_queue",
        HclBody(
            **snake(properties, *names),
            message_retention_seconds=properties.get("MessageRetentionPeriod"),
            delay_seconds=properties.get("DelaySeconds"),
            visibility_timeout_seconds=properties.get("VisibilityTimeout"),
            redrive_policy=HclJson(redrive) if redrive else None,
        ),
    )


def _queue_policy(_: Migration, properties: Properties, __: str) -> Blocks:
    policy = HclJson(properties.get("PolicyDocument"))
    for number, queue in enumerate(properties.get("Queues") or ()):
        yield _numbered(number), "aws_sqs_queue_policy", HclBody(queue_url=queue, policy=policy)


def _topic(_: Migration, properties: Properties, __: str) -> Blocks:
    names = ("FifoTopic", "ContentBasedDeduplication", "KmsMasterKeyId")
    yield "", "aws_sns_topic", HclBody(name=properties.get("TopicName"), **snake(properties, *names))


def _topic_policy(_: Migration, properties: Properties, __: str) -> Blocks:
    policy = HclJson(properties.get("PolicyDocument"))
    for number, topic in enumerate(properties.get("Topics") or ()):
        yield _numbered(number), "aws_sns_topic_policy", HclBody(arn=topic, policy=policy)


def _subscription(_: Migration, properties: Properties, __: str) -> Blocks:
    filters = properties.get("FilterPolicy")
    yield (
        "",
        "aws_sns_topic_subscription",
        HclBody(
            **snake(properties, "TopicArn", "Protocol", "Endpoint"),
            filter_policy=HclJson(filters) if filters is not None else None,
        ),
    )


def _key(_: Migration, properties: Properties, __: str) -> Blocks:
    yield "", "aws_kms_key", HclBody(policy=HclJson(properties.get("KeyPolicy")))


def _role(migration: Migration, properties: Properties, name: str) -> Blocks:
    trust = HclJson(properties.get("AssumeRolePolicyDocument"))
    full = limited(f"{family(migration)}-{label(name)}", LONGEST_ROLE)
    yield "", "aws_iam_role", HclBody(name=full, assume_role_policy=trust)
    for number, each in enumerate(properties.get("Policies") or ()):
        role = HclExpression(f"aws_iam_role.{label(name)}.id")
        body = HclBody(name=each.get("PolicyName"), role=role, policy=HclJson(each.get("PolicyDocument")))
        yield _numbered(number), "aws_iam_role_policy", body
    for number, arn in enumerate(properties.get("ManagedPolicyArns") or ()):
        role = HclExpression(f"aws_iam_role.{label(name)}.name")
        yield _numbered(number), "aws_iam_role_policy_attachment", HclBody(role=role, policy_arn=arn)


def _numbered(number: int) -> str:
    return f"_{number + 1}" if number else ""


def _body(found: Any) -> HclBody | None:
    return HclBody(snake(found)) if found else None


def _bodies(found: Any) -> list[HclBody]:
    return [HclBody(snake(each)) for each in found or ()]


RESOURCES: Final = {
    "AWS::ApplicationAutoScaling::ScalableTarget": TerraformConversion(
        "aws_appautoscaling_target", _scalable_target
    ),
    "AWS::ApplicationAutoScaling::ScalingPolicy": TerraformConversion(
        "aws_appautoscaling_policy", _scaling_policy
    ),
    "AWS::CloudWatch::Alarm": TerraformConversion("aws_cloudwatch_metric_alarm", _alarm),
    "AWS::EC2::SecurityGroup": TerraformConversion("aws_security_group", _security_group),
    "AWS::EC2::SecurityGroupIngress": TerraformConversion("aws_vpc_security_group_ingress_rule", _ingress),
    "AWS::ECS::Service": TerraformConversion("aws_ecs_service", _service),
    "AWS::EFS::AccessPoint": TerraformConversion("aws_efs_access_point", _access_point),
    "AWS::ElasticLoadBalancingV2::Listener": TerraformConversion("aws_lb_listener", _listener),
    "AWS::ElasticLoadBalancingV2::ListenerRule": TerraformConversion("aws_lb_listener_rule", _listener_rule),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": TerraformConversion("aws_lb", _load_balancer),
    "AWS::ElasticLoadBalancingV2::TargetGroup": TerraformConversion("aws_lb_target_group", _target_group),
    "AWS::Events::Rule": TerraformConversion("aws_cloudwatch_event_rule", _rule),
    "AWS::IAM::Role": TerraformConversion("aws_iam_role", _role),
    "AWS::KMS::Key": TerraformConversion("aws_kms_key", _key),
    "AWS::SNS::Subscription": TerraformConversion("aws_sns_topic_subscription", _subscription),
    "AWS::SNS::Topic": TerraformConversion("aws_sns_topic", _topic),
    "AWS::SNS::TopicPolicy": TerraformConversion("aws_sns_topic_policy", _topic_policy),
    "AWS::SQS::Queue": TerraformConversion("aws_sqs_queue", _queue),
    "AWS::SQS::QueuePolicy": TerraformConversion("aws_sqs_queue_policy", _queue_policy),
    "AWS::ServiceDiscovery::Service": TerraformConversion("aws_service_discovery_service", _discovery),
    "AWS::StepFunctions::StateMachine": TerraformConversion("aws_sfn_state_machine", _state_machine),
}

"""Where each part of a workload goes in each target: the names that their own references have for it."""

from __future__ import annotations

from typing import Final

from sidecar_lint.migration.inventory import ItemKind
from sidecar_lint.migration.target import MigrationTarget

#: By kind: for ECS's API, for the CDK (`aws_ecs` where nothing else is said), for Terraform.
_DESTINATIONS: Final = {
    ItemKind.SIZE: (
        "cpu, memory, runtimePlatform, ephemeralStorage",
        "FargateTaskDefinition: cpu, memoryLimitMiB, runtimePlatform, ephemeralStorageGiB",
        "aws_ecs_task_definition: cpu, memory, runtime_platform, ephemeral_storage",
    ),
    ItemKind.CONTAINER: ("containerDefinitions", "TaskDefinition.addContainer", "container_definitions"),
    ItemKind.LOG_ROUTER: (
        "containerDefinitions, with firelensConfiguration",
        "TaskDefinition.addFirelensLogRouter",
        "container_definitions, with firelensConfiguration",
    ),
    ItemKind.COLLECTOR: ("containerDefinitions", "TaskDefinition.addContainer", "container_definitions"),
    ItemKind.LOG_GROUP: (
        "a log group of your own (create-log-group, put-retention-policy)",
        "aws_logs.LogGroup",
        "aws_cloudwatch_log_group",
    ),
    ItemKind.VOLUME: ("volumes", "TaskDefinition.addVolume", "aws_ecs_task_definition: volume"),
    ItemKind.VARIABLES: (
        "environment of the container",
        "environment of addContainer",
        "environment in container_definitions",
    ),
    ItemKind.SECRET: (
        "secrets of the container",
        "Secret.fromSsmParameter, Secret.fromSecretsManager",
        "secrets in container_definitions",
    ),
    ItemKind.TASK_ROLE: (
        "taskRoleArn: a role of your own",
        "TaskDefinition.addToTaskRolePolicy",
        "aws_iam_role, task_role_arn",
    ),
    ItemKind.EXECUTION_ROLE: (
        "executionRoleArn: a role of your own",
        "TaskDefinition.addToExecutionRolePolicy",
        "aws_iam_role, execution_role_arn",
    ),
    ItemKind.ADDON: (
        "a stack of its own",
        "cloudformation_include.CfnInclude",
        "aws_cloudformation_stack, or a resource with an import block",
    ),
    ItemKind.NETWORK: (
        "networkConfiguration of the service",
        "aws_ec2.Vpc.fromLookup, vpcSubnets, securityGroups",
        "aws_ecs_service: network_configuration",
    ),
    ItemKind.LOAD_BALANCER: (
        "loadBalancers of the service, with a target group and a listener rule of your own",
        "aws_elasticloadbalancingv2, FargateService.registerLoadBalancerTargets",
        "aws_lb_target_group, aws_lb_listener_rule, aws_ecs_service: load_balancer",
    ),
    ItemKind.NETWORK_LOAD_BALANCER: (
        "loadBalancers of the service, with a network load balancer of your own",
        "aws_elasticloadbalancingv2.NetworkLoadBalancer",
        "aws_lb (network), aws_lb_target_group, aws_lb_listener",
    ),
    ItemKind.DISCOVERY: (
        "serviceRegistries of the service, with a Cloud Map service",
        "FargateService: cloudMapOptions",
        "aws_service_discovery_service, aws_ecs_service: service_registries",
    ),
    ItemKind.SERVICE_CONNECT: (
        "serviceConnectConfiguration of the service",
        "FargateService: serviceConnectConfiguration",
        "aws_ecs_service: service_connect_configuration",
    ),
    ItemKind.COUNT: (
        "desiredCount of the service",
        "FargateService: desiredCount",
        "aws_ecs_service: desired_count",
    ),
    ItemKind.SCALING: (
        "Application Auto Scaling: a scalable target and a policy",
        "FargateService.autoScaleTaskCount",
        "aws_appautoscaling_target, aws_appautoscaling_policy",
    ),
    ItemKind.ALARM: (
        "deploymentConfiguration.alarms of the service, with an alarm of your own",
        "FargateService: deploymentAlarms",
        "aws_cloudwatch_metric_alarm, aws_ecs_service: alarms",
    ),
    ItemKind.EXEC: (
        "enableExecuteCommand of the service",
        "FargateService: enableExecuteCommand",
        "aws_ecs_service: enable_execute_command",
    ),
    ItemKind.SCHEDULE: (
        "a rule of EventBridge that starts a state machine (Step Functions)",
        "aws_events.Rule, aws_stepfunctions_tasks.EcsRunTask",
        "aws_cloudwatch_event_rule, aws_sfn_state_machine",
    ),
    ItemKind.QUEUE: ("a queue of your own (SQS)", "aws_sqs.Queue", "aws_sqs_queue"),
    ItemKind.SUBSCRIPTION: (
        "a subscription of the queue (SNS)",
        "aws_sns_subscriptions.SqsSubscription",
        "aws_sns_topic_subscription",
    ),
    ItemKind.TOPIC: ("a topic of your own (SNS)", "aws_sns.Topic", "aws_sns_topic"),
    ItemKind.PIPELINE: (
        "a pipeline that registers the task definition and updates the service",
        "pipelines.CodePipeline, or a workflow that runs cdk deploy",
        "a workflow that runs terraform apply",
    ),
}
#: Where Express Mode has settings of its own.
_EXPRESS: Final = {
    ItemKind.NETWORK: "networkConfiguration: subnets, securityGroups",
    ItemKind.LOAD_BALANCER: "a load balancer that Express Mode makes; healthCheckPath",
    ItemKind.COUNT: "scalingTarget: minTaskCount, maxTaskCount",
    ItemKind.SCALING: "scalingTarget: autoScalingMetric, autoScalingTargetValue",
    ItemKind.PIPELINE: "a pipeline that registers the task definition and calls UpdateExpressGatewayService",
}
#: What Express Mode has no setting for; `express` says so.
_NOT_IN_EXPRESS: Final = frozenset(
    (
        ItemKind.NETWORK_LOAD_BALANCER,
        ItemKind.DISCOVERY,
        ItemKind.SERVICE_CONNECT,
        ItemKind.SCHEDULE,
        ItemKind.ALARM,
        ItemKind.EXEC,
    )
)


def destination(kind: ItemKind, target: MigrationTarget) -> str:
    """Where a kind of part goes."""
    ecs, cdk, terraform = _DESTINATIONS[kind]
    match target:
        case MigrationTarget.CDK:
            return cdk
        case MigrationTarget.TERRAFORM:
            return terraform
        case MigrationTarget.EXPRESS if kind in _NOT_IN_EXPRESS:
            return "no setting"
        case MigrationTarget.EXPRESS:
            return _EXPRESS.get(kind, ecs)
    return ecs

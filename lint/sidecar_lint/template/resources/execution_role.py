"""The role with which ECS starts the containers."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from sidecar_lint.template import iam
from sidecar_lint.template.intrinsics import ARN, FULL_NAME, if_, join, ref, sub
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.stack import Stack, safe
from sidecar_lint.template.values import Short, Value

_DESCRIPTION: Final = "An IAM Role for the Fargate agent to make AWS API calls on your behalf"
_SECRETS: Final = iam.policy(join("", *FULL_NAME, "SecretsPolicy"), *iam.READ_SECRETS)
_MANAGED: Final = [sub(f"{ARN}iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy")]
_ASSUMED: Final = iam.assumed_by("ecs-tasks.amazonaws.com")


def execution_role(stack: Stack) -> Resources:
    """`ExecutionRole`. It may read secrets and environment files, whether there are any or not."""
    yield "ExecutionRole", resource("AWS::IAM::Role", lambda: _properties(stack), _DESCRIPTION)


def _properties(stack: Stack) -> Value:
    policies = [_SECRETS, _MAIN]
    if stack.has_log_router:
        policies.append(_LOG_ROUTER)
    policies += [_read_sidecars_file(safe(sidecar.name)) for sidecar in stack.sidecars]
    return {"AssumeRolePolicyDocument": _ASSUMED, "Policies": policies, "ManagedPolicyArns": _MANAGED}


@lru_cache(maxsize=256)
def _read_sidecars_file(name: str) -> Value:
    return _read_file(f"HasEnvFileFor{name}", f"GetEnvFilePolicyFor{name}", f"EnvFileARNFor{name}")


def _read_file(condition: str, name: str, parameter: str) -> Value:
    """That an environment file may be read, if there is one."""
    arn = ref(parameter)
    bucket = Short("Select", [0, Short("Split", ["/", Short("Select", [5, Short("Split", [":", arn])])])])
    statements = (
        iam.allow(["s3:GetObject"], [arn]),
        iam.allow(["s3:GetBucketLocation"], [join("", "arn:", ref("AWS::Partition"), ":s3:::", bucket)]),
    )
    return if_(condition, iam.policy(join("", *FULL_NAME, name), *statements))


_MAIN: Final = _read_file("HasEnvFile", "GetEnvFilePolicy", "EnvFileARN")
_LOG_ROUTER: Final = _read_file("HasLoggingEnvFile", "GetLoggingEnvFilePolicy", "LoggingEnvFileARN")

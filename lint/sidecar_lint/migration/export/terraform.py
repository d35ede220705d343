"""A configuration of Terraform: log group, roles, task definition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sidecar_lint.migration.export.definition import own_log_group, task_definition
from sidecar_lint.migration.export.hcl import Writer, quoted
from sidecar_lint.migration.export.references import parts, references
from sidecar_lint.migration.logs import retention
from sidecar_lint.migration.migration import Migration
from sidecar_lint.migration.placeholders import command
from sidecar_lint.migration.roles import TRUST, Role, execution_role, task_role

_HEAD: Final = """\
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0"
    }
  }
}
"""
#: What Terraform knows itself, and what the configuration makes.
_BUILT_IN: Final = {
    "REGION": "data.aws_region.current.region",
    "ACCOUNT_ID": "data.aws_caller_identity.current.account_id",
    "PARTITION": "data.aws_partition.current.partition",
    "TASK_ROLE_ARN": "aws_iam_role.task.arn",
    "EXECUTION_ROLE_ARN": "aws_iam_role.execution.arn",
}
_DATA: Final = {
    "REGION": "aws_region",
    "ACCOUNT_ID": "aws_caller_identity",
    "PARTITION": "aws_partition",
}
#: What no variable may be called (Terraform's language, Input Variables).
_RESERVED: Final = frozenset(
    ("source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals")
)
#: The arguments of `aws_ecs_task_definition` by what the API calls them.
_ARGUMENTS: Final = {
    "family": "family",
    "cpu": "cpu",
    "memory": "memory",
    "networkMode": "network_mode",
    "requiresCompatibilities": "requires_compatibilities",
    "executionRoleArn": "execution_role_arn",
    "taskRoleArn": "task_role_arn",
    "pidMode": "pid_mode",
    "ipcMode": "ipc_mode",
    "enableFaultInjection": "enable_fault_injection",
}
_BLOCKS: Final = {"containerDefinitions", "volumes", "runtimePlatform", "ephemeralStorage"}


def terraform(migration: Migration) -> str:
    """The configuration; what only AWS knows are its variables."""
    return "\n".join(_Configuration(migration).blocks())


class _Configuration:
    def __init__(self, migration: Migration) -> None:
        self._migration = migration
        self._definition = task_definition(migration)
        self._roles = {"task": task_role(migration), "execution": execution_role(migration)}
        self._names = list(references(migration, [self._definition, *self._roles.values()]))
        self._writer = Writer(lambda text: parts(migration, text), _expression)

    def blocks(self) -> Iterator[str]:
        yield _HEAD
        for name, source in _DATA.items():
            if name in self._names:
                yield f'data "{source}" "current" {{}}\n'
        yield from (self._variable(name) for name in self._names if name not in _BUILT_IN)
        yield self._log_group()
        for name, role in self._roles.items():
            yield from self._role(name, role)
        yield self._task_definition()

    def _variable(self, name: str) -> str:
        how = command(self._migration, f"<{name}>") or "what you make yourself"
        return _block(
            f'variable "{_variable_name(name)}"', [("type", "string"), ("description", quoted(how))]
        )

    def _log_group(self) -> str:
        return _block(
            'resource "aws_cloudwatch_log_group" "this"',
            [
                ("name", self._writer.text(own_log_group(self._migration))),
                ("retention_in_days", str(retention(self._migration.template))),
                ("skip_destroy", "true"),
            ],
        )

    def _role(self, name: str, role: Role) -> Iterator[str]:
        full = f"{self._definition['family']}-{name}"
        yield _block(
            f'resource "aws_iam_role" "{name}"',
            [("name", self._writer.text(full)), ("assume_role_policy", self._json(TRUST))],
        )
        for number, policy in enumerate(role.policies, 1):
            arguments = [
                ("name", self._writer.text(policy.name)),
                ("role", f"aws_iam_role.{name}.id"),
                ("policy", self._json(policy.document)),
            ]
            yield _block(f'resource "aws_iam_role_policy" "{name}_{number}"', arguments)
        for number, arn in enumerate(role.managed, 1):
            arguments = [("role", f"aws_iam_role.{name}.name"), ("policy_arn", self._writer.text(arn))]
            yield _block(f'resource "aws_iam_role_policy_attachment" "{name}_{number}"', arguments)

    def _task_definition(self) -> str:
        made = self._definition
        lines = [
            (argument, self._writer.value(made[name], 2))
            for name, argument in _ARGUMENTS.items()
            if name in made
        ]
        lines.append(("container_definitions", self._json(made.get("containerDefinitions", []))))
        platform, storage = made.get("runtimePlatform"), made.get("ephemeralStorage")
        blocks = [self._inner("runtime_platform", _snake(platform))] if platform else []
        blocks += [self._inner("ephemeral_storage", {"size_in_gib": storage["sizeInGiB"]})] if storage else []
        blocks += [self._volume(each) for each in made.get("volumes", ())]
        blocks += [
            f"  # not carried over: {name}" for name in made if name not in _ARGUMENTS and name not in _BLOCKS
        ]
        return _block(
            'resource "aws_ecs_task_definition" "this"',
            [*lines, ("depends_on", "[aws_cloudwatch_log_group.this]")],
            blocks,
        )

    def _volume(self, volume: dict[str, Any]) -> str:
        efs = volume.get("efsVolumeConfiguration")
        if not efs:
            return self._inner("volume", {"name": volume.get("name")})
        authorization = efs.get("authorizationConfig") or {}
        lines = {
            "file_system_id": efs.get("fileSystemId"),
            "root_directory": efs.get("rootDirectory"),
            "transit_encryption": efs.get("transitEncryption"),
        }
        found = {name: each for name, each in lines.items() if each is not None}
        inner = self._inner("authorization_config", _snake(authorization), 6) if authorization else ""
        body = "\n".join(
            (
                self._inner("efs_volume_configuration", found, 4)[: -len("\n    }")],
                *([inner] if inner else []),
                "    }",
            )
        )
        return "\n".join((f"  volume {{\n    name = {self._writer.value(volume.get('name'))}", body, "  }"))

    def _inner(self, name: str, arguments: dict[str, Any], indent: int = 2) -> str:
        space = " " * indent
        lines = (
            f"{space}  {key} = {self._writer.value(each, indent + 2)}" for key, each in arguments.items()
        )
        return "\n".join((f"{space}{name} {{", *lines, f"{space}}}"))

    def _json(self, value: Any) -> str:
        return f"jsonencode({self._writer.value(value, 2)})"


def _expression(name: str) -> str:
    return _BUILT_IN.get(name) or f"var.{_variable_name(name)}"


def _variable_name(name: str) -> str:
    made = name.lower()
    return f"{made}_value" if made in _RESERVED else made


def _snake(value: dict[str, Any]) -> dict[str, Any]:
    from sidecar_lint.workspace.addons import snake_case

    return {snake_case(name).lower(): each for name, each in value.items()}


def _block(head: str, lines: list[tuple[str, str]], blocks: list[str] | None = None) -> str:
    width = max(len(name) for name, _ in lines)
    body = (f"  {name:<{width}} = {value}" for name, value in lines)
    return "\n".join((f"{head} {{", *body, *(f"\n{each}" for each in blocks or ()), "}")) + "\n"

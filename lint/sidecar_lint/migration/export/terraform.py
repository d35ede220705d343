"""A configuration of Terraform: the task, and what is around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.migration.export.attributes import ATTRIBUTES, TASK, attributes
from sidecar_lint.migration.export.definition import task_definition, with_own_topics
from sidecar_lint.migration.export.hcl import HclBody, HclExpression, HclJson, HclWriter, quoted
from sidecar_lint.migration.export.input_parameters import input_parameters
from sidecar_lint.migration.export.references import is_list, is_number, parts, references
from sidecar_lint.migration.export.resources import resources
from sidecar_lint.migration.export.terraform_resources import RESOURCES, label, snake
from sidecar_lint.migration.logs import retention
from sidecar_lint.migration.own_names import LONGEST_ROLE, limited, log_group
from sidecar_lint.migration.placeholders import explained
from sidecar_lint.migration.roles import TRUST, IamRole, execution_role, task_role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.migration.migration import Migration

#: `data.aws_region.current.region` came with version 6.
_PROVIDER: Final = HclBody(
    required_providers=HclBody(aws={"source": "hashicorp/aws", "version": ">= 6.0"}),
)
#: What Terraform is asked for, by placeholder: the kind of data, and its attribute.
_DATA: Final = {
    "REGION": ("aws_region", "region"),
    "ACCOUNT_ID": ("aws_caller_identity", "account_id"),
    "PARTITION": ("aws_partition", "partition"),
}
#: The resources of the task, by what CloudFormation's template calls them.
_TASK: Final = {
    "LogGroup": "aws_cloudwatch_log_group.this",
    "TaskRole": "aws_iam_role.task",
    "ExecutionRole": "aws_iam_role.execution",
    "TaskDefinition": "aws_ecs_task_definition.this",
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


def terraform(migration: Migration) -> dict[str, str]:
    """The configuration, and what is to be given to its variables: that is what only AWS knows."""
    made = _TerraformConfiguration(migration)
    return {"main.tf": "\n".join(made.blocks()), "variables.tfvars": made.given()}


class _TerraformConfiguration:
    def __init__(self, migration: Migration) -> None:
        self._migration = migration
        self._definition = with_own_topics(migration, task_definition(migration))
        self._roles = {"task": task_role(migration), "execution": execution_role(migration)}
        self._around = resources(migration)
        #: The expressions for what the configuration makes or asks for, by placeholder.
        self._known = {name: f"data.{kind}.current.{attribute}" for name, (kind, attribute) in _DATA.items()}
        written = {name: each for name, each in self._around.items() if each["Type"] in RESOURCES}
        for name, found in attributes(written).items():
            kind = TASK.get(found.resource) or written[found.resource]["Type"]
            self._known[name] = (
                f"{self._address(found.resource)}.{ATTRIBUTES.get(kind, {}).get(found.name, 'id')}"
            )
        documents = [self._definition, *self._roles.values(), written]
        self._names = list(references(migration, documents))
        self._writer = HclWriter(lambda text: parts(migration, text), self._expression, is_list)

    def blocks(self) -> Iterator[str]:
        yield self._block("terraform", _PROVIDER)
        for name, (kind, _) in _DATA.items():
            if name in self._names:
                yield self._block(f'data "{kind}" "current"', HclBody())
        yield from (self._variable(name) for name in self._names if name not in self._known)
        yield self._resource("aws_cloudwatch_log_group", "this", self._log_group())
        for name, role in self._roles.items():
            yield from self._role(name, role)
        yield self._resource("aws_ecs_task_definition", "this", self._task_definition())
        for name, resource in self._around.items():
            yield from self._of(name, resource)

    def given(self) -> str:
        """A value for each variable, to be filled in."""
        found = {_variable_name(name): self._given(name) for name in self._names if name not in self._known}
        return self._writer.assignments(found)

    def _given(self, name: str) -> Any:
        parameter = input_parameters(self._migration).get(name)
        if parameter is not None:
            return parameter.default
        value = HclExpression(quoted(f"<{name}>"))
        return [value] if is_list(name) else value

    def _block(self, head: str, body: HclBody) -> str:
        return f"{self._writer.block(head, body)}\n"

    def _resource(self, kind: str, name: str, body: HclBody) -> str:
        return self._block(f'resource "{kind}" "{name}"', body)

    def _variable(self, name: str) -> str:
        parameter = input_parameters(self._migration).get(name)
        if parameter is not None:
            kind = "number" if isinstance(parameter.default, int) else "string"
            body = HclBody(
                type=HclExpression(kind),
                default=parameter.default,
                description=HclExpression(quoted(parameter.description)),
            )
        else:
            kind = "list(string)" if is_list(name) else "number" if is_number(name) else "string"
            how = explained(self._migration, f"<{name}>")
            body = HclBody(type=HclExpression(kind), description=HclExpression(quoted(how)))
        return self._block(f'variable "{_variable_name(name)}"', body)

    def _log_group(self) -> HclBody:
        return HclBody(
            name=log_group(self._migration),
            retention_in_days=retention(self._migration.template),
            skip_destroy=True,
        )

    def _role(self, name: str, role: IamRole) -> Iterator[str]:
        full = limited(f"{self._definition['family']}-{name}", LONGEST_ROLE)
        yield self._resource("aws_iam_role", name, HclBody(name=full, assume_role_policy=HclJson(TRUST)))
        for number, policy in enumerate(role.policies, 1):
            body = HclBody(
                name=policy.name,
                role=HclExpression(f"aws_iam_role.{name}.id"),
                policy=HclJson(policy.document),
            )
            yield self._resource("aws_iam_role_policy", f"{name}_{number}", body)
        for number, arn in enumerate(role.managed, 1):
            body = HclBody(role=HclExpression(f"aws_iam_role.{name}.name"), policy_arn=arn)
            yield self._resource("aws_iam_role_policy_attachment", f"{name}_{number}", body)

    def _task_definition(self) -> HclBody:
        made = self._definition
        body = HclBody({argument: made[name] for name, argument in _ARGUMENTS.items() if name in made})
        body["container_definitions"] = HclJson(made.get("containerDefinitions", []))
        body["depends_on"] = [HclExpression("aws_cloudwatch_log_group.this")]
        if platform := made.get("runtimePlatform"):
            body["runtime_platform"] = HclBody(snake(platform))
        if storage := made.get("ephemeralStorage"):
            body["ephemeral_storage"] = HclBody(size_in_gib=storage["sizeInGiB"])
        body["volume"] = [_volume(each) for each in made.get("volumes", ())]
        return body

    def _of(self, name: str, resource: dict[str, Any]) -> Iterator[str]:
        """The blocks of a resource around the task."""
        form = RESOURCES.get(resource["Type"])
        if form is None:
            yield f"# not carried over: {quoted(name)} ({quoted(resource['Type'])})\n"
            return
        for suffix, kind, body in form.blocks(self._migration, resource["Properties"], name):
            if waits := [self._address(each) for each in resource.get("DependsOn", ())]:
                body["depends_on"] = [HclExpression(each) for each in waits]
            yield self._resource(kind, label(name) + suffix, body)

    def _address(self, name: str) -> str:
        if name in _TASK:
            return _TASK[name]
        return f"{RESOURCES[self._around[name]['Type']].kind}.{label(name)}"

    def _expression(self, name: str) -> str:
        return self._known.get(name) or f"var.{_variable_name(name)}"


def _volume(volume: dict[str, Any]) -> HclBody:
    efs = volume.get("efsVolumeConfiguration")
    body = HclBody(name=volume.get("name"))
    if efs:
        authorization = efs.get("authorizationConfig")
        body["efs_volume_configuration"] = HclBody(
            file_system_id=efs.get("fileSystemId"),
            root_directory=efs.get("rootDirectory"),
            transit_encryption=efs.get("transitEncryption"),
            authorization_config=HclBody(snake(authorization)) if authorization else None,
        )
    return body


def _variable_name(name: str) -> str:
    made = name.lower()
    return f"{made}_value" if made in _RESERVED else made

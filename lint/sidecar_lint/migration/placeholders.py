"""What only AWS knows, and the command that finds each: most of it stands in the task definition of today."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from typing import Any, Final

from sidecar_lint.migration.inventory import Placeholder
from sidecar_lint.migration.migration import Migration
from sidecar_lint.migration.roles import task_role
from sidecar_lint.template.placeholders import Steps, placeholder
from sidecar_lint.template.placeholders import placeholders as names_in

#: What is made anew, and so is not looked up.
_OWN: Final = frozenset(
    (
        "<EXECUTION_ROLE_ARN>",
        "<TASK_ROLE_ARN>",
        "<ENV_FILE_BUCKET>",
        "<INFRASTRUCTURE_ROLE_ARN>",
        "<TASK_DEFINITION_ARN>",
    )
)
_KNOWN: Final = {
    "<APPLICATION>": "copilot app ls",
    "<ENVIRONMENT>": "copilot env ls",
    "<ACCOUNT_ID>": "aws sts get-caller-identity --query Account --output text",
    "<PARTITION>": "aws sts get-caller-identity --query Arn --output text | cut -d: -f2",
    "<ACCESS_POINT_ARN>": 'aws efs describe-access-points --access-point-id "<ACCESS_POINT>"'
    ' --query "AccessPoints[0].AccessPointArn" --output text',
}
#: What the environment's stack exports, of what a service has.
_EXPORTS: Final = ("PublicSubnets", "PrivateSubnets", "EnvironmentSecurityGroup")


def placeholders(migration: Migration, documents: Iterable[object] = ()) -> Iterator[Placeholder]:
    """The placeholders of the task definition, then those of further documents, each once, with what finds it."""
    further = (name for document in documents for name in names_in(document))
    for name in dict.fromkeys((*migration.places, *further)):
        if name not in migration.own_texts:
            yield Placeholder(name, command(migration, name))


def command(migration: Migration, name: str) -> str:
    """The command that finds what a placeholder (`<NAME>`) stands for; empty where it is to be made first."""
    if name in _OWN:
        return ""
    if name in _KNOWN:
        return _KNOWN[name]
    if name == "<REGION>":
        return _region(migration)
    steps = migration.places.get(name)
    if steps is not None:
        return _of_task_definition(migration, steps)
    return _of_addons(migration, name) or _export(migration, name) or _of_role(migration, name)


def _region(migration: Migration) -> str:
    """Copilot keeps the region of an environment in a parameter of the application's account."""
    parameter = (
        f"/copilot/applications/{migration.stack.application}/environments/{migration.stack.environment}"
    )
    return f"aws ssm get-parameter --name {shlex.quote(parameter)} --query Parameter.Value --output text"


def _of_task_definition(migration: Migration, steps: Steps) -> str:
    """The same value in the task definition that Copilot has registered."""
    query = f"taskDefinition.{_query(migration.task, steps)}"
    return (
        f"aws ecs describe-task-definition --task-definition {shlex.quote(migration.stack.full_name)}"
        f" --query {_quoted(query)} --output text"
    )


def _of_addons(migration: Migration, name: str) -> str:
    """An output of the stack of the addons that Copilot has made."""
    workload = migration.manifest.workload
    outputs = workload.addons.outputs if workload else {}
    found = next((each for each in outputs if placeholder(f"Addons{each}") == name), None)
    if found is None:
        return ""
    query = f"Stacks[0].Outputs[?OutputKey=={_raw(found)}].OutputValue"
    stack = _physical_id(migration, "AddonsStack")
    return (
        f'aws cloudformation describe-stacks --stack-name "$({stack})" --query {_quoted(query)} --output text'
    )


def _export(migration: Migration, name: str) -> str:
    """What another stack exports; where the name of the export is not known, all there is to choose from."""
    if not name.startswith("<EXPORT_"):
        return ""
    prefix = f"{migration.stack.application}-{migration.stack.environment}"
    for export in _EXPORTS:
        if placeholder(f"Export {prefix}-{export}") == name:
            query = f"Exports[?Name=={_raw(f'{prefix}-{export}')}].Value"
            return f"aws cloudformation list-exports --query {_quoted(query)} --output text"
    return 'aws cloudformation list-exports --query "Exports[].[Name,Value]" --output text'


def _of_role(migration: Migration, name: str) -> str:
    """The policy of the task role that Copilot has made: what is nowhere else stands there."""
    policies = task_role(migration).policies
    policy = next((each for each in policies if name in names_in(each.document)), None)
    if policy is None:
        return ""
    role = _physical_id(migration, "TaskRole")
    wanted = shlex.quote(policy.name)
    return f'aws iam get-role-policy --role-name "$({role})" --policy-name {wanted} --query PolicyDocument'


def _physical_id(migration: Migration, resource: str) -> str:
    return (
        f"aws cloudformation describe-stack-resource --stack-name {shlex.quote(migration.stack.full_name)}"
        f" --logical-resource-id {resource} --query StackResourceDetail.PhysicalResourceId --output text"
    )


def _quoted(text: str) -> str:
    """An argument for a shell, in double quotes where nothing in these means anything."""
    return shlex.quote(text) if set(text) & set('"$`\\!') else f'"{text}"'


def _query(value: Any, steps: Steps) -> str:
    """A JMESPath to a value; an item of a list is found by its name, as others may stand before it there."""
    made = ""
    for step in steps:
        value = value[step]
        if isinstance(step, str):
            made += f".{step}" if made else step
        elif isinstance(value, dict) and "name" in value:
            made += f"[?name=={_raw(value['name'])}] | [0]"
        else:
            made += f"[{step}]"
    return made


def _raw(text: str) -> str:
    """A raw string of JMESPath."""
    escaped = str(text).replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"

"""A template of CloudFormation, which the CDK takes with `CfnInclude`: log group, roles, task definition."""

from __future__ import annotations

from typing import Any, Final

from sidecar_lint.escaping import json_document
from sidecar_lint.migration.export.definition import own_log_group, task_definition
from sidecar_lint.migration.export.references import Reference, parts, references
from sidecar_lint.migration.logs import retention
from sidecar_lint.migration.migration import Migration
from sidecar_lint.migration.placeholders import command
from sidecar_lint.migration.roles import TRUST, Role, execution_role, task_role
from sidecar_lint.template.task_definition_input import FREE, property_name

#: What CloudFormation knows itself, and what the template makes.
_BUILT_IN: Final = {
    "REGION": "AWS::Region",
    "ACCOUNT_ID": "AWS::AccountId",
    "PARTITION": "AWS::Partition",
    "TASK_ROLE_ARN": "TaskRole.Arn",
    "EXECUTION_ROLE_ARN": "ExecutionRole.Arn",
}
_LONGEST_DESCRIPTION: Final = 4000


def cloudformation(migration: Migration) -> str:
    """The template as JSON; what only AWS knows are its parameters."""
    definition = _task_properties(task_definition(migration))
    roles = {"TaskRole": task_role(migration), "ExecutionRole": execution_role(migration)}
    log_group = _log_group(migration)
    names = list(references(migration, [log_group, definition, *roles.values()]))
    writer = _Writer(migration, _parameters(names))
    resources = {
        "LogGroup": writer.value(log_group),
        **{name: writer.value(_role(role)) for name, role in roles.items()},
        "TaskDefinition": {
            "Type": "AWS::ECS::TaskDefinition",
            "DependsOn": ["LogGroup"],
            "Properties": writer.value(definition),
        },
    }
    template = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "A task as Copilot had it, with roles and a log group of its own",
        "Parameters": {
            parameter: {"Type": "String", "Description": _description(migration, name)}
            for name, parameter in writer.parameters.items()
        },
        "Resources": resources,
        "Outputs": {"TaskDefinitionArn": {"Value": {"Ref": "TaskDefinition"}}},
    }
    return f"{json_document({name: each for name, each in template.items() if each}, indent=2)}\n"


def _log_group(migration: Migration) -> dict[str, Any]:
    return {
        "Type": "AWS::Logs::LogGroup",
        "DeletionPolicy": "Retain",
        "UpdateReplacePolicy": "Retain",
        "Properties": {
            "LogGroupName": own_log_group(migration),
            "RetentionInDays": retention(migration.template),
        },
    }


def _role(role: Role) -> dict[str, Any]:
    properties: dict[str, Any] = {"AssumeRolePolicyDocument": TRUST}
    if role.managed:
        properties["ManagedPolicyArns"] = list(role.managed)
    if role.policies:
        properties["Policies"] = [
            {"PolicyName": each.name, "PolicyDocument": each.document} for each in role.policies
        ]
    return {"Type": "AWS::IAM::Role", "Properties": properties}


def _parameters(names: list[str]) -> dict[str, str]:
    """The names of parameters by those of placeholders; none is that of a resource."""
    taken = {"LogGroup", "TaskRole", "ExecutionRole", "TaskDefinition"}
    found: dict[str, str] = {}
    for name in names:
        if name not in _BUILT_IN:
            made = "".join(word.capitalize() for word in name.split("_"))
            while made in taken:
                made += "Value"
            taken.add(made)
            found[name] = made
    return found


def _description(migration: Migration, name: str) -> str:
    return (command(migration, f"<{name}>") or "what you make yourself")[:_LONGEST_DESCRIPTION]


def _task_properties(value: Any) -> Any:
    """A task definition of the API with the names that CloudFormation has for its properties."""
    if isinstance(value, list):
        return [_task_properties(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        property_name(name): child if name in FREE else _task_properties(child)
        for name, child in value.items()
    }


class _Writer:
    """Puts functions of CloudFormation where placeholders are."""

    def __init__(self, migration: Migration, parameters: dict[str, str]) -> None:
        self._migration = migration
        self.parameters = parameters

    def value(self, value: Any) -> Any:
        """A value with nothing in it but what CloudFormation knows."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, dict):
            return {name: self.value(child) for name, child in value.items()}
        return [self.value(each) for each in value] if isinstance(value, (list, tuple)) else value

    def _text(self, text: str) -> Any:
        found = parts(self._migration, text)
        # What looks like a reference and is none is refused by cfn-lint outside of `Fn::Sub`.
        if not any(isinstance(each, Reference) for each in found) and "${" not in text:
            return text
        if len(found) == 1 and isinstance(found[0], Reference):
            name = self._name(found[0])
            return {"Fn::GetAtt": name.split(".")} if "." in name else {"Ref": name}
        made = (
            f"${{{self._name(each)}}}" if isinstance(each, Reference) else _literal(each) for each in found
        )
        return {"Fn::Sub": "".join(made)}

    def _name(self, reference: Reference) -> str:
        return _BUILT_IN.get(reference.name) or self.parameters[reference.name]


def _literal(text: str) -> str:
    """A text that `Fn::Sub` leaves as it is."""
    return text.replace("${", "${!")

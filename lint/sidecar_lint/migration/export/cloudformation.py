"""A template of CloudFormation, which the CDK takes with `CfnInclude`: the task, and what is around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.migration.export.attributes import TASK, attributes
from sidecar_lint.migration.export.definition import task_definition, with_own_topics
from sidecar_lint.migration.export.input_parameters import input_parameters
from sidecar_lint.migration.export.references import (
    PlaceholderReference,
    is_list,
    is_number,
    only_reference,
    parts,
    references,
)
from sidecar_lint.migration.export.resources import resources
from sidecar_lint.migration.logs import retention
from sidecar_lint.migration.own_names import log_group
from sidecar_lint.migration.placeholders import explained
from sidecar_lint.migration.roles import TRUST, IamRole, execution_role, task_role
from sidecar_lint.rendering.rendering import json_text
from sidecar_lint.template.task_definition_input import FREE, property_name

if TYPE_CHECKING:
    from sidecar_lint.migration.migration import Migration

#: What CloudFormation knows itself.
_PSEUDO: Final = {
    "REGION": "AWS::Region",
    "ACCOUNT_ID": "AWS::AccountId",
    "PARTITION": "AWS::Partition",
}
_TYPES: Final = {
    "VPC_ID": "AWS::EC2::VPC::Id",
    "ENVIRONMENT_SECURITY_GROUP": "AWS::EC2::SecurityGroup::Id",
}
_LISTS: Final = "List<AWS::EC2::Subnet::Id>"
_LONGEST_DESCRIPTION: Final = 4000


def cloudformation(migration: Migration) -> dict[str, str]:
    """The template as JSON, and what is to be given to its parameters: that is what only AWS knows."""
    made = {**_task(migration), **resources(migration)}
    names = list(references(migration, list(made.values())))
    writer = _FunctionWriter(migration, made, names)
    parameters = {parameter: _parameter(migration, name) for name, parameter in writer.parameters.items()}
    template = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": f"The {migration.stack.kind} {migration.stack.name} as Copilot had it"[:1024],
        "Parameters": parameters,
        "Resources": writer.value(made),
        "Outputs": {"TaskDefinitionArn": {"Value": {"Ref": "TaskDefinition"}}},
    }
    given = [
        {"ParameterKey": parameter, "ParameterValue": str(parameters[parameter].get("Default", f"<{name}>"))}
        for name, parameter in writer.parameters.items()
    ]
    return {
        "template.json": json_text({name: each for name, each in template.items() if each}),
        "parameters.json": json_text(given),
    }


def _task(migration: Migration) -> dict[str, dict[str, Any]]:
    """The task, by what `attributes.TASK` calls its resources."""
    definition = with_own_topics(migration, task_definition(migration))
    made = {
        "LogGroup": _log_group(migration),
        "TaskRole": _role(task_role(migration)),
        "ExecutionRole": _role(execution_role(migration)),
        "TaskDefinition": {"DependsOn": ["LogGroup"], "Properties": _task_properties(definition)},
    }
    return {name: {"Type": TASK[name], **each} for name, each in made.items()}


def _log_group(migration: Migration) -> dict[str, Any]:
    return {
        "DeletionPolicy": "Retain",
        "UpdateReplacePolicy": "Retain",
        "Properties": {
            "LogGroupName": log_group(migration),
            "RetentionInDays": retention(migration.template),
        },
    }


def _role(role: IamRole) -> dict[str, Any]:
    properties: dict[str, Any] = {"AssumeRolePolicyDocument": TRUST}
    if role.managed:
        properties["ManagedPolicyArns"] = list(role.managed)
    if role.policies:
        properties["Policies"] = [
            {"PolicyName": each.name, "PolicyDocument": each.document} for each in role.policies
        ]
    return {"Properties": properties}


def _parameter(migration: Migration, name: str) -> dict[str, Any]:
    """A parameter: what is to be chosen has a default, what is to be found the command that finds it."""
    parameter = input_parameters(migration).get(name)
    if parameter is not None:
        kind = "Number" if isinstance(parameter.default, int) else "String"
        return {"Type": kind, "Default": parameter.default, "Description": parameter.description}
    found = explained(migration, f"<{name}>")[:_LONGEST_DESCRIPTION]
    return {"Type": _type(name), "Description": found}


def _type(name: str) -> str:
    if is_list(name):
        return _LISTS
    return "Number" if is_number(name) else _TYPES.get(name, "String")


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


class _FunctionWriter:
    """Puts functions of CloudFormation where placeholders are."""

    def __init__(self, migration: Migration, resources: dict[str, Any], names: list[str]) -> None:
        self._migration = migration
        self._known = dict(_PSEUDO)
        for name, attribute in attributes(resources).items():
            self._known[name] = ".".join(filter(None, attribute))
        #: The names of parameters by those of placeholders; none is that of a resource.
        self.parameters: dict[str, str] = {}
        taken = set(resources)
        for name in names:
            if name not in self._known:
                made = "".join(word.capitalize() for word in name.split("_"))
                while made in taken:
                    made += "Value"
                taken.add(made)
                self.parameters[name] = made

    def value(self, value: Any) -> Any:
        """A value with nothing in it but what CloudFormation knows."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, dict):
            return {name: self.value(child) for name, child in value.items()}
        if not isinstance(value, (list, tuple)):
            return value
        found = [self.value(each) for each in value]
        name = only_reference(self._migration, value)
        return found[0] if name and is_list(name) else found

    def _text(self, text: str) -> Any:
        found = parts(self._migration, text)
        # What looks like a reference and is none is refused by cfn-lint outside of `Fn::Sub`.
        if not any(isinstance(each, PlaceholderReference) for each in found) and "${" not in text:
            return text
        if len(found) == 1 and isinstance(found[0], PlaceholderReference):
            name = self._name(found[0])
            return {"Fn::GetAtt": name.split(".")} if "." in name else {"Ref": name}
        made = (
            f"${{{self._name(each)}}}" if isinstance(each, PlaceholderReference) else _literal(each)
            for each in found
        )
        return {"Fn::Sub": "".join(made)}

    def _name(self, reference: PlaceholderReference) -> str:
        return self._known.get(reference.name) or self.parameters[reference.name]


def _literal(text: str) -> str:
    """A text that `Fn::Sub` leaves as it is."""
    return text.replace("${", "${!")

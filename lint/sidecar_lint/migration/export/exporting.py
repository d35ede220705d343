"""The files of a workload in an environment, in the form of its target."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.migration.export.addons import addons_template
from sidecar_lint.migration.export.attributes import attributes
from sidecar_lint.migration.export.cloudformation import cloudformation
from sidecar_lint.migration.export.definition import task_definition
from sidecar_lint.migration.export.express import express_service
from sidecar_lint.migration.export.input_parameters import input_parameters
from sidecar_lint.migration.export.references import references
from sidecar_lint.migration.export.resources import resources
from sidecar_lint.migration.export.terraform import terraform
from sidecar_lint.migration.roles import TRUST, execution_role, statements, task_role
from sidecar_lint.migration.target import MigrationTarget
from sidecar_lint.rendering.rendering import json_text

if TYPE_CHECKING:
    from sidecar_lint.migration.migration import Migration

#: What CloudFormation and Terraform know themselves.
_PSEUDO: Final = {"<REGION>", "<ACCOUNT_ID>", "<PARTITION>"}
_NOT_IN_NAMES: Final = re.compile(r"[^A-Za-z0-9_-]+")


def folder_name(migration: Migration) -> str:
    """A name for the folder of a workload in an environment, whatever these are called."""
    environment = migration.manifest.environment
    name = migration.stack.name if environment == "*" else f"{migration.stack.name}-{environment}"
    return _NOT_IN_NAMES.sub("-", name).strip("-")[:100] or "workload"


def exported(migration: Migration, *, blocked: bool) -> dict[str, str]:
    """The texts of the files by their names; none of the target's where the workload cannot go there."""
    files = {} if blocked else _FORMS[migration.target](migration)
    addons = addons_template(migration)
    return {**files, "addons.yml": addons} if addons else files


def unknown(migration: Migration, *, blocked: bool) -> list[str]:
    """The placeholders of the files, each once: what is to be found before these can be used."""
    if blocked:
        return _placeholders(migration, migration.task)
    task = [task_definition(migration), task_role(migration), execution_role(migration)]
    if migration.is_express:
        return _placeholders(migration, [*task, express_service(migration)])
    around = resources(migration)
    known = {*_PSEUDO, *(f"<{name}>" for name in (*attributes(around), *input_parameters(migration)))}
    asked = [each for each in _placeholders(migration, [task, around]) if each not in known]
    if migration.target is not MigrationTarget.ECS:
        return asked
    # The files for the API have placeholders for what the template makes or knows, too.
    return list(dict.fromkeys((*asked, *_placeholders(migration, task))))


def _placeholders(migration: Migration, value: object) -> list[str]:
    return [f"<{name}>" for name in references(migration, value)]


def _api(migration: Migration) -> dict[str, str]:
    """What is given to ECS and IAM by their APIs."""
    made = {
        "task-definition.json": task_definition(migration),
        "trust-policy.json": TRUST,
        "task-role-policy.json": statements(task_role(migration)),
        "execution-role-policy.json": statements(execution_role(migration)),
    }
    return {name: json_text(each) for name, each in made.items() if each.get("Statement", True)}


def _ecs(migration: Migration) -> dict[str, str]:
    return {**_api(migration), **cloudformation(migration)}


def _express(migration: Migration) -> dict[str, str]:
    return {**_api(migration), "express-service.json": json_text(express_service(migration))}


_FORMS: Final = {
    MigrationTarget.ECS: _ecs,
    MigrationTarget.EXPRESS: _express,
    MigrationTarget.CDK: cloudformation,
    MigrationTarget.TERRAFORM: terraform,
}

"""What only AWS knows, and the command that finds each: most of it stands in the task definition of today."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Any, Final

from sidecar_lint.migration.inventory import Placeholder
from sidecar_lint.migration.migration import Migration
from sidecar_lint.template.placeholders import placeholders as names_in

#: What is made anew, and so is not looked up.
_OWN_ROLES: Final = {
    "<EXECUTION_ROLE_ARN>": "executionRoleArn",
    "<TASK_ROLE_ARN>": "taskRoleArn",
}
_KNOWN: Final = {
    "<APPLICATION>": "copilot app ls",
    "<ENVIRONMENT>": "copilot env ls",
    "<ACCOUNT_ID>": "aws sts get-caller-identity --query Account --output text",
    "<PARTITION>": "aws sts get-caller-identity --query Arn --output text | cut -d: -f2",
}

Steps = tuple[str | int, ...]


def placeholders(migration: Migration) -> Iterator[Placeholder]:
    """The placeholders of the task definition, each once, with what finds it."""
    places: dict[str, Steps] = {}
    for name, steps in _places(migration.task, ()):
        places.setdefault(name, steps)
    for name, steps in places.items():
        yield Placeholder(name, _command(migration, name, steps))


def _command(migration: Migration, name: str, steps: Steps) -> str:
    if name in _OWN_ROLES:
        return ""
    if name in _KNOWN:
        return _KNOWN[name]
    if name == "<REGION>":
        return _region(migration)
    return _describe(migration, steps)


def _region(migration: Migration) -> str:
    """Copilot keeps the region of an environment in a parameter of the application's account."""
    parameter = (
        f"/copilot/applications/{migration.stack.application}/environments/{migration.stack.environment}"
    )
    return f"aws ssm get-parameter --name {shlex.quote(parameter)} --query Parameter.Value --output text"


def _describe(migration: Migration, steps: Steps) -> str:
    """The same value in the task definition that Copilot has registered."""
    query = f"taskDefinition.{_query(migration.task, steps)}"
    return (
        f"aws ecs describe-task-definition --task-definition {shlex.quote(migration.stack.full_name)}"
        f" --query {_quoted(query)} --output text"
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


def _places(value: Any, steps: Steps) -> Iterator[tuple[str, Steps]]:
    """The placeholders in a value, each with the way to the text that it stands in."""
    if isinstance(value, str):
        yield from ((name, steps) for name in names_in(value))
    elif isinstance(value, (dict, list)):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for step, child in pairs:
            yield from _places(child, (*steps, step))

"""The secrets of containers and of log drivers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.containers import Secret
from sidecar_lint.template.decoding import by_name
from sidecar_lint.template.intrinsics import ARN, import_value, output_of_addons
from sidecar_lint.template.rereading import quoted, unquoted
from sidecar_lint.template.values import NULL, Short, Sourced, Value
from sidecar_lint.workspace.addons import OutputKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.syntax.nodes import Mapping
    from sidecar_lint.template.stack import Stack

_SECRETS_MANAGER: Final = ARN + "secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:"


def secrets(section: Mapping, key: str = "ValueFrom") -> list[Value]:
    """The secrets of a section by name; `key` is what App Runner calls otherwise."""
    return [{"Name": unquoted(name), key: _value(Secret.of(name, node))} for name, node in by_name(section)]


def from_addons(stack: Stack, key: str = "ValueFrom") -> Iterator[Value]:
    """The outputs of addons that become secrets of the main container."""
    for output in stack.addon_outputs(OutputKind.SECRET):
        yield stack.from_addons({"Name": output.variable, key: output_of_addons(output.name)}, output)


def _value(secret: Secret) -> Value:
    value = secret.value
    if value is None or value.is_null:
        return Sourced(NULL, secret.node)
    if secret.form == "secretsmanager":
        return Short("Sub", quoted(_SECRETS_MANAGER + value.text, value))
    return import_value(Sourced(value.text, value)) if secret.form else unquoted(value)

"""Where the logs of containers go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.template.containers.secrets import secrets
from sidecar_lint.template.decoding import by_name, text_of
from sidecar_lint.template.intrinsics import ref
from sidecar_lint.template.rereading import NotYamlError, reread_key
from sidecar_lint.template.values import Sourced, Unreadable, Value, present

if TYPE_CHECKING:
    from sidecar_lint.syntax.nodes import Node, Scalar
    from sidecar_lint.template.stack import Stack

#: Into the workload's log group.
AWSLOGS: Final[Value] = {
    "LogDriver": "awslogs",
    "Options": {
        "awslogs-region": ref("AWS::Region"),
        "awslogs-group": ref("LogGroup"),
        "awslogs-stream-prefix": "copilot",
    },
}


def log_configuration(stack: Stack) -> Value:
    """That of the main container: FireLens, where `logging` asks for it."""
    if not stack.has_log_router:
        return AWSLOGS
    manifest = stack.manifest
    destination = by_name(manifest.mapping("logging", "destination"))
    configuration = {
        "LogDriver": "awsfirelens",
        "Options": dict(_option(key, node) for key, node in destination) or None,
        "SecretOptions": secrets(manifest.mapping("logging", "secretOptions")) or None,
    }
    return Sourced(present(configuration), manifest.mapping("logging"))


def _option(key: Scalar, node: Node) -> tuple[str, Value]:
    """An option, whose name Copilot writes as an unquoted key."""
    try:
        name = reread_key(key.text)
    except NotYamlError:
        return key.text, Unreadable(key.text, key, key.text)
    return name if isinstance(name, str) else key.text, text_of(node)

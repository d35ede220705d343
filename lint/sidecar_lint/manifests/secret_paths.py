"""`/copilot/<application>/<environment>/secrets/<name>`: how `copilot secret init` names a parameter.

Source: internal/pkg/cli/secret_init.go, fmtSecretParameterName.
"""

from __future__ import annotations

import re
from typing import Final

from sidecar_lint.manifests.interpolation import APPLICATION, ENVIRONMENT
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Node, Scalar

_ARN = r"(?:arn:[^:]*:ssm:[^:]*:[^:]*:parameter)?"
_PATH: Final = rf"{_ARN}/copilot/([^/]+)/([^/]+)/secrets/([A-Za-z0-9_.\-/]+)"
#: How `copilot secret init` says to write one, for whichever environment.
_USUAL: Final = (
    rf"/copilot/(?:\$\{{{APPLICATION}\}}|[A-Za-z0-9-]+)/\$\{{{ENVIRONMENT}\}}/secrets/[A-Za-z0-9_.-]+"
)
_VARIABLES: Final = {"${" + APPLICATION + "}", "${" + ENVIRONMENT + "}"}


class SecretPath(NamedTuple):
    """What a parameter belongs to, and its name.

    `application` and `environment` are None where a variable stands for them: Copilot's own, for
    those that the manifest is deployed to.
    """

    application: str | None
    environment: str | None
    name: str


def is_usual(secret: Node) -> bool:
    """Whether a secret is written as `copilot secret init` says, with a variable for the environment."""
    written = (secret.text, secret.template or "") if isinstance(secret, Scalar) else ("",)
    return all(re.fullmatch(_USUAL, text) for text in written)


def secret_path(text: str) -> SecretPath | None:
    """The path, or the ARN of a parameter with such a path, taken apart; None for anything else."""
    found = re.fullmatch(_PATH, text)
    if found is None:
        return None
    application, environment, name = found.groups()
    if any("$" in part and part not in _VARIABLES for part in (application, environment)):
        return None
    return SecretPath(_literal(application), _literal(environment), name)


def _literal(part: str) -> str | None:
    return None if "$" in part else part

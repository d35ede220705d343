"""`/copilot/<application>/<environment>/secrets/<name>`: how `copilot secret init` names a parameter.

Source: internal/pkg/cli/secret_init.go, fmtSecretParameterName.
"""

from __future__ import annotations

import re
from typing import Final

from sidecar_lint.manifests.interpolation import APPLICATION, ENVIRONMENT
from sidecar_lint.named_tuple import NamedTuple

_ARN = r"(?:arn:[^:]*:ssm:[^:]*:[^:]*:parameter)?"
_PATH: Final = rf"{_ARN}/copilot/([^/]+)/([^/]+)/secrets/([A-Za-z0-9_.\-/]+)"
_VARIABLES: Final = {"${" + APPLICATION + "}", "${" + ENVIRONMENT + "}"}


class SecretPath(NamedTuple):
    """What a parameter belongs to, and its name.

    `application` and `environment` are None where a variable stands for them: Copilot's own, for
    those that the manifest is deployed to.
    """

    application: str | None
    environment: str | None
    name: str


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

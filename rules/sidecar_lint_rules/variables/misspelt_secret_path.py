from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from sidecar_lint import Bad, Edit, Finding, Fix, Manifest, Rule, Scalar, Severity, Span, Stage, slip

_WRITTEN: Final = r"/copilot/[^/]+/[^/]+/([^/]+)/."
_PATH: Final = rf"(?:arn:[^:]*:ssm:[^:]*:[^:]*:parameter)?{_WRITTEN}+"
_SECRETS: Final = "secrets"


class MisspeltSecretPath(Rule):
    """The path of a secret is nearly one that `copilot secret init` makes.

    It keeps a secret under `/copilot/<application>/<environment>/secrets/<name>`. A parameter under
    `secret/` exists only if somebody made it by hand.
    """

    code, name = "SL633", "misspelt-secret-path"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "the task cannot start where there is no such parameter"
    sources = ("internal/pkg/cli/secret_init.go: fmtSecretParameterName",)
    good = (
        """
        secrets:
          A: /copilot/${COPILOT_APPLICATION_NAME}/${COPILOT_ENVIRONMENT_NAME}/secrets/A
          B: /copilot/shop/test/settings/B
          C: /shop/secret/C
          D: {secretsmanager: /copilot/shop/test/secret/D}
        """,
    )
    bad = (
        Bad(
            """
            secrets:
              A: /copilot/${COPILOT_APPLICATION_NAME}/${COPILOT_ENVIRONMENT_NAME}/secret/A
            #                                                                     ^^^^^^ SL633
            """,
            fixed="/secrets/A",
        ),
        Bad(
            """
            secrets: {A: &path /copilot/shop/test/secret/A}
            #                                     ^^^^^^ SL633
            sidecars:
              nginx:
                image: nginx
                secrets: {B: *path}
            """
        ),
    )
    also_bad = (
        Bad(
            r"""
            secrets: {A: "/copilot/shop/test/secre\x74/A"}
            #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL633
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for secret in manifest.odd_secrets:
            value = None if secret.form else secret.value
            if value is not None and (folder := _misspelt(value.text)):
                yield self._misspelt(manifest, value, folder)

    def _misspelt(self, manifest: Manifest, value: Scalar, folder: str) -> Finding:
        written = re.compile(_WRITTEN).search(manifest.document.source.text, *value.span)
        exact = Span(*written.span(1)) if written and written[1] == folder else None
        title = f"write `{_SECRETS}`"
        fixes = (Fix(title, (Edit(exact, _SECRETS),)),) if exact else ()
        message = f"Copilot keeps secrets under `{_SECRETS}`, not `{folder}`"
        return self.finding(exact or value.place, message, help=title, fixes=fixes)


@lru_cache(maxsize=4096)  # a path is asked about in each environment, and again with each keystroke
def _misspelt(text: str) -> str:
    """What stands in a path for the folder of secrets; empty where it is none, or has its name."""
    match = re.fullmatch(_PATH, text)
    folder = match[1] if match else _SECRETS
    return folder if folder != _SECRETS and slip(folder, (_SECRETS,)) else ""

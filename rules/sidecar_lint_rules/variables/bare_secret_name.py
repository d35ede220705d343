from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage

_BARE = r"[A-Za-z0-9_.-]+"


class BareSecretName(Rule):
    """A secret is named without the path that `copilot secret init` gives it.

    `copilot secret init` stores the secret NAME as
    `/copilot/<application>/<environment>/secrets/NAME`, and the manifest must name all of it. A
    parameter that is really called NAME works too, once it is tagged with `copilot-application` and
    `copilot-environment`. A secret of Secrets Manager needs `secretsmanager:` or its ARN.
    """

    code, name = "SL609", "bare-secret-name"
    severity, stage = Severity.INFO, Stage.TASK
    effect = "no task starts unless an SSM parameter of just this name exists and has Copilot's two tags"
    sources = (
        "internal/pkg/template/templates/workloads/partials/cf/executionrole.yml",
        "aws/copilot-cli#4504",
        "aws/copilot-cli#1291",
    )
    good = (
        "secrets: {KEY: '/copilot/${COPILOT_APPLICATION_NAME}/${COPILOT_ENVIRONMENT_NAME}/secrets/KEY'}",
        "secrets: {KEY: {secretsmanager: KEY}}",
    )
    bad = (
        Bad(
            """
            secrets:
              GITHUB_TOKEN: GITHUB_TOKEN
            #               ^^^^^^^^^^^^ SL609
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for secret in manifest.odd_secrets:
            value = None if secret.form else secret.value
            if value is None or value.is_null or not value.known or not re.fullmatch(_BARE, value.text):
                continue
            path = (
                f"/copilot/${{COPILOT_APPLICATION_NAME}}/${{COPILOT_ENVIRONMENT_NAME}}/secrets/{value.text}"
            )
            message = f"{value.text!r} is the name of an SSM parameter without a path"
            yield self.finding(value, message, help=f"a secret made by `copilot secret init` is {path}")

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Outcome, Rule, Severity, Stage, unquoted


class EmptySecret(Rule):
    """A secret that does not say where its value comes from.

    Copilot accepts it, and writes `ValueFrom:` with nothing behind it into its template.
    """

    code, name = "SL604", "empty-secret"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: the secret's ValueFrom has no value"
    sources = ("internal/pkg/template/templates/workloads/partials/cf/secrets.yml", "aws/copilot-cli#963")
    good = ("secrets: {KEY: /copilot/demo/test/secrets/KEY, OTHER: {from_cfn: stack-Secret}}",)
    bad = (
        Bad(
            """
            secrets:
              DB_PASSWORD:
            # ^^^^^^^^^^^ SL604
            """
        ),
        Bad(
            """
            secrets:
              DB_PASSWORD: {from_cfn: ''}
            #                         ^^ SL604
            """
        ),
    )
    also_good = ("secrets: {KEY: {}, OTHER: '${PARAMETER}'}",)
    also_bad = (
        Bad(
            """
            secrets: {KEY: 'null'}
            #              ^^^^^^ SL604
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for secret in manifest.odd_secrets:
            value = secret.value
            if value is None or not value.known or value.text.startswith(("/", "arn:")):
                continue
            if not value.text.strip() or (not secret.form and unquoted(value.text)[0] is Outcome.NULL):
                message = f"secret {secret.key.text!r} has no source"
                help_ = "write the name or ARN of the SSM parameter or secret that holds the value"
                yield self.finding(value, message, help=help_, follows_from=[("SL005", value)])

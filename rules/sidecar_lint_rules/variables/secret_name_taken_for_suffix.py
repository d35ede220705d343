from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage

# A random suffix has digits and capitals in nearly all cases; six small letters are a word.
_LIKE_A_SUFFIX = r"-[a-z]{6}"

#: A variable that has another value for each environment, or may have.
_VARIABLE = r"\$\{(?!COPILOT_APPLICATION_NAME\})"
#: The suffix of each environment's secret is another, so no one text with a variable in it has them all.
_WITH_VARIABLE = "let `from_cfn` import the secret's ARN{}, or give the secret a name that ends otherwise"


class SecretNameTakenForSuffix(Rule):
    """Secrets Manager takes the end of this name for the random suffix of an ARN.

    The ARN of a secret ends with a hyphen and six random characters. Copilot makes the ARN of
    `secretsmanager: name` without them, which works for most names. Where the name itself ends with
    a hyphen and six characters, such as `app-config` or `db-secret`, Secrets Manager takes these for
    the suffix and looks for a secret of another name. Where the name of the environment is a part of it,
    the suffix cannot be written down for all of them: import the ARN, or name the secret otherwise.
    """

    code, name = "SL607", "secret-name-taken-for-suffix"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "no task starts: Secrets Manager does not find the secret"
    sources = (
        "AWS Secrets Manager user guide: Finding a secret from a partial ARN",
        "aws/copilot-cli#5732",
    )
    good = (
        "secrets: {CONFIG: {secretsmanager: demo/test/mysql}}",
        "secrets: {CONFIG: {secretsmanager: app-config-Ab12Cd}}",
        "secrets: {CONFIG: {secretsmanager: app-settings}}",
    )
    bad = (
        Bad(
            """
            secrets:
              CONFIG: {secretsmanager: 'demo/test/app-config:host::'}
            #                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL607
            """
        ),
        Bad(
            """
            secrets:
              CONFIG:
                secretsmanager: app-${COPILOT_ENVIRONMENT_NAME}
            #                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL607
              MASTER:
                secretsmanager: ${COPILOT_ENVIRONMENT_NAME}-db-master
            #                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL607
            environments: {canary: {}}
            """
        ),
    )
    also_good = ("secrets: {KEY: {}}",)

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for secret in manifest.odd_secrets:
            value = secret.value if secret.form == "secretsmanager" else None
            if value is None or value.text.startswith("arn:"):
                continue
            name = value.text.partition(":")[0]
            if re.fullmatch(_LIKE_A_SUFFIX, name[-7:]):
                message = f"Secrets Manager takes {name[-7:]!r} for the random suffix of an ARN"
                help_ = f"write the name with its suffix, {name.rpartition('/')[2]}-AbCdEf, as it stands in the secret's ARN"
                if re.search(_VARIABLE, value.template or ""):
                    key = value.text.partition(":")[2]
                    help_ = _WITH_VARIABLE.format(f", exported with `:{key}` behind it" if key else "")
                yield self.finding(value, message, help=help_)

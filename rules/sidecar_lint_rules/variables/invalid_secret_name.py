from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sidecar_lint import Bad, Finding, Manifest, Outcome, Rule, Scalar, Severity, Stage, unquoted
from sidecar_lint_rules.generated._texts import judged

# A comma and a colon are left to Systems Manager to judge.
_ILLEGAL_IN_PARAMETER = r"[^A-Za-z0-9_.,:/-]"
_ILLEGAL_IN_SECRET = r"[^A-Za-z0-9/_+=.@:-]"
_VARIABLE = r"\$\{[_a-zA-Z][_a-zA-Z0-9]*\}"


class InvalidSecretName(Rule):
    """The name of a secret holds a character that no such name can have.

    The name of an SSM parameter is made of letters, digits and `_ . - /`. Other characters come in
    with the clipboard, or with notations that Copilot does not know here: it substitutes
    `${COPILOT_ENVIRONMENT_NAME}` and the variables of the shell, but neither `${AWS::Region}` nor
    `$NAME`. A name with a `/` in it begins with one.

    The name of a secret of Secrets Manager may have `+ = @` too. It is the name alone: Copilot makes
    the ARN of it.
    """

    code, name = "SL605", "invalid-secret-name"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "ECS refuses the task definition: the name of the parameter is invalid"
    sources = ("AWS Systems Manager: PutParameter", "aws/copilot-cli#3446")
    good = (
        "secrets: {KEY: '/copilot/${COPILOT_APPLICATION_NAME}/${COPILOT_ENVIRONMENT_NAME}/secrets/KEY'}",
        "secrets: {KEY: {secretsmanager: 'demo/test/mysql:password::'}}",
        "secrets: {KEY: 'arn:aws:ssm:us-west-2:111122223333:parameter/key'}",
    )
    bad = (
        Bad(
            """
            secrets:
              JWT_KEY: /copilot/demo/test/secrets/JWT_KEY`
            #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL605
              PASSWORD: db/password
            #           ^^^^^^^^^^^ SL605
            """
        ),
        Bad(
            """
            secrets:
              DB: {secretsmanager: 'arn:aws:secretsmanager:us-west-2:111122223333:secret:db-Ab12Cd'}
            #                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL605
            """
        ),
    )
    also_good = (
        """
        secrets: {KEY: 'arn:aws:ssm:us-west-2:111122223333:parameter/my key', OTHER: "'/demo/KEY'", NONE: '', MAP: {}}
        """,
    )
    also_bad = (
        Bad(
            """
            secrets: {KEY: {secretsmanager: demo/my sql}}
            #                               ^^^^^^^^^^^ SL605
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for secret in manifest.odd_secrets:
            if secret.value is None or not secret.value.text:
                continue
            if secret.form == "secretsmanager":
                yield from self._secret(manifest, secret.value)
            elif not secret.form and not _is_path(secret.value.text, known=secret.value.known):
                yield from self._parameter(secret.value)

    def _parameter(self, value: Scalar) -> Iterator[Finding]:
        text = _literal(value.text, known=value.known).strip()
        outcome, left = unquoted(text)
        name = left if text.startswith(("'", '"')) else text
        if outcome not in (Outcome.SAME, Outcome.CHANGED) or name.startswith("arn:"):
            return
        if illegal := re.search(_ILLEGAL_IN_PARAMETER, name):
            message = f"the name of an SSM parameter cannot have {illegal[0]!r}"
            yield self.finding(value, message, help="allowed are letters, digits and _ . - /")
        elif "/" in name.lstrip("/") and not name.startswith("/") and text == name:
            message = "the name of an SSM parameter that has a '/' begins with one"
            help_ = f"write /{value.text}, or secretsmanager: {value.text} for a secret of Secrets Manager"
            effect = "no task starts: there is no parameter of that name"
            yield self.finding(
                value, message, help=help_, effect=effect, severity=Severity.WARNING, stage=Stage.TASK
            )

    def _secret(self, manifest: Manifest, value: Scalar) -> Iterator[Finding]:
        name = _literal(value.text, known=value.known)
        if name.startswith("arn:"):
            message = "Copilot makes an ARN of this name, and it is one already"
            help_ = "write the ARN itself, without `secretsmanager`"
            effect = "ECS gets an ARN in an ARN and finds no secret"
            yield self.finding(value, message, help=help_, effect=effect, stage=Stage.TASK)
        elif illegal := re.search(_ILLEGAL_IN_SECRET, name):
            message = f"the name of a secret cannot have {illegal[0]!r}"
            help_ = "allowed are letters, digits and / _ + = . @ -"
            effect = "no task starts: there is no secret of that name"
            found = self.finding(value, message, help=help_, effect=effect, stage=Stage.TASK)
            # Copilot writes it into single quotes.
            yield judged(manifest, found, f"'{name}'")


@lru_cache(maxsize=4096)  # a name is asked about in each environment, and again with each keystroke
def _is_path(text: str, *, known: bool) -> bool:
    """Whether it is a path of characters that a name may have, as nearly all are: nothing is wrong with one."""
    return text.startswith("/") and not re.search(_ILLEGAL_IN_PARAMETER, _literal(text, known=known))


def _literal(text: str, *, known: bool) -> str:
    """A text with a letter for each variable that only the shell knows."""
    return text if known else re.sub(_VARIABLE, "x", text)

from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Rule, SecretInput, Severity, Stage

_ILLEGAL = r"[^A-Za-z0-9_.\-/]"
#: `/copilot/<application>/<environment>/secrets/` are four levels of the fifteen.
_DEEPEST = 11


class UnusableSecretName(Rule):
    """The name of a secret in an input file is none that an SSM parameter can have.

    Copilot checks the name that is given with `--name`, and not those in a file. It makes a path of
    them, `/copilot/<application>/<environment>/secrets/<name>`, in which letters, digits and `_ . - /`
    are allowed.
    """

    code, name = "SL620", "unusable-secret-name"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot cannot store it: SSM refuses the name of the parameter"
    sources = ("internal/pkg/cli/validate.go: validateSecretName", "AWS Systems Manager: PutParameter, Name")
    good = (
        """
        secrets: {KEY: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/db/password-1.2_x'}
        environments: {test: {count: 1}}
        # file: secrets.yml
        db/password-1.2_x: {test: a}
        """,
    )
    bad = (
        Bad(
            """
            secrets: {KEY: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/api_key'}
            environments: {test: {count: 1}}
            # file: secrets.yml
            api_key: {test: a}
            db password: {test: a}
            ^^^^^^^^^^^ SL620
            """
        ),
    )
    also_bad = (
        Bad(
            """
            secrets: {KEY: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/api_key'}
            environments: {test: {count: 1}}
            # file: secrets.yml
            api_key: {test: a}
            a/b/c/d/e/f/g/h/i/j/k/l: {test: a}
            ^^^^^^^^^^^^^^^^^^^^^^^ SL620
            """
        ),
    )

    def check_secret_input(self, secret_input: SecretInput) -> Iterator[Finding]:
        for name, _ in secret_input.root:
            if not name.text:
                yield self.finding(name.span, "a secret needs a name", help="write its name before the colon")
            elif illegal := re.search(_ILLEGAL, name.text):
                message = f"the name of an SSM parameter cannot have {illegal[0]!r}"
                yield self.finding(name.span, message, help="allowed are letters, digits and _ . - /")
            elif name.text.count("/") >= _DEEPEST:
                message = "the path of an SSM parameter has fifteen levels at most"
                yield self.finding(name.span, message, help="use fewer slashes")

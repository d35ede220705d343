from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Option, Rule, Severity, Stage, credentials_in_variables


class SecretInVariables(Rule):
    """A credential is written out in `variables`.

    Variables are readable by everybody who can read the repository, the CloudFormation template, the
    task definition or the console. Secrets are read by ECS when a task starts:
    `copilot secret init` stores one, and `secrets` names it.

    Only what is surely a credential is reported: texts in the form of well-known keys, and random
    ones under a name that ends with PASSWORD, SECRET, TOKEN or the like.
    """

    code, name = "SL614", "secret-in-variables"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "the credential is in the repository, in the template and in the task definition"
    sources = ("Copilot documentation: Secrets",)
    allow = Option((), "names of variables whose values are no secret")
    good = (
        """
        # file: .sidecar-lint.yml
        rules: {secret-in-variables: {allow: [SESSION_SECRET]}}
        # file: copilot/api/manifest.yml
        variables: {SESSION_SECRET: a8Fk20dkSl39dkGs82kLq}
        """,
        "variables: {DB_PASSWORD_FILE: /run/secrets/db, TOKEN_URL: 'https://example.com/oauth2/token'}",
        "variables: {POSTGRES_PASSWORD: postgres, NEXT_PUBLIC_API_KEY: a8Fk20dkSl39dkGs82kLq}",
    )
    bad = (
        Bad(
            """
            variables:
              KEY_ID: AKIAQWERTYUIOP234567
            #         ^^^^^^^^^^^^^^^^^^^^ SL614
              SESSION_SECRET: a8Fk20dkSl39dkGs82kLq
            #                 ^^^^^^^^^^^^^^^^^^^^^ SL614
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for container in manifest.containers.values() or (manifest.main,):
            for key, value, what in credentials_in_variables(container.mapping("variables")):
                if key.text not in self.allow:
                    message = f"{key.text!r} holds {what}, written in clear"
                    help_ = "store it with `copilot secret init` and name it under secrets"
                    yield self.finding(value, message, help=help_)

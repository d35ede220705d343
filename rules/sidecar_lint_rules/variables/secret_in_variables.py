from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    ACCESS_KEYS,
    Bad,
    Document,
    Finding,
    Manifest,
    Option,
    Rule,
    Scalar,
    Severity,
    Stage,
    credentials_in_variables,
)


class SecretInVariables(Rule):
    """A credential is written out in `variables`.

    Variables are readable by everybody who can read the repository, the CloudFormation template, the
    task definition or the console. Secrets are read by ECS when a task starts:
    `copilot secret init` stores one, and `secrets` names it.

    Only what is surely a credential is reported: texts in the form of well-known keys, passwords in
    addresses and connection strings, random texts under a name such as `API_TOKEN` or `MASTER_KEY`,
    and under one such as `DB_PASS` what has capitals, small letters and digits or signs. What
    somebody is to replace (`<API_KEY>`, `SET_KEY_HERE`), a password that everybody knows
    (`postgres`), and what browsers get to see (`NEXT_PUBLIC_`...) is none.
    """

    code, name = "SL614", "secret-in-variables"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "the credential is in the repository, in the template and in the task definition"
    sources = ("Copilot documentation: Secrets",)
    allow = Option((), "names of variables whose values are not secret")
    good = (
        """
        # file: .sidecar-lint.yml
        rules: {secret-in-variables: {allow: [SESSION_SECRET]}}
        # file: copilot/api/manifest.yml
        variables: {SESSION_SECRET: a8Fk20dkSl39dkGs82kLq}
        """,
        "variables: {DB_PASSWORD_FILE: /run/secrets/db, TOKEN_URL: 'https://example.com/oauth2/token'}",
        "variables: {POSTGRES_PASSWORD: postgres, NEXT_PUBLIC_API_KEY: a8Fk20dkSl39dkGs82kLq}",
        """
        variables:
          API_TOKEN: SET_API_TOKEN_HERE
          STRIPE_KEY: sk_live_XXXXXXXXXXXXXXXXXXXXXXXX
          QUEUE: amqp://guest:guest@localhost:5672
          DATABASE_URL: postgres://app:\\${DB_PASSWORD}@db.example.com/app
          APP_SECRET: my-company/prod/app-secret
          DB_PASSWORD: ChangeMe123!
        """,
    )
    bad = (
        Bad(
            """
            variables:
              KEY_ID: AKIAQWERTYUIOP234567
            #         ^^^^^^^^^^^^^^^^^^^^ SL614
              SESSION_SECRET: a8Fk20dkSl39dkGs82kLq
            #                 ^^^^^^^^^^^^^^^^^^^^^ SL614
              RAILS_MASTER_KEY: 8d1f7b0c2a9e4f6d5b3c1e0a7f8d9b2c
            #                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL614
              DB_PASS: tR7vq2Lm#x
            #          ^^^^^^^^^^ SL614
              DATABASE_URL: postgres://app:tR7vq2Lm@db.example.com/app
            #               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL614
            """
        ),
    )
    also_bad = (
        Bad(
            """
            variables: {LEVEL: info}
            sidecars:
              nginx:
                image: nginx
                variables: {AWS_ACCESS_KEY_ID: AKIAQWERTYUIOP234567, AWS_SECRET_ACCESS_KEY: 'tR7vq2LmxtR7vq2LmxtR7vq2LmxtR7vq2Lmx1234', SESSION_SECRET: a8Fk20dkSl39dkGs82kLq}
            #                                  ^^^^^^^^^^^^^^^^^^^^ SL614
            #                                                                                                                                           ^^^^^^^^^^^^^^^^^^^^^ SL614
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if not manifest.document.once(_may_have_any):
            return
        for container in manifest.containers.values() or (manifest.main,):
            for key, value, what in credentials_in_variables(container.mapping("variables")):
                if key.text not in self.allow:
                    message = f"{key.text!r} holds {what}, written in clear"
                    help_ = "store it with `copilot secret init` and name it under secrets"
                    is_access_key = key.text in ACCESS_KEYS
                    because = [("SL630", first) for first in container.access_keys[:1] if is_access_key]
                    yield self.finding(value, message, help=help_, follows_from=because)


def _may_have_any(document: Document) -> bool:
    """Whether a variable of the file is a credential, or may be one once the environment's name is filled in."""
    variables = document.written_variables
    is_open = any(isinstance(node, Scalar) and not node.known for _, node in variables)
    return is_open or any(True for _ in credentials_in_variables(variables))

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Rule, SecretInput, Severity, Stage, slip


class UnusedSecret(Rule):
    """An input file has a secret that no manifest of the workspace mentions.

    It is stored, and no container gets it. A program may read the parameter by itself, and another
    repository may belong to the same application. Files of which no secret is used are left alone, and
    so is a secret of which a manifest has the name nearly right.
    """

    code, name = "SL624", "unused-secret"
    severity, stage = Severity.INFO, Stage.SILENT
    effect = "it is stored, and no container gets it"
    sources = ("Copilot documentation: Secrets",)
    good = (
        """
        secrets: {PASSWORD: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/db_password'}
        # later: /copilot/shop/test/secrets/api_key
        environments: {test: {count: 1}}
        # file: secrets.yml
        db_password: {test: a}
        api_key: {test: b}
        """,
        """
        secrets:
          PASSWORD: /copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/db_password
          KEY: /copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/${KEY_NAME}
        environments: {test: {count: 1}}
        # file: secrets.yml
        db_password: {test: a}
        api_key: {test: b}
        """,
    )
    bad = (
        Bad(
            """
            secrets: {PASSWORD: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/db_password'}
            environments: {test: {count: 1}}
            # file: secrets.yml
            db_password: {test: a}
            api_key: {test: b}
            ^^^^^^^ SL624
            """
        ),
    )
    also_good = (
        """
        secrets: {PASSWORD: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/db_password', KEY: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/api_key'}
        environments: {test: {count: 1}}
        # file: secrets.yml
        api_key: {test: a}
        db_pasword: {test: b}
        """,
    )
    also_bad = (
        Bad(
            """
            secrets: {PASSWORD: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/db_password', KEY: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/api_key'}
            environments: {test: {count: 1}}
            # file: secrets.yml
            db_password: {test: a}
            db_pasword: {test: b}
            ^^^^^^^^^^ SL624
            """
        ),
    )

    def check_secret_input(self, secret_input: SecretInput) -> Iterator[Finding]:
        from sidecar_lint import secret_inputs_of

        workspace = secret_input.workspace
        if workspace is None or not workspace.has_all_manifests:
            return
        inputs = secret_inputs_of(workspace)
        used, unstored = inputs.used, inputs.used - inputs.names
        if used.isdisjoint(secret_input.root.entries) or "$" in used:
            return
        for name, _ in secret_input.root:
            if name.text not in used and not slip(name.text, unstored):
                yield self.finding(name.span, f"no manifest uses the secret {name.text!r}")

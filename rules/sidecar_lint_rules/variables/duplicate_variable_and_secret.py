from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Container, Document, Finding, Manifest, Related, Rule, Severity, Stage


class DuplicateVariableAndSecret(Rule):
    """A container has a variable and a secret of one name.

    ECS refuses a container whose secret has the name of one of its variables. It often happens when
    a value becomes a secret in one environment only: maps are merged, so the variable above
    `environments` is still there, and an environment cannot take it away.
    """

    code, name = "SL601", "duplicate-variable-and-secret"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = (
        "ECS refuses the task definition: the secret name must not be shared with an environment variable"
    )
    sources = (
        "internal/pkg/manifest/transform.go: variables and secrets are merged by key",
        "Amazon ECS: RegisterTaskDefinition, ContainerDefinition.secrets",
    )
    good = (
        """
        variables: {LOG_LEVEL: info}
        secrets: {DB_PASSWORD: /copilot/demo/test/secrets/DB_PASSWORD}
        sidecars:
          nginx:
            image: nginx
            secrets: {LOG_LEVEL: /copilot/demo/test/secrets/LOG_LEVEL}
        """,
    )
    bad = (
        Bad(
            """
            variables:
              DB_URL: postgres://localhost
            environments:
              prod:
                secrets:
                  DB_URL: /copilot/demo/prod/secrets/DB_URL
            #     ^^^^^^ SL601
            """
        ),
    )

    def check_container(self, container: Container, manifest: Manifest) -> Iterator[Finding]:
        if not manifest.document.once(_has_both):
            return
        variables = {key.text: key for key, _ in container.mapping("variables")}
        for key, _ in container.mapping("secrets"):
            other = variables.get(key.text)
            if other is not None:
                message = f"{container.title} has both a variable and a secret {key.text!r}"
                related = (Related(other.span, "the variable"),)
                help_ = "leave one of them out; a variable that only some environments have belongs to these"
                yield self.finding(key, message, help=help_, related=related)


def _has_both(document: Document) -> bool:
    """Whether a name in the file is that of a variable and that of a secret, be they of one container or not."""
    secrets = {key.text for key, _ in document.written_secrets}
    return any(key.text in secrets for key, _ in document.written_variables)

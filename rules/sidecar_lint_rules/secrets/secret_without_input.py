from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Document, Finding, Manifest, Rule, Scalar, Severity, Stage, slip


class SecretWithoutInput(Rule):
    """A manifest uses a secret that the workspace's input files do not have.

    Where most secrets come from input files of `copilot secret init`, one that is in none of them may
    never have been stored. It may as well have been stored by hand. Where a file has a secret of
    nearly the same name that nothing uses, that one is meant.
    """

    code, name = "SL623", "secret-without-input"
    severity, stage = Severity.INFO, Stage.TASK
    effect = "no task starts unless the parameter is stored in another way"
    sources = ("internal/pkg/cli/secret_init.go", "Amazon ECS: ResourceInitializationError")
    good = (
        """
        secrets:
          PASSWORD: /copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/db_password
          ELSEWHERE: /copilot/other/${COPILOT_ENVIRONMENT_NAME}/secrets/elsewhere
        environments: {test: {count: 1}}
        # file: copilot/.workspace
        application: shop
        # file: secrets.yml
        db_password: {test: a}
        """,
    )
    bad = (
        Bad(
            """
            secrets:
              PASSWORD: /copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/db_password
              KEY: /copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/key
              OTHER: /copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/other
            #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL623
            environments: {test: {count: 1}}
            # file: secrets.yml
            db_password: {test: a}
            key: {test: b}
            """
        ),
        Bad(
            """
            secrets:
              PASSWORD: /copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/db_pasword
            #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL623
              KEY: /copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/key
            environments: {test: {count: 1}}
            # file: secrets.yml
            db_password: {test: a}
            key: {test: b}
            """
        ),
    )
    also_good = ("secrets: {OTHER: '/copilot/shop/${COPILOT_ENVIRONMENT_NAME}/secrets/other'}",)

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        workspace = manifest.workload.workspace if manifest.workload else None
        if workspace is None or not manifest.document.once(_may_have_paths):
            return
        from sidecar_lint import secret_inputs_of

        inputs = secret_inputs_of(workspace)
        if not inputs.are_all_known or not (inputs.unused or inputs.cover_most):
            return
        for secret in manifest.secrets:
            path, value = secret.path, secret.value
            if (
                path is None
                or value is None
                or path.name in inputs.names
                or not workspace.owns(path.application)
            ):
                continue
            if meant := slip(path.name, inputs.unused):
                yield self._misspelt(value, path.name, meant)
            elif inputs.cover_most:
                help_ = f"store it with `copilot secret init --name {path.name}` if it is not stored yet"
                yield self.finding(value, f"no input file has a secret {path.name!r}", help=help_)

    def _misspelt(self, value: Scalar, name: str, meant: str) -> Finding:
        message = f"no input file has a secret {name!r}, and nothing uses {meant!r}"
        written = (value.template or value.text).removesuffix(name) + meant
        return self.finding(value, message, replace=written, severity=Severity.WARNING)


def _may_have_paths(document: Document) -> bool:
    """Whether a secret of the file may be named as `copilot secret init` names one."""
    return any(isinstance(node, Scalar) and "/secrets/" in node.text for _, node in document.written_secrets)

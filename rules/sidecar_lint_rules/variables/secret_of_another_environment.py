from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Finding,
    Manifest,
    Rule,
    Scalar,
    Severity,
    Stage,
    enumerated,
    may_read_other_secrets,
)

#: The name that `copilot secret init` gives a parameter.
_COPILOT_PATH = r"/copilot/[^/]+/([^/]+)/secrets/.+"
_MINE = "${COPILOT_ENVIRONMENT_NAME}"


class SecretOfAnotherEnvironment(Rule):
    """An environment uses a secret that belongs to another one.

    `copilot secret init` makes one parameter for each environment, named
    `/copilot/<application>/<environment>/secrets/<name>`, and tags it with the names of both. The
    role that starts the tasks of an environment may read only what has that environment's tag. A
    path with the name of one environment works there and nowhere else.

    Where the file does not name the other environments, but the workspace has them, the workload may
    still be meant for one alone.
    """

    code, name = "SL608", "secret-of-another-environment"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "no task starts there: access to the secret is denied"
    sources = (
        "internal/pkg/template/templates/workloads/partials/cf/executionrole.yml",
        "aws/copilot-cli#2275",
        "aws/copilot-cli#2940",
    )
    good = (
        """
        secrets: {KEY: '/copilot/demo/${COPILOT_ENVIRONMENT_NAME}/secrets/KEY'}
        environments: {test: {count: 1}, prod: {count: 2}}
        """,
        """
        secrets: {KEY: /copilot/demo/test/secrets/KEY}
        environments:
          test: {count: 1}
          prod: {secrets: {KEY: /copilot/demo/prod/secrets/KEY}}
        """,
        "secrets: {KEY: /copilot/demo/test/secrets/KEY}",
        """
        secrets: {KEY: /copilot/demo/test/secrets/KEY}
        environments: {test: {count: 1}, prod: {count: 2}}
        # file: copilot/api/overrides/cfn.patches.yml
        - op: add
          path: /Resources/ExecutionRole/Properties/ManagedPolicyArns/-
          value: arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess
        """,
        """
        secrets: {KEY: /copilot/demo/test/secrets/KEY}
        # file: copilot/environments/test/manifest.yml
        name: test
        type: Environment
        """,
    )
    bad = (
        Bad(
            """
            secrets:
              KEY: /copilot/demo/test/secrets/KEY
            #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL608
            environments:
              test: {count: 1}
              prod: {count: 2}
            """,
            fixed='KEY: "/copilot/demo/${COPILOT_ENVIRONMENT_NAME}/secrets/KEY"',
        ),
        Bad(
            """
            secrets:
              KEY: /copilot/demo/test/secrets/KEY
            #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL608
            # file: copilot/environments/test/manifest.yml
            name: test
            type: Environment
            # file: copilot/environments/prod/manifest.yml
            name: prod
            type: Environment
            """,
            fixed='KEY: "/copilot/demo/${COPILOT_ENVIRONMENT_NAME}/secrets/KEY"',
        ),
    )
    also_good = (
        """
        secrets: {A: shop/test/A, B: /shop/test/prod/B, C: /shop/dev/C}
        environments: {test: {count: 1}, prod: {count: 2}}
        """,
    )
    also_bad = (
        Bad(
            """
            secrets: {KEY: /shop/test/KEY}
            #              ^^^^^^^^^^^^^^ SL608
            environments: {test: {count: 1}, prod: {count: 2}}
            """
        ),
        Bad(
            """
            secrets: {KEY: /copilot/test/test/secrets/KEY}
            #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL608
            # file: copilot/environments/test/manifest.yml
            # file: copilot/environments/prod/manifest.yml
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if not manifest.document.has_odd_secrets or may_read_other_secrets(manifest):
            return
        if manifest.is_base:
            yield from self._elsewhere(manifest)
            return
        for secret in manifest.secrets:
            value = None if secret.form else secret.value
            owner = _owner(manifest, value) if value else None
            if value and owner and owner.group() != manifest.environment:
                message = f"this parameter is for environment {owner.group()!r} only"
                path = f"{value.text[: owner.start()]}{_MINE}{value.text[owner.end() :]}"
                yield self.finding(value, message, replace=path, help=_advice(path))

    def _elsewhere(self, manifest: Manifest) -> Iterator[Finding]:
        """Environments that only the workspace knows of."""
        known = manifest.workload.workspace.environments if manifest.workload else ()
        unnamed = [name for name in known if name not in manifest.document.overrides]
        for secret in manifest.secrets if unnamed else ():
            owner = secret.path.environment if secret.path else None
            others = enumerated((name for name in unnamed if name != owner), " and ")
            if owner is None or secret.value is None or not others:
                continue
            message = f"this parameter is for environment {owner!r} only, and there is {others}"
            written = (secret.value.template or secret.value.text).replace(
                f"/{owner}/secrets/", f"/{_MINE}/secrets/"
            )
            effect = f"in another environment {self.effect.replace(' there', '')}"
            info = Severity.INFO
            yield self.finding(
                secret.value, message, replace=written, help=_advice(written), effect=effect, severity=info
            )


def _advice(path: str) -> str:
    """What to write, and where it comes from: the environment may have no such parameter yet."""
    made = ", which `copilot secret init` makes for each environment"
    return f"write `{path}`{made if re.fullmatch(_COPILOT_PATH, path) else ''}"


def _owner(manifest: Manifest, value: Scalar) -> re.Match[str] | None:
    """The environment that a path names; None where it names none, or more than one."""
    if _MINE in (value.template or ""):
        return None
    text = value.text
    if found := re.fullmatch(_COPILOT_PATH, text):
        return re.compile(r"[^/$]+(?=/)").match(text, found.start(1))
    segments = re.finditer(r"(?<=/)[^/]+", text) if text.startswith("/") else ()
    named = [each for each in segments if each.group() in manifest.document.overrides]
    return named[0] if len(named) == 1 else None

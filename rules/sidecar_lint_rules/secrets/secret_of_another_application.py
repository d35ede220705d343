from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, may_read_other_secrets

_MINE = "${COPILOT_APPLICATION_NAME}"


class SecretOfAnotherApplication(Rule):
    """A manifest uses a secret that belongs to another application.

    `copilot secret init` makes parameters named `/copilot/<application>/<environment>/secrets/<name>`
    and tags them with the names of both. The role that starts tasks may read only what has the tag of
    its own application, which is the one that `copilot/.workspace` names.
    """

    code, name = "SL626", "secret-of-another-application"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "no task starts: access to the secret is denied"
    sources = ("internal/pkg/template/templates/workloads/partials/cf/executionrole.yml",)
    good = (
        """
        secrets:
          KEY: /copilot/${COPILOT_APPLICATION_NAME}/test/secrets/key
          OTHER: /copilot/shop/test/secrets/other
          FOREIGN: /platform/shared/key
        # file: copilot/.workspace
        application: shop
        """,
        "secrets: {KEY: /copilot/shop/test/secrets/key}",
        """
        secrets: {KEY: /copilot/store/test/secrets/key}
        # file: copilot/.workspace
        application: shop
        # file: copilot/api/overrides/cfn.patches.yml
        - op: remove
          path: /Resources/ExecutionRole/Properties/Policies/0/PolicyDocument/Statement/0/Condition
        """,
    )
    bad = (
        Bad(
            """
            secrets:
              KEY: /copilot/store/test/secrets/key
            #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL626
            # file: copilot/.workspace
            application: shop
            """,
            fixed='KEY: "/copilot/${COPILOT_APPLICATION_NAME}/test/secrets/key"',
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        application = manifest.workload.workspace.application if manifest.workload else None
        if application is None or may_read_other_secrets(manifest):
            return
        for secret in manifest.secrets:
            path, value = secret.path, secret.value
            if path is None or value is None or path.application in (None, application):
                continue
            message = f"this parameter is of application {path.application!r}, and the workspace's is {application!r}"
            written = (value.template or value.text).replace(
                f"/copilot/{path.application}/", f"/copilot/{_MINE}/"
            )
            yield self.finding(value, message, replace=written)

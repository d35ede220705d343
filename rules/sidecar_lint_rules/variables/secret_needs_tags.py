from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Finding,
    Manifest,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    enumerated,
    may_read_other_secrets,
)

#: What `copilot secret init` makes, with its tags.
_OF_COPILOT = "/copilot/"
_PARAMETER = r"/[^\s:]+"


class SecretNeedsTags(Rule):
    """A secret that Copilot did not make is read only where it has Copilot's tags.

    The role with which a task starts may read parameters and secrets that are tagged `copilot-application` and
    `copilot-environment`, with the names of the application and of the environment. `copilot secret init` sets
    the tags; whoever makes a secret otherwise has to. Whether it has them is not known here, so this is
    information, once for a manifest. A name without a path is SL609's.
    """

    code, name = "SL634", "secret-needs-tags"
    severity, stage = Severity.INFO, Stage.TASK
    effect = "no task starts where a tag is missing: access to the secret is denied"
    sources = (
        "internal/pkg/template/templates/workloads/partials/cf/executionrole.yml",
        "Copilot documentation: Secrets, bring your own secrets",
    )
    good = (
        "secrets: {KEY: '/copilot/${COPILOT_APPLICATION_NAME}/${COPILOT_ENVIRONMENT_NAME}/secrets/KEY'}",
        "secrets: {KEY: {from_cfn: shop-KeyArn}}",
    )
    bad = (
        Bad(
            """
            secrets:
              DB: /shop/prod/db
            #     ^^^^^^^^^^^^^ SL634
              KEY: {secretsmanager: 'shop/key:token::'}
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        found = {
            each.place: each for secret in manifest.secrets if (each := _of_others(secret.value, secret.form))
        }
        if not found or may_read_other_secrets(manifest):
            return
        first, *others = found.values()
        names = dict.fromkeys(repr(_written(each)) for each in (first, *others))
        yield self.finding(
            first,
            f"Copilot's role reads {enumerated(names, ' and ')} only where Copilot's tags are set",
            help="tag it with copilot-application and copilot-environment, if you have not yet",
            related=tuple(Related(each.place, "this, too") for each in others),
        )


def _written(value: Scalar) -> str:
    """The name as all environments have it, without the key of a secret that is to be read."""
    text = value.text if value.template is None else value.template
    return re.sub(r":[^:/}]*::$", "", text)


def _of_others(value: Scalar | None, form: str) -> Scalar | None:
    """The name of a secret that Copilot did not make; None for any other."""
    if value is None or not value.text or value.text.startswith(_OF_COPILOT):
        return None
    is_named = form == "secretsmanager" or (not form and re.fullmatch(_PARAMETER, value.text) is not None)
    return value if is_named else None

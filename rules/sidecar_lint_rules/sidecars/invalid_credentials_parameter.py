from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Scalar, Severity, Stage, unquoted
from sidecar_lint_rules.generated._texts import judged

_SERVICE = r"arn:[^:]*:([^:]*):"
_NAME = r"[A-Za-z0-9/_+=.@:-]+"


class InvalidCredentialsParameter(Rule):
    """The credentials for a registry are not those of a Secrets Manager secret.

    `credentialsParameter` (`image.credentials` for the service's own image) wants the ARN of a
    secret in AWS Secrets Manager. A parameter of Systems Manager does not do, nor does the user name
    and password themselves. The secret must carry the tags `copilot-application` and
    `copilot-environment`.
    """

    code, name = "SL143", "invalid-credentials-parameter"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "ECS refuses the task definition, or cannot pull the image"
    sources = ("AWS ECS API: RepositoryCredentials", "aws/copilot-cli#1667")
    good = (
        """
        image: {location: x.io/app, credentials: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-AbCdEf'}
        sidecars:
          nginx: {image: x.io/nginx, credentialsParameter: "'arn:aws-cn:secretsmanager:r:1:secret:a'"}
          envoy: {image: x.io/envoy, credentialsParameter: registry/login}
          otel: {image: x.io/otel, credentialsParameter: '${CREDENTIALS}'}
        """,
    )
    bad = (
        Bad(
            """
            sidecars:
              nginx:
                image: x.io/nginx
                credentialsParameter: arn:aws:ssm:eu-west-1:123456789012:parameter/registry
            #                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL143
              envoy: {image: x.io/envoy, credentialsParameter: ''}
            #                                                  ^^ SL143
            """
        ),
    )
    also_bad = (
        Bad(
            """
            sidecars: {nginx: {image: x.io/nginx, credentialsParameter: "'registry:'"}}
            #                                                           ^^^^^^^^^^^^^ SL143
            """
        ),
        Bad(
            """
            sidecars: {nginx: {image: x.io/nginx, credentialsParameter: 'arn:aws:secretsmanager:eu-west-1:123456789012:'}}
            #                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL143
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for container in manifest.described_containers:
            value = container.credentials
            reason = _reason(value) if value and value.known else ""
            if value and reason:
                message = f"{value.key.text if value.key else 'credentials'} is not a secret's ARN: {reason}"
                found = self.finding(value, message, help="write the ARN of a Secrets Manager secret")
                yield judged(manifest, found, value.text)


def _reason(value: Scalar) -> str:
    # The template reads away a pair of quotes inside the value.
    text = value.text.strip("'\"")
    service = re.match(_SERVICE, text)
    if not text:
        return "it is empty"
    if service and service[1] != "secretsmanager":
        return f"it is one of {service[1] or 'no service'}"
    if not re.fullmatch(_NAME, text):
        return "it has characters that no secret's name has"
    breaks = unquoted(value.text)[0].breaks
    return "it ends in a colon" if breaks or (not service and text.endswith(":")) else ""

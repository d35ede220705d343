from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Scalar, Severity, Stage

#: Options of Fluent Bit's outputs that hold nothing but a credential, in lower case.
_CREDENTIALS = frozenset(
    (
        "apikey",
        "api_key",
        "auth_token",
        "bearer_token",
        "client_secret",
        "http_api_key",
        "http_passwd",
        "http_token",
        "license_key",
        "licensekey",
        "oauth2.client_secret",
        "password",
        "sas_token",
        "service_account_secret",
        "shared_key",
        "splunk_token",
        "tls.key_passwd",
    )
)
_REFERENCE = r"/[A-Za-z0-9_.-]+/[A-Za-z0-9_./-]+|arn:aws[a-z-]*:(?:ssm|secretsmanager):.*"


class CredentialInDestination(Rule):
    """A credential is written out in `logging.destination`.

    It is readable by everybody who can read the repository, the CloudFormation template or the task
    definition. `logging.secretOptions` takes the same option, with the name of an SSM parameter or
    the ARN of a secret; ECS reads it when the task starts.

    The name or ARN of a secret does not help in `destination`: it is handed to the output plugin as
    it is, as if it were the credential.
    """

    code, name = "SL204", "credential-in-destination"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "the credential is in the repository, in the template and in the task definition"
    sources = ("Amazon ECS developer guide: Sensitive data for log configuration", "aws/copilot-cli#1867")
    good = (
        """
        logging:
          destination: {Name: datadog, apikey: '${DATADOG_API_KEY}'}
        """,
        """
        logging:
          destination: {Name: datadog}
          secretOptions:
            apikey: /copilot/${COPILOT_APPLICATION_NAME}/${COPILOT_ENVIRONMENT_NAME}/secrets/DATADOG_API_KEY
        """,
    )
    bad = (
        Bad(
            """
            logging:
              destination:
                Name: datadog
                apikey: 0123456789abcdef
            #           ^^^^^^^^^^^^^^^^ SL204
            """
        ),
        Bad(
            """
            logging:
              destination:
                Name: splunk
                splunk_token: /copilot/demo/prod/secrets/SPLUNK_TOKEN
            #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL204
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if not manifest.is_ecs:
            return
        for key, value in manifest.mapping("logging", "destination"):
            if key.text.lower() not in _CREDENTIALS or not isinstance(value, Scalar):
                continue
            if not value.text or value.is_null:
                continue
            if re.fullmatch(_REFERENCE, value.text):
                yield self._reference(key, value)
            elif value.known and "${" not in value.text:
                help_ = f"store it as a secret and name that under logging.secretOptions.{key.text}"
                yield self.finding(value, f"{key.text!r} is a credential, written in clear", help=help_)

    def _reference(self, key: Scalar, value: Scalar) -> Finding:
        return self.finding(
            value,
            f"the name of a secret is handed to the output plugin as the {key.text} itself",
            effect="the output plugin cannot log in, and the logs are lost",
            help=f"move it to logging.secretOptions.{key.text}",
            stage=Stage.TASK,
        )

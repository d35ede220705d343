from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Finding,
    Manifest,
    Rule,
    Scalar,
    Severity,
    Stage,
    credentials_in_destination,
)


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
        for key, value, what in credentials_in_destination(manifest.mapping("logging", "destination")):
            if what:
                help_ = f"store it as a secret, name that under logging.secretOptions.{key.text}, and leave it out here"
                yield self.finding(value, f"{key.text!r} is a credential, written in clear", help=help_)
            else:
                yield self._reference(key, value)

    def _reference(self, key: Scalar, value: Scalar) -> Finding:
        return self.finding(
            value,
            f"the name of a secret is handed to the output plugin as the {key.text} itself",
            effect="the output plugin cannot log in, and the logs are lost",
            help=f"move it to logging.secretOptions.{key.text}",
            stage=Stage.TASK,
        )

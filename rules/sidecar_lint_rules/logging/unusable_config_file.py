from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage

_OVERWRITTEN = "/fluent-bit/etc/fluent-bit.conf"
_ELSEWHERE = r"s3://.*|https?://.*|arn:aws[a-z-]*:s3:.*"


class UnusableConfigFile(Rule):
    """`logging.configFilePath` names a file that the log router cannot include.

    The path is one inside the log router's image. `/fluent-bit/etc/fluent-bit.conf` is where ECS
    puts the configuration that it generates, so a file of your own there is hidden, and the
    generated one would include itself. A file in S3 cannot be named at all: Copilot always asks for
    a local file, the only kind that Fargate supports. Either build an image that holds the file, or
    use an `init` image of aws-for-fluent-bit, which takes S3 objects from variables.
    """

    code, name = "SL205", "unusable-config-file"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the log router does not find the configuration and stops, and the task with it"
    sources = (
        "Amazon ECS developer guide: FireLens task definition parameters, config-file-value",
        "internal/pkg/template/templates/workloads/partials/cf/sidecars.yml",
        "aws/copilot-cli#2392",
    )
    good = ("logging: {image: example.com/fluent-bit, configFilePath: /extra.conf}",)
    bad = (
        Bad(
            """
            logging:
              configFilePath: /fluent-bit/etc/fluent-bit.conf
            #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL205
            """
        ),
        Bad(
            """
            logging:
              configFilePath: arn:aws:s3:::configs/extra.conf
            #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL205
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        path = manifest.scalar("logging", "configFilePath") if manifest.is_ecs else None
        if path is None:
            return
        if path.text == _OVERWRITTEN:
            message = "ECS puts its own configuration at this path"
            help_ = "keep the file elsewhere in the image, such as /extra.conf"
            yield self.finding(path, message, help=help_)
        elif re.fullmatch(_ELSEWHERE, path.text):
            message = "the log router reads a file of its own image only"
            help_ = (
                "build an image that holds the file; an init image of aws-for-fluent-bit fetches it from S3"
            )
            yield self.finding(path, message, help=help_)

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    LOG_ROUTER,
    Bad,
    Finding,
    Manifest,
    Rule,
    Severity,
    Stage,
    is_container_overridden,
)
from sidecar_lint_rules.logging._config_files import config_file_fault

#: The properties of the log router with which another file is read, or there is another file.
_PROPERTIES = ("FirelensConfiguration", "Image", "MountPoints")


class UnusableConfigFile(Rule):
    """`logging.configFilePath` names a file that the log router cannot include.

    The path is one inside the log router's image. `/fluent-bit/etc/fluent-bit.conf` is where ECS
    puts the configuration that it generates, so a file of your own there is hidden, and the
    generated one would include itself. A file in S3 cannot be named at all: Copilot always asks for
    a local file, the only kind that Fargate supports. Either build an image that holds the file, or
    use an `init` image of aws-for-fluent-bit, which takes S3 objects from variables.

    The generated configuration is in Fluent Bit's classic format and includes the file, so a YAML file
    cannot be used. AWS's own image, which is also Copilot's default, has six files for this purpose
    in `/fluent-bit/configs`; any other takes an image of your own.
    """

    code, name = "SL205", "unusable-config-file"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the log router does not find the configuration and stops, and the task with it"
    sources = (
        "Amazon ECS developer guide: FireLens task definition parameters, config-file-value",
        "internal/pkg/template/templates/workloads/partials/cf/sidecars.yml",
        "aws/copilot-cli#2392",
        "aws/aws-for-fluent-bit: configs/",
        "aws/aws-for-fluent-bit#1024",
    )
    good = (
        "logging: {image: example.com/fluent-bit, configFilePath: /extra.conf}",
        "logging: {configFilePath: /fluent-bit/configs/parse-json.conf}",
    )
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
              configFilePath: /extra.conf
            #                 ^^^^^^^^^^^ SL205
            """
        ),
        Bad(
            """
            logging:
              image: example.com/fluent-bit
              configFilePath: /fluent-bit/configs/extra.yaml
            #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL205
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
    also_good = ("logging: {retention: 7}",)

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        path = manifest.scalar("logging", "configFilePath") if manifest.is_ecs else None
        if (
            path is None
            or not path.known
            or not path.text
            or is_container_overridden(manifest, LOG_ROUTER, *_PROPERTIES)
        ):
            return
        fault = config_file_fault(path.text, manifest.mapping("logging"))
        if fault is not None:
            yield self.finding(path, fault.message, help=fault.help, effect=fault.effect or self.effect)

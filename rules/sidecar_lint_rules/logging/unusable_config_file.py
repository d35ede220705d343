from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import (
    LOG_ROUTER,
    Bad,
    Finding,
    Manifest,
    Mapping,
    Rule,
    Severity,
    Stage,
    is_container_overridden,
    log_router,
)

_OVERWRITTEN = "/fluent-bit/etc/fluent-bit.conf"
_UNDEFINED = "the log router says `undefined value` and ends, and every task with it"
#: The properties of the log router with which another file is read, or there is another file.
_PROPERTIES = ("FirelensConfiguration", "Image", "MountPoints")
#: What aws-for-fluent-bit has for this purpose (its folder configs/).
_FILES = frozenset(
    f"/fluent-bit/configs/{name}.conf"
    for name in (
        "minimize-log-loss",
        "multiline-parse-json",
        "output-metrics-healthcheck",
        "parse-json",
        "parse-multiline-json",
        "plugin-and-storage-metrics-to-cloudwatch",
        "plugin-metrics-parser",
        "plugin-metrics-to-cloudwatch",
    )
)
#: Where it has other configurations.
_FOLDERS = ("/ecs/", "/fluent-bit/etc/", "/fluent-bit/parsers/")
_ELSEWHERE = r"s3://.*|https?://.*|arn:aws[a-z-]*:s3:.*"


class UnusableConfigFile(Rule):
    """`logging.configFilePath` names a file that the log router cannot include.

    The path is one inside the log router's image. `/fluent-bit/etc/fluent-bit.conf` is where ECS
    puts the configuration that it generates, so a file of your own there is hidden, and the
    generated one would include itself. A file in S3 cannot be named at all: Copilot always asks for
    a local file, the only kind that Fargate supports. Either build an image that holds the file, or
    use an `init` image of aws-for-fluent-bit, which takes S3 objects from variables.

    The generated configuration is in Fluent Bit's classic format and includes the file, so a YAML file
    cannot be used. AWS's own image, which is also Copilot's default, has eight files for this purpose
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
        problem = _problem(path.text) or _absent(path.text, manifest.mapping("logging"))
        if problem is not None:
            message, help_, effect = problem
            yield self.finding(path, message, help=help_, effect=effect or self.effect)


def _problem(path: str) -> tuple[str, str, str] | None:
    """What is wrong with a path whatever the image has, what to do, and what comes of it if not the usual."""
    if path == _OVERWRITTEN:
        message = "ECS puts its own configuration at this path"
        return message, "keep the file elsewhere in the image, such as /extra.conf", ""
    if re.fullmatch(_ELSEWHERE, path):
        help_ = "build an image that holds the file; an init image of aws-for-fluent-bit fetches it from S3"
        return "the log router reads a file of its own image only", help_, ""
    if path.lower().endswith((".yaml", ".yml")):
        message = "ECS includes the file in a configuration of the classic format, which takes no YAML"
        return message, "write the file in the classic format, as .conf", _UNDEFINED
    if not path.startswith("/"):
        return (
            "this is not a full path in the log router's image",
            "write the path from the image's root on",
            "",
        )
    return None


def _absent(path: str, logging: Mapping) -> tuple[str, str, str] | None:
    """That AWS's own image has no such file."""
    if not log_router(logging).is_stock or path in _FILES or path.startswith(_FOLDERS):
        return None
    names = ", ".join(sorted(name.rpartition("/")[2] for name in _FILES))
    message = "aws-for-fluent-bit has no such file"
    return message, f"build an image that has it; in /fluent-bit/configs there are {names}", ""

"""Files that `logging.configFilePath` names, and why the log router cannot include one."""

from __future__ import annotations

import re

from sidecar_lint import Mapping, NamedTuple, log_router

_OVERWRITTEN = "/fluent-bit/etc/fluent-bit.conf"
_INCLUDED_TWICE = "the file that ECS writes includes itself, so the log router ends, and every task with it"
_UNDEFINED = "the log router says `undefined value` and ends, and every task with it"
#: What aws-for-fluent-bit has for this purpose: of its folder configs/ what its images are built with
#: (scripts/dockerfiles/Dockerfile.build).
_FILES = frozenset(
    f"/fluent-bit/configs/{name}.conf"
    for name in (
        "minimize-log-loss",
        "output-metrics-healthcheck",
        "parse-json",
        "plugin-and-storage-metrics-to-cloudwatch",
        "plugin-metrics-parser",
        "plugin-metrics-to-cloudwatch",
    )
)
#: What the folder has in some of its history, and no image of which we know.
_PERHAPS = frozenset(
    f"/fluent-bit/configs/{name}.conf" for name in ("multiline-parse-json", "parse-multiline-json")
)
#: Where it has other configurations.
_FOLDERS = ("/ecs/", "/fluent-bit/etc/", "/fluent-bit/parsers/")
_ELSEWHERE = r"s3://.*|https?://.*|arn:aws[a-z-]*:s3:.*"


class ConfigFileFault(NamedTuple):
    """Why a file cannot be included, what to do, and what comes of it where that is not the usual."""

    message: str
    help: str
    effect: str = ""


def config_file_fault(path: str, logging: Mapping) -> ConfigFileFault | None:
    """Why the log router cannot include a file; None where it may."""
    return _problem(path, logging) or _absent(path, logging)


def _problem(path: str, logging: Mapping) -> ConfigFileFault | None:
    """What is wrong with a path whatever the image has."""
    if path == _OVERWRITTEN:
        message = "ECS puts its own configuration at this path"
        return ConfigFileFault(
            message, "keep the file elsewhere in the image, such as /extra.conf", _INCLUDED_TWICE
        )
    if re.fullmatch(_ELSEWHERE, path):
        help_ = "build an image that holds the file; an init image of aws-for-fluent-bit fetches it from S3"
        if log_router(logging).has_init:
            help_ = "leave it out, and name the ARN of the file in the variable aws_fluent_bit_init_s3_1"
        return ConfigFileFault("the log router reads a file of its own image only", help_)
    if path.lower().endswith((".yaml", ".yml")):
        message = "ECS includes the file in a configuration of the classic format, which takes no YAML"
        return ConfigFileFault(message, "write the file in the classic format, as .conf", _UNDEFINED)
    if not path.startswith("/"):
        message = "this is not a full path in the log router's image"
        return ConfigFileFault(message, "write the path from the image's root on")
    return None


def is_absent_config(path: str) -> bool:
    """Whether a file of the folder for this purpose is none that AWS's own image has there."""
    return path.startswith("/fluent-bit/configs/") and path not in _FILES | _PERHAPS


def _absent(path: str, logging: Mapping) -> ConfigFileFault | None:
    """That AWS's own image has no such file."""
    if not log_router(logging).is_stock or path in _FILES | _PERHAPS or path.startswith(_FOLDERS):
        return None
    names = ", ".join(sorted(name.rpartition("/")[2] for name in _FILES))
    help_ = f"build an image that has it; in /fluent-bit/configs there are {names}"
    return ConfigFileFault("aws-for-fluent-bit has no such file", help_)

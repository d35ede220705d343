"""Extensions. Sources: config.go in opentelemetry-collector(-contrib), extension/*."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.collector.checks import Check, Problem, missing, wrong
from sidecar_lint.collector.checks.attributes import regular

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.collector.settings import Settings


def health_check(settings: Settings) -> Iterator[Problem]:
    """It listens at an address."""
    if settings.text("endpoint", "localhost:13133") == "":
        yield missing(settings, "endpoint", "write `endpoint: 0.0.0.0:13133`")
    path = settings.text("path", "/")
    if path is not None and not path.startswith("/"):
        yield wrong(settings.at("path"), f"{settings.path('path')} must begin with `/`")
    for name in ("http", "grpc"):
        if settings.is_written(name):
            message = f"{settings.path(name)} is behind a gate that is closed"
            yield wrong(settings.at(name), message, "write `endpoint` and `path`")
    if settings.flag("use_v2"):
        yield wrong(settings.at("use_v2"), f"{settings.path('use_v2')} is behind a gate that is closed")


def file_storage(settings: Settings) -> Iterator[Problem]:
    """The image holds no folder for it."""
    directory = settings.text("directory", "/var/lib/otelcol/file_storage")
    if directory is None or settings.flag("create_directory") is not False:
        permissions = settings.text("directory_permissions", "0750")
        if permissions and not re.fullmatch("[0-7]+", permissions):
            yield wrong(settings.at("directory_permissions"), f"{permissions!r} is not an octal number")
        return
    if not settings.is_written("directory") or directory == "":
        help_ = "mount a volume there, or write `create_directory: true`"
        message = f"the folder {directory or 'of ' + settings.place} is not in the image"
        yield Problem(settings.at("directory"), message, help_, missing=True)


def zpages(settings: Settings) -> Iterator[Problem]:
    """It listens at an address."""
    if settings.text("endpoint", "localhost:55679") == "":
        yield missing(settings, "endpoint", "write `endpoint: 0.0.0.0:55679`")


def ecs_observer(settings: Settings) -> Iterator[Problem]:
    """It looks at a cluster, for tasks that match."""
    if settings.text("cluster_name", "default") == "":
        yield missing(settings, "cluster_name")
    needed = {"services": "name_pattern", "task_definitions": "arn_pattern", "docker_labels": "port_label"}
    for list_, name in needed.items():
        for block in settings.blocks(list_):
            if block.text(name) == "":
                yield missing(block, name)
            for pattern in ("name_pattern", "arn_pattern", "container_name_pattern"):
                yield from regular(block, pattern, if_used=False)
    for block in settings.blocks("docker_labels"):
        if block.has("metrics_ports"):
            yield wrong(block.at("metrics_ports"), "docker_labels take the port from a label: `port_label`")


def sigv4auth(settings: Settings) -> Iterator[Problem]:
    """A token needs the role that it is for."""
    role = settings.below("assume_role")
    if role.has("web_identity_token_file") and role.text("arn") == "":
        yield missing(role, "arn")


EXTENSIONS: Final[dict[str, Check]] = {
    "health_check": health_check,
    "file_storage": file_storage,
    "zpages": zpages,
    "ecs_observer": ecs_observer,
    "sigv4auth": sigv4auth,
}

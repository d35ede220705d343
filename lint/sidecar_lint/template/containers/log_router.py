"""The FireLens log router, which `logging` asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.copilot_names import LOG_ROUTER
from sidecar_lint.template.containers import environment
from sidecar_lint.template.containers.log_configuration import AWSLOGS
from sidecar_lint.template.containers.secrets import secrets
from sidecar_lint.template.decoding import bare_text, boolean
from sidecar_lint.template.values import Sourced, Value, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.syntax.nodes import Mapping
    from sidecar_lint.template.stack import Stack

_IMAGE: Final = "public.ecr.aws/aws-observability/aws-for-fluent-bit:stable"


def log_router(stack: Stack, common: list[Value]) -> Iterator[Value]:
    """The container, where there is one; `common` are the variables that every container gets."""
    if not stack.has_log_router:
        return
    manifest, section = stack.manifest, stack.manifest.mapping("logging")
    container: dict[str, Value] = {
        "Name": LOG_ROUTER,
        "Image": bare_text(section, "image") or _IMAGE,
        "Environment": [*common, *environment.variables(manifest.mapping("logging", "variables"))],
        "EnvironmentFiles": environment.environment_files("HasLoggingEnvFile", "LoggingEnvFileARN"),
        "Secrets": secrets(manifest.mapping("logging", "secrets")) or None,
        "FirelensConfiguration": {"Type": "fluentbit", "Options": _options(section)},
        "LogConfiguration": AWSLOGS,
    }
    yield Sourced(present(container), section)


def _options(section: Mapping) -> dict[str, Value]:
    file = bare_text(section, "configFilePath")
    of_file: dict[str, Value] = {"config-file-type": "file", "config-file-value": file} if file else {}
    return {"enable-ecs-log-metadata": boolean(section, "enableMetadata") or True, **of_file}

"""The workload's own container."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.template.containers import environment, secrets
from sidecar_lint.template.containers.dependencies import depends_on
from sidecar_lint.template.containers.health_check import health_check
from sidecar_lint.template.containers.labels import labels
from sidecar_lint.template.containers.log_configuration import log_configuration
from sidecar_lint.template.containers.mounts import mount_point, mounts_of_main
from sidecar_lint.template.containers.ports import port_mappings
from sidecar_lint.template.containers.words import words
from sidecar_lint.template.decoding import bare_text, boolean
from sidecar_lint.template.intrinsics import WORKLOAD, ref
from sidecar_lint.template.values import Sourced, Value, present

if TYPE_CHECKING:
    from sidecar_lint.template.stack import Stack


def main_container(stack: Stack, common: list[Value]) -> Value:
    """The container; `common` are the variables that every container gets."""
    manifest, image = stack.manifest, stack.manifest.mapping("image")
    mounts = mounts_of_main(stack)
    credentials = bare_text(image, "credentials")
    container = {
        "Name": WORKLOAD,
        "Image": ref("ContainerImage"),
        "Secrets": [*secrets.secrets(manifest.mapping("secrets")), *secrets.from_addons(stack)] or None,
        "Environment": [
            *common,
            *environment.variables(manifest.mapping("variables")),
            *environment.mount_points(mounts),
        ],
        "EnvironmentFiles": environment.environment_files("HasEnvFile", "EnvFileARN"),
        "LogConfiguration": log_configuration(stack),
        **words(manifest.root),
        "MountPoints": [mount_point(mount) for mount in mounts] or None,
        "DockerLabels": labels(image),
        "DependsOn": depends_on(image),
        "PortMappings": _port_mappings(stack),
        "HealthCheck": health_check(manifest.mapping("image", "healthcheck")),
        "ReadonlyRootFilesystem": boolean(manifest.mapping("storage"), "readonly_fs"),
        "RepositoryCredentials": {"CredentialsParameter": credentials} if credentials else None,
    }
    return Sourced(present(container), image)


def _port_mappings(stack: Stack) -> Value:
    has_ports = stack.is_load_balanced or stack.is_backend
    return (port_mappings(stack, stack.name) or None) if has_ports else None

"""The container of a sidecar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.template.containers import environment
from sidecar_lint.template.containers.dependencies import depends_on
from sidecar_lint.template.containers.health_check import health_check
from sidecar_lint.template.containers.labels import labels
from sidecar_lint.template.containers.log_configuration import AWSLOGS
from sidecar_lint.template.containers.mounts import mount_point, mounts_of_sidecar
from sidecar_lint.template.containers.ports import port_mappings
from sidecar_lint.template.containers.secrets import secrets
from sidecar_lint.template.containers.words import words
from sidecar_lint.template.decoding import bare_text, boolean
from sidecar_lint.template.rereading import unquoted
from sidecar_lint.template.stack import Stack, safe
from sidecar_lint.template.values import NULL, Sourced, Value, present

if TYPE_CHECKING:
    from sidecar_lint.manifests.containers import Container


def sidecar_container(stack: Stack, sidecar: Container, common: list[Value]) -> Value:
    """The container; `common` are the variables that every container gets."""
    section, mounts = sidecar.section, mounts_of_sidecar(sidecar)
    parameter = f"EnvFileARNFor{safe(sidecar.name)}"
    credentials = bare_text(section, "credentialsParameter")
    container = {
        "Name": unquoted(sidecar.key) if sidecar.key else sidecar.name,
        "Image": unquoted(sidecar.image) if sidecar.image else NULL,
        "Essential": boolean(section, "essential"),
        **words(section),
        "PortMappings": port_mappings(stack, sidecar.name) or None,
        "HealthCheck": health_check(sidecar.mapping("healthcheck")),
        "Environment": [
            *common,
            *environment.variables(sidecar.mapping("variables")),
            *environment.mount_points(mounts),
        ],
        "EnvironmentFiles": environment.environment_files(f"HasEnvFileFor{safe(sidecar.name)}", parameter),
        "Secrets": secrets(sidecar.mapping("secrets")) or None,
        "LogConfiguration": AWSLOGS,
        "DockerLabels": labels(section),
        "DependsOn": depends_on(section),
        "RepositoryCredentials": {"CredentialsParameter": credentials} if credentials else None,
        "MountPoints": [mount_point(mount) for mount in mounts] or None,
    }
    return Sourced(present(container), section)

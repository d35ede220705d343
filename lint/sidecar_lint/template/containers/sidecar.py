"""The container of a sidecar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.manifests.containers import Container
from sidecar_lint.named_tuple import NamedTuple
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
from sidecar_lint.template.fields import of_fields
from sidecar_lint.template.rereading import unquoted
from sidecar_lint.template.stack import Stack, safe
from sidecar_lint.template.values import NULL, Sourced, Value, present

if TYPE_CHECKING:
    from sidecar_lint.syntax.nodes import Mapping


def sidecar_container(stack: Stack, sidecar: Container, common: list[Value]) -> Value:
    """The container; `common` are the variables that every container gets."""
    own = _own(stack, sidecar.section)
    parameter = f"EnvFileARNFor{safe(sidecar.name)}"
    container: dict[str, Value] = {
        "Name": unquoted(sidecar.key) if sidecar.key else sidecar.name,
        **own.before_ports,
        "PortMappings": port_mappings(stack, sidecar.name) or None,
        "HealthCheck": own.health_check,
        "Environment": [
            *common,
            *environment.variables(sidecar.mapping("variables")),
            *own.mount_variables,
        ],
        "EnvironmentFiles": environment.environment_files(f"HasEnvFileFor{safe(sidecar.name)}", parameter),
        "Secrets": secrets(sidecar.mapping("secrets")) or None,
        "LogConfiguration": AWSLOGS,
        **own.at_end,
    }
    return Sourced(present(container), sidecar.section)


class _Own(NamedTuple):
    """What only hangs on the container's own fields."""

    before_ports: dict[str, Value]
    health_check: Value
    mount_variables: list[Value]
    at_end: dict[str, Value]


@of_fields(
    *("image", "essential", "entrypoint", "command", "healthcheck"),
    *("labels", "depends_on", "credentialsParameter", "mount_points"),
)
def _own(section: Mapping) -> _Own:
    sidecar = Container("", "sidecar", section)
    mounts, credentials = mounts_of_sidecar(sidecar), bare_text(section, "credentialsParameter")
    before = {
        "Image": unquoted(sidecar.image) if sidecar.image else NULL,
        "Essential": boolean(section, "essential"),
        **words(section),
    }
    at_end = {
        "DockerLabels": labels(section),
        "DependsOn": depends_on(section),
        "RepositoryCredentials": {"CredentialsParameter": credentials} if credentials else None,
        "MountPoints": [mount_point(mount) for mount in mounts] or None,
    }
    variables = list(environment.mount_points(mounts))
    return _Own(present(before), health_check(sidecar.mapping("healthcheck")), variables, present(at_end))

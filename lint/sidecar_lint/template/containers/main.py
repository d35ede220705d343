"""The workload's own container."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, as_mapping
from sidecar_lint.template.containers import environment, secrets
from sidecar_lint.template.containers.dependencies import depends_on
from sidecar_lint.template.containers.health_check import health_check
from sidecar_lint.template.containers.labels import labels
from sidecar_lint.template.containers.log_configuration import log_configuration
from sidecar_lint.template.containers.mounts import mount_point, mounts_of_main
from sidecar_lint.template.containers.ports import port_mappings
from sidecar_lint.template.containers.words import words
from sidecar_lint.template.decoding import bare_text, boolean
from sidecar_lint.template.fields import of_fields
from sidecar_lint.template.intrinsics import WORKLOAD, ref
from sidecar_lint.template.values import Sourced, Value, present

if TYPE_CHECKING:
    from sidecar_lint.template.stack import Stack


def main_container(stack: Stack, common: list[Value]) -> Value:
    """The container; `common` are the variables that every container gets."""
    manifest = stack.manifest
    own = _own(stack, manifest.root)
    container = {
        "Name": WORKLOAD,
        "Image": ref("ContainerImage"),
        "Secrets": [*secrets.secrets(manifest.mapping("secrets")), *secrets.from_addons(stack)] or None,
        "Environment": [
            *common,
            *environment.variables(manifest.mapping("variables")),
            *own.mount_variables,
        ],
        "EnvironmentFiles": environment.environment_files("HasEnvFile", "EnvFileARN"),
        "LogConfiguration": log_configuration(stack),
        **own.before_ports,
        "PortMappings": _port_mappings(stack),
        **own.after_ports,
    }
    return Sourced(present(container), manifest.mapping("image"))


class _Own(NamedTuple):
    """What only hangs on the container's own fields, around its ports."""

    mount_variables: list[Value]
    before_ports: dict[str, Value]
    after_ports: dict[str, Value]


@of_fields("image", "entrypoint", "command", "storage")
def _own(root: Mapping) -> _Own:
    image, storage = as_mapping(root.get("image")), as_mapping(root.get("storage"))
    mounts, credentials = mounts_of_main(storage), bare_text(image, "credentials")
    before = {
        **words(root),
        "MountPoints": [mount_point(mount) for mount in mounts] or None,
        "DockerLabels": labels(image),
        "DependsOn": depends_on(image),
    }
    after = {
        "HealthCheck": health_check(as_mapping(image.get("healthcheck"))),
        "ReadonlyRootFilesystem": boolean(storage, "readonly_fs"),
        "RepositoryCredentials": {"CredentialsParameter": credentials} if credentials else None,
    }
    return _Own(list(environment.mount_points(mounts)), present(before), present(after))


def _port_mappings(stack: Stack) -> Value:
    has_ports = stack.is_load_balanced or stack.is_backend
    return (port_mappings(stack, stack.name) or None) if has_ports else None

"""The values that Copilot gives to the parameters of a template, as texts.

They stand in a second file (`--output-dir`). What only AWS knows of them is a placeholder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sidecar_lint.manifests.copilot_names import ECS_TYPES, REQUEST_DRIVEN, STATIC_SITE
from sidecar_lint.syntax.nodes import Mapping, Scalar, as_mapping
from sidecar_lint.template import schedule
from sidecar_lint.template.count import desired
from sidecar_lint.template.decoding import integer, scalar, seconds, text
from sidecar_lint.template.load_balancer import has_load_balancer, is_https, rules
from sidecar_lint.template.network_load_balancer import listeners, nlb_aliases
from sidecar_lint.template.parameters import HEALTH_CHECK_PARAMETERS, SIDECARS
from sidecar_lint.template.placeholders import placeholder
from sidecar_lint.template.routing import main_target
from sidecar_lint.template.stack import Stack, safe
from sidecar_lint.template.values import Sourced, Value, bare

_CPU: Final = 256
_MEMORY: Final = 512
_INSTANCE_CPU: Final = 1024
_INSTANCE_MEMORY: Final = 2048
_RETENTION: Final = 30
_NO_PORT: Final = -1
#: An image of one's own; App Runner takes those of `public.ecr.aws` besides.
_PRIVATE_IMAGE: Final = re.compile(r"[0-9]{12}\.dkr\.ecr\.[^.]+\.amazonaws\.com/")

Values = Iterator[tuple[str, Value]]


def parameter_values(stack: Stack) -> dict[str, Value]:
    """The values by the name of the parameter."""
    return {name: _as_text(value) for name, value in _values(stack)}


def _as_text(value: Value) -> Value:
    """A value as a text, from where it was."""
    found = bare(value)
    if isinstance(found, (bool, int)):
        found = str(found).lower()
    return Sourced(found, value.node, value.source) if isinstance(value, Sourced) else found


def _values(stack: Stack) -> Values:
    yield "AppName", stack.application
    yield "EnvName", stack.environment
    yield "WorkloadName", text(stack.manifest.root, "name") or stack.name
    yield "AddonsTemplateURL", "<ADDONS_TEMPLATE_URL>" if _has_addons(stack) else ""
    yield "ArtifactKeyARN", "<ARTIFACT_KEY_ARN>"
    if stack.kind != STATIC_SITE:
        yield "ContainerImage", _image(stack.manifest.main.image)
    if stack.kind in ECS_TYPES:
        yield from _of_task(stack)
        yield from _of_environment_files(stack)
    if stack.kind == REQUEST_DRIVEN:
        yield from _of_app_runner(stack)
    if stack.is_load_balanced or stack.is_backend:
        yield from _of_ports(stack)
    if has_load_balancer(stack):
        yield "HTTPSEnabled", is_https(stack)
        yield "RulePath", text(stack.manifest.mapping("http"), "path") or ""
    if stack.is_load_balanced:
        yield from _of_load_balancers(stack)
    if stack.is_job:
        yield "Schedule", _schedule(stack)


def _has_addons(stack: Stack) -> bool:
    workload = stack.manifest.workload
    return workload is not None and bool(workload.addons.templates)


def _image(node: Scalar | None) -> Value:
    return Sourced(node.text, node) if node else "<CONTAINER_IMAGE>"


def _of_task(stack: Stack) -> Values:
    root = stack.manifest.root
    yield "TaskCPU", integer(root, "cpu") or _CPU
    yield "TaskMemory", integer(root, "memory") or _MEMORY
    yield "TaskCount", desired(stack)
    yield "LogRetention", integer(stack.manifest.mapping("logging"), "retention") or _RETENTION


def _of_environment_files(stack: Stack) -> Values:
    yield "EnvFileARN", _file(stack.manifest.root, "EnvFileArn")
    if stack.has_log_router:
        yield "LoggingEnvFileARN", _file(stack.manifest.mapping("logging"), "LoggingEnvFileArn")
    for sidecar in stack.sidecars:
        yield f"{SIDECARS}{safe(sidecar.name)}", _file(sidecar.section, f"EnvFileArnFor {sidecar.name}")


def _file(section: Mapping, name: str) -> Value:
    """Where a file of variables is uploaded to; nowhere, if there is none."""
    node = scalar(section, "env_file")
    return Sourced(placeholder(name), node) if node and node.text else ""


def _of_ports(stack: Stack) -> Values:
    port = integer(stack.manifest.mapping("image"), "port")
    yield "ContainerPort", port or (_NO_PORT if stack.is_backend else 0)
    found = rules(stack)
    target = found[0].target if found else main_target(stack)
    yield "TargetContainer", target.name
    yield "TargetPort", _NO_PORT if target.port is None else target.number


def _of_load_balancers(stack: Stack) -> Values:
    yield "DNSDelegated", stack.domain is not None
    found = listeners(stack)
    if found:
        names = nlb_aliases(stack)
        joined = ",".join(name.text for name in names)
        yield "NLBAliases", Sourced(joined, names[0]) if names else ""
        yield "NLBPort", found[0].port


def _schedule(stack: Stack) -> Value:
    node = schedule.schedule_node(stack)
    try:
        return Sourced(schedule.expression(node.text), node) if node else ""
    except schedule.ScheduleError:
        return Sourced(node.text, node) if node else ""


def _of_app_runner(stack: Stack) -> Values:
    root, image = stack.manifest.root, stack.manifest.main.image
    yield "ContainerPort", integer(stack.manifest.mapping("image"), "port") or 0
    yield "ImageRepositoryType", _repository_type(image)
    yield "InstanceCPU", integer(root, "cpu") or _INSTANCE_CPU
    yield "InstanceMemory", integer(root, "memory") or _INSTANCE_MEMORY
    node = stack.manifest.get("http", "healthcheck")
    check = as_mapping(node)
    found = (
        Sourced(node.text, node) if isinstance(node, Scalar) else text(check, "path"),
        seconds(check, "interval"),
        seconds(check, "timeout"),
        integer(check, "healthy_threshold"),
        integer(check, "unhealthy_threshold"),
    )
    written = zip(HEALTH_CHECK_PARAMETERS, found, strict=True)
    yield from ((name, value) for name, value in written if value is not None)


def _repository_type(image: Scalar | None) -> Value:
    if image is None:
        return "<IMAGE_REPOSITORY_TYPE>"
    return Sourced("ECR" if _PRIVATE_IMAGE.match(image.text) else "ECR_PUBLIC", image)

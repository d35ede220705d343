"""The conditions of a template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.copilot_names import ECS_TYPES, REQUEST_DRIVEN
from sidecar_lint.template.intrinsics import ref
from sidecar_lint.template.parameters import HEALTH_CHECK_PARAMETERS
from sidecar_lint.template.stack import Stack, safe
from sidecar_lint.template.values import Short, Sourced, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_IS_GOV_CLOUD: Final = Short("Equals", [ref("AWS::Partition"), "aws-us-gov"])
_HAS_DOMAIN: Final = Short("Equals", [ref("DNSDelegated"), True])
_EXPOSES_PORT: Final = Short("Not", [Short("Equals", [ref("TargetPort"), -1])])
_FROM_ECR: Final = Short("Equals", [ref("ImageRepositoryType"), "ECR"])


def conditions(stack: Stack) -> dict[str, Value]:
    """`Conditions`."""
    return dict(_conditions(stack))


def _conditions(stack: Stack) -> Iterator[tuple[str, Value]]:
    if stack.kind == REQUEST_DRIVEN:
        yield "NeedsAccessRole", _FROM_ECR
        for name in HEALTH_CHECK_PARAMETERS:
            yield f"Has{name}", _is_given(name)
    if stack.is_load_balanced or stack.is_backend or stack.is_worker:
        yield "IsGovCloud", _IS_GOV_CLOUD
    if stack.is_load_balanced:
        yield "HasAssociatedDomain", _HAS_DOMAIN
    yield "HasAddons", _is_given("AddonsTemplateURL")
    if stack.kind in ECS_TYPES:
        yield from _environment_files(stack)
    if stack.is_backend:
        yield "ExposePort", _EXPOSES_PORT


def _environment_files(stack: Stack) -> Iterator[tuple[str, Value]]:
    yield "HasEnvFile", _is_given("EnvFileARN")
    if stack.has_log_router:
        yield "HasLoggingEnvFile", _is_given("LoggingEnvFileARN")
    for sidecar in stack.sidecars:
        name = safe(sidecar.name)
        yield f"HasEnvFileFor{name}", Sourced(_is_given(f"EnvFileARNFor{name}"), sidecar.section)


def _is_given(parameter: str) -> Value:
    return Short("Not", [Short("Equals", [ref(parameter), ""])])

"""The parameters of a template, and the values that Copilot gives them.

The values stand in a second file (`--output-dir`); what only AWS knows of them are placeholders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.copilot_names import (
    BACKEND,
    JOB,
    LOAD_BALANCED,
    REQUEST_DRIVEN,
    STATIC_SITE,
    WORKER,
)
from sidecar_lint.template.load_balancer import has_load_balancer
from sidecar_lint.template.network_load_balancer import listeners
from sidecar_lint.template.stack import Stack, safe
from sidecar_lint.template.values import Sourced, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_STRING: Final[Value] = {"Type": "String"}
_NUMBER: Final[Value] = {"Type": "Number"}
_TRUE_OR_FALSE: Final[Value] = {"Type": "String", "AllowedValues": [True, False]}
_OPTIONAL: Final[Value] = {"Type": "String", "Default": ""}
#: A month, in the types whose template says so itself.
_RETENTION: Final[Value] = {"Type": "Number", "Default": 30}
_DESCRIBED: Final[dict[str, Value]] = {
    "AddonsTemplateURL": {
        "Description": "URL of the addons nested stack template within the S3 bucket.",
        "Type": "String",
        "Default": "",
    },
    "EnvFileARN": {"Description": "URL of the environment file.", "Type": "String", "Default": ""},
    "LoggingEnvFileARN": {
        "Type": "String",
        "Description": "URL of the environment file for the logging sidecar.",
        "Default": "",
    },
    "ArtifactKeyARN": {"Type": "String", "Description": "KMS Key used for encrypting artifacts"},
}
HEALTH_CHECK_PARAMETERS: Final = tuple(
    f"HealthCheck{name}" for name in ("Path", "Interval", "Timeout", "HealthyThreshold", "UnhealthyThreshold")
)
_DEFINITIONS: Final[dict[str, Value]] = {
    **dict.fromkeys(("ContainerPort", "TaskCount", "TargetPort"), _NUMBER),
    **dict.fromkeys(("DNSDelegated", "HTTPSEnabled"), _TRUE_OR_FALSE),
    **dict.fromkeys(("NLBAliases", *HEALTH_CHECK_PARAMETERS), _OPTIONAL),
    **_DESCRIBED,
}
#: What the parameters for the files of sidecars begin with.
SIDECARS: Final = "EnvFileARNFor"
_NAMES: Final = ("AppName", "EnvName", "WorkloadName")
_TASK: Final = ("TaskCPU", "TaskMemory", "TaskCount")
_FILES: Final = ("AddonsTemplateURL", "EnvFileARN", "LoggingEnvFileARN", SIDECARS)
_TARGET: Final = ("TargetContainer", "TargetPort")
_RULE: Final = ("HTTPSEnabled", "RulePath")
#: The parameters of each type, in the order of its template.
_ORDER: Final[dict[str, tuple[str, ...]]] = {
    LOAD_BALANCED: (
        *(*_NAMES, "ContainerImage", "ContainerPort", *_TASK, "DNSDelegated", "LogRetention"),
        *(*_FILES, "ArtifactKeyARN", *_TARGET, "NLBAliases", "NLBPort", *_RULE),
    ),
    BACKEND: (
        *(*_NAMES, "ContainerImage", "ContainerPort", *_TASK, *_FILES),
        *("ArtifactKeyARN", "LogRetention", *_TARGET, *_RULE),
    ),
    WORKER: (*_NAMES, "ContainerImage", *_TASK, *_FILES, "ArtifactKeyARN", "LogRetention"),
    JOB: (*_NAMES, "Schedule", "ContainerImage", *_TASK, "LogRetention", *_FILES, "ArtifactKeyARN"),
    REQUEST_DRIVEN: (
        *(*_NAMES, "ContainerImage", "ContainerPort", "ImageRepositoryType", "InstanceCPU", "InstanceMemory"),
        *(*HEALTH_CHECK_PARAMETERS, "AddonsTemplateURL", "ArtifactKeyARN"),
    ),
    STATIC_SITE: (*_NAMES, "AddonsTemplateURL", "ArtifactKeyARN"),
}


def parameters(stack: Stack) -> dict[str, Value]:
    """`Parameters`."""
    return dict(_parameters(stack))


def _parameters(stack: Stack) -> Iterator[tuple[str, Value]]:
    left_out = _left_out(stack)
    for name in _ORDER[stack.kind]:
        if name == SIDECARS:
            yield from _of_sidecars(stack)
        elif name == "LogRetention":
            yield name, _RETENTION if stack.is_backend or stack.is_worker else _NUMBER
        elif name not in left_out:
            yield name, _DEFINITIONS.get(name, _STRING)


def _left_out(stack: Stack) -> set[str]:
    """The parameters that a type has only where something asks for them."""
    missing: set[str] = set()
    if not stack.has_log_router:
        missing.add("LoggingEnvFileARN")
    if not has_load_balancer(stack):
        missing |= {*_RULE}
    if stack.is_load_balanced and not listeners(stack):
        missing |= {"NLBAliases", "NLBPort"}
    return missing


def _of_sidecars(stack: Stack) -> Iterator[tuple[str, Value]]:
    for sidecar in stack.sidecars:
        description = f"URL of the environment file for the {sidecar.name} sidecar."
        definition = {"Type": "String", "Description": description, "Default": ""}
        yield f"{SIDECARS}{safe(sidecar.name)}", Sourced(definition, sidecar.section)

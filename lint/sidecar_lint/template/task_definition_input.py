"""The task definition as the API takes it (`aws ecs register-task-definition --cli-input-json`).

Terraform, the CDK and ECS Express Mode take the same. What only AWS knows is a placeholder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.template.evaluation import Evaluation, Nothing
from sidecar_lint.template.placeholders import placeholder
from sidecar_lint.template.values import Unquoted, Value, bare, within

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidecar_lint.template.template import GeneratedTemplate

#: Where the API calls a property otherwise than with a small first letter.
_NAMES: Final = {
    "EFSVolumeConfiguration": "efsVolumeConfiguration",
    "FSxWindowsFileServerVolumeConfiguration": "fsxWindowsFileServerVolumeConfiguration",
    "FilesystemId": "fileSystemId",
    "IAM": "iam",
    "ProxyConfigurationProperties": "properties",
}
_PROPERTIES: Final = {name: property_ for property_, name in _NAMES.items()}
#: Maps whose keys are the user's.
_FREE: Final = frozenset(("DockerLabels", "Options", "DriverOpts", "Labels"))
_INTEGERS: Final = frozenset(
    (
        "ContainerPort",
        "HardLimit",
        "HostPort",
        "IgnoredExitCodes",
        "Interval",
        "MaxComputePercent",
        "MaxSwap",
        "MemoryReservation",
        "RestartAttemptPeriod",
        "Retries",
        "SharedMemorySize",
        "Size",
        "SizeInGiB",
        "SoftLimit",
        "StartPeriod",
        "StartTimeout",
        "StopTimeout",
        "Swappiness",
        "Timeout",
        "TransitEncryptionPort",
    )
)
#: Of the task these are texts, of a container numbers.
_INTEGERS_OF_CONTAINERS: Final = _INTEGERS | {"Cpu", "Memory"}
_BOOLS: Final = frozenset(
    (
        "Autoprovision",
        "ConfiguredAtLaunch",
        "DisableNetworking",
        "EnableFaultInjection",
        "Enabled",
        "Essential",
        "InitProcessEnabled",
        "Interactive",
        "Privileged",
        "PseudoTerminal",
        "ReadOnly",
        "ReadonlyRootFilesystem",
    )
)


def property_name(name: str) -> str:
    """What CloudFormation calls what the API calls so."""
    return _PROPERTIES.get(name, name[:1].upper() + name[1:])


def task_definition_input(
    template: GeneratedTemplate, keep: Callable[[Value], Value] = lambda value: value
) -> Value:
    """The task definition of a template; None where it has none. `keep` is given its properties as they are written."""
    properties = template.get("Resources", "TaskDefinition", "Properties")
    if properties is None:
        return None
    found = Evaluation(template).of(keep(properties.value))
    return None if isinstance(found, Nothing) else _of_task(found)


def _of_task(value: Value) -> Value:
    found = bare(value)
    if not isinstance(found, dict):
        return None
    made = {_name(name): _property(name, child, _INTEGERS) for name, child in found.items()}
    containers = bare(found.get("ContainerDefinitions"))
    if isinstance(containers, list):
        made["containerDefinitions"] = [_container(each) for each in containers]
    return {name: child for name, child in made.items() if child is not None}


def _container(value: Value) -> Value:
    made = _item(value, _INTEGERS_OF_CONTAINERS)
    found = bare(made)
    if isinstance(found, dict) and "image" not in found:
        image = placeholder(f"Image of {bare(found.get('name'))}")
        return within(made, {"name": found.get("name"), "image": image, **found})
    return made


def _item(value: Value, integers: frozenset[str]) -> Value:
    """A map or a list with everything in it, or a text."""
    found = bare(value)
    if isinstance(value, Unquoted):
        return _text(value)
    if isinstance(found, dict):
        pairs = {_name(name): _property(name, child, integers) for name, child in found.items()}
        return within(value, {name: child for name, child in pairs.items() if child is not None})
    if isinstance(found, list):
        return within(value, [_item(each, integers) for each in found])
    return _text(value)


def _property(written: str, value: Value, integers: frozenset[str]) -> Value:
    """The value of a property, of one that is misspelt with a small first letter too: its name is wrong, not its type."""
    found, name = bare(value), property_name(written)
    if (
        found is None and not isinstance(value, Unquoted)
    ) or found == []:  # nothing is left of a list whose conditions do not hold
        return None
    if name in _FREE and isinstance(found, dict):
        return within(value, {key: _text(child) for key, child in found.items()})
    if isinstance(found, list) and name in integers:
        return within(value, [_integer(each) for each in found])
    if isinstance(found, (dict, list)):
        return _item(value, integers)
    if name in integers:
        return _integer(value)
    return _bool(value) if name in _BOOLS else _text(value)


def _text(value: Value) -> Value:
    """A scalar as a text; one that Copilot writes without quotes as the manifest has it."""
    found = bare(value)
    if isinstance(found, str):
        return within(value, found)
    if isinstance(value, Unquoted):
        return within(value, value.text)
    return within(
        value, "" if found is None else str(found).lower() if isinstance(found, bool) else str(found)
    )


def _integer(value: Value) -> Value:
    found = bare(value)
    if isinstance(found, str) and found.isdecimal():
        return within(value, int(found))
    return within(value, int(found)) if isinstance(found, float) and found.is_integer() else value


def _bool(value: Value) -> Value:
    found = bare(value)
    return within(value, found == "true") if found in ("true", "false") else value


def _name(name: str) -> str:
    return _NAMES.get(name, name[:1].lower() + name[1:])


#: The same maps by what the API calls them.
FREE: Final = frozenset(map(_name, _FREE))

"""The platform of a task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.template.values import Sourced, Value

if TYPE_CHECKING:
    from sidecar_lint.template.stack import Stack

_WINDOWS: Final = "WINDOWS_SERVER_2019_CORE"
_SYSTEMS: Final = {
    "windows": _WINDOWS,
    "windows_server_2019_core": _WINDOWS,
    "windows_server_2019_full": "WINDOWS_SERVER_2019_FULL",
    "windows_server_2022_core": "WINDOWS_SERVER_2022_CORE",
    "windows_server_2022_full": "WINDOWS_SERVER_2022_FULL",
}
_DEFAULT: Final = ("LINUX", "X86_64")


def platform(stack: Stack) -> tuple[str, str]:
    """Operating system and architecture as ECS calls them (transformers.go, convertPlatform)."""
    system, architecture = stack.manifest.platform
    return _SYSTEMS.get(system, "LINUX"), "ARM64" if architecture in ("arm", "arm64") else "X86_64"


def runtime_platform(stack: Stack) -> Value:
    """`RuntimePlatform`; nothing for Linux on x86."""
    system, architecture = platform(stack)
    node = stack.manifest.get("platform")
    if node is None or (system, architecture) == _DEFAULT:
        return None
    return Sourced({"OperatingSystemFamily": system, "CpuArchitecture": architecture}, node)


def platform_version(stack: Stack) -> str:
    """The version of Fargate's platform."""
    return "LATEST" if platform(stack)[0] == "LINUX" else "1.0.0"

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Mapping, Rule, Scalar, Severity, Stage, closest

_LINUX: Final = ("x86_64", "amd64", "arm64", "arm")
_WINDOWS: Final = ("x86_64", "amd64")
_SYSTEMS: Final = {
    "linux": _LINUX,
    "windows": _WINDOWS,
    "windows_server_2019_core": _WINDOWS,
    "windows_server_2019_full": _WINDOWS,
    "windows_server_2022_core": _WINDOWS,
    "windows_server_2022_full": _WINDOWS,
}
_USUAL: Final = {"osfamily": "linux", "architecture": "x86_64"}
_SHORT: Final = ("linux/x86_64", "linux/amd64", "linux/arm64", "linux/arm", "windows/x86_64", "windows/amd64")


class InvalidPlatform(Rule):
    """`platform` is none that Copilot knows.

    In one word it is `linux/x86_64`, `linux/arm64` or `windows/x86_64`, with `amd64` and `arm` as other
    names of the two architectures. As a map it has both `osfamily`, where a Windows Server can be chosen,
    and `architecture`. Upper and lower case are alike, and Windows runs on x86_64 alone.
    """

    code, name = "SL401", "invalid-platform"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: the platform is invalid"
    sources = ("internal/pkg/manifest/validate.go: PlatformString.validate, PlatformArgs.validate",)
    in_schema = True
    good = (
        "platform: linux/amd64",
        "platform: Linux/ARM64",
        "platform: {osfamily: windows_server_2022_core, architecture: x86_64}",
        """
        platform: linux/arm64
        environments:
          prod:
            platform: {osfamily: linux, architecture: x86_64}
        """,
    )
    bad = (
        Bad(
            """
            platform: linux/arm46
            #         ^^^^^^^^^^^ SL401
            """,
            fixed="platform: linux/arm64",
        ),
        Bad(
            """
            platform: linux
            #         ^^^^^ SL401
            """
        ),
        Bad(
            """
            platform:
            ^^^^^^^^ SL401
              osfamily: windows_server_2022_core
            """
        ),
        Bad(
            """
            platform:
              osfamily: windows_server_2016_core
            #           ^^^^^^^^^^^^^^^^^^^^^^^^ SL401
              architecture: x86_64
            """,
            fixed="osfamily: windows_server_2019_core",
        ),
        Bad(
            """
            platform:
              osfamily: windows
              architecture: arm64
            #               ^^^^^ SL401
            """,
            fixed="architecture: x86_64",
        ),
    )
    also_bad = (
        Bad(
            """
            platform: {osfamily: [linux], architecture: x86_64}
            #                    ^^^^^^^ SL401
            """
        ),
    )
    also_good = ("platform: {osfamily: '${SYSTEM}', architecture: x86_64}",)

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        node = manifest.get("platform") if manifest.is_ecs else None
        if isinstance(node, Scalar) and node.known:
            yield from self._text(node)
        elif isinstance(node, Mapping):
            yield from self._map(node)

    def _text(self, node: Scalar) -> Iterator[Finding]:
        if node.text.lower() in _SHORT:
            return
        if node.text.count("/") != 1:
            message = f"{node.text!r} is not of the form system/architecture"
        else:
            message = f"{node.text!r} is not a platform"
        nearest = closest(node.text, _SHORT) if "/" in node.text else None
        yield self.finding(
            node, message, replace=nearest, help="" if nearest else f"write one of {', '.join(_SHORT)}"
        )

    def _map(self, node: Mapping) -> Iterator[Finding]:
        system, architecture = node.get("osfamily"), node.get("architecture")
        if (system is None) != (architecture is None):
            missing = "architecture" if architecture is None else "osfamily"
            place = node.key.span if node.key else node.span
            yield self.finding(
                place, f"`platform` has no `{missing}`", help=f"add `{missing}`, such as `{_USUAL[missing]}`"
            )
        elif isinstance(system, Scalar) and isinstance(architecture, Scalar):
            yield from self._pair(system, architecture)

    def _pair(self, system: Scalar, architecture: Scalar) -> Iterator[Finding]:
        if not system.known or not architecture.known:
            return
        known = _SYSTEMS.get(system.text.lower())
        if known is None:
            yield self._wrong(system, f"{system.text!r} is not an operating system", tuple(_SYSTEMS))
        elif architecture.text.lower() not in known:
            yield self._wrong(architecture, f"{system.text} does not run on {architecture.text!r}", known)

    def _wrong(self, node: Scalar, message: str, known: tuple[str, ...]) -> Finding:
        nearest = known[0] if known is _WINDOWS else closest(node.text, known)
        return self.finding(
            node,
            message,
            replace=nearest,
            help="" if nearest else f"write one of {', '.join(known)}",
            follows_from=[("SL005", node)],
        )

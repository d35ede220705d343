from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    BACKEND,
    LOAD_BALANCED,
    Bad,
    Finding,
    Manifest,
    Mapping,
    Node,
    Rule,
    Scalar,
    Severity,
    Stage,
)
from sidecar_lint_rules.platform._windows import because_of_windows

_CHECKED: Final = (LOAD_BALANCED, BACKEND)


class WindowsServiceConnect(Rule):
    """A service on Windows has `network.connect`.

    ECS Service Connect adds a proxy to each task, and that proxy is a Linux container.
    """

    code, name = "SL405", "windows-service-connect"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: service connect is not supported for Windows"
    sources = (
        "internal/pkg/manifest/validate.go: LoadBalancedWebServiceConfig.validate, BackendServiceConfig.validate",
        "aws/copilot-cli#5696",
    )
    good = (
        "platform: windows/amd64\nnetwork: {connect: false}",
        "platform: linux/amd64\nnetwork: {connect: true}",
    )
    bad = (
        Bad(
            """
            platform: windows/amd64
            network:
              connect: true
            #          ^^^^ SL405
            """
        ),
        Bad(
            """
            platform: windows/amd64
            network:
              connect:
            # ^^^^^^^ SL405
                alias: api.local
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        node = manifest.get("network", "connect")
        if manifest.is_windows and manifest.kind in _CHECKED and node and _is_enabled(node):
            place = node.key.span if isinstance(node, Mapping) and node.key else node
            yield self.finding(
                place,
                "Windows has no Service Connect",
                help="take `connect` out, or write `connect: false`",
                follows_from=because_of_windows(manifest),
            )


def _is_enabled(node: Node) -> bool:
    if isinstance(node, Mapping):
        return node.get("alias") is not None
    return isinstance(node, Scalar) and node.as_bool is True

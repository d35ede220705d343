from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import REQUEST_DRIVEN, Bad, Finding, Manifest, Mapping, Rule, Severity, Stage


class PlatformOnAppRunner(Rule):
    """A Request-Driven Web Service has a `platform`.

    App Runner runs Linux on x86_64 and nothing else. Copilot means to allow just that, but the
    condition it tests can never hold: every `platform` is refused, `linux/x86_64` too.
    """

    code, name = "SL402", "platform-on-app-runner"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = (
        "Copilot refuses the manifest: App Runner services can only build on amd64 and x86_64 architectures"
    )
    sources = ("internal/pkg/manifest/validate.go: AppRunnerInstanceConfig.validate",)
    good = ("type: Request-Driven Web Service\nimage: {location: nginx, port: 80}", "platform: linux/x86_64")
    bad = (
        Bad(
            """
            type: Request-Driven Web Service
            platform: linux/x86_64
            #         ^^^^^^^^^^^^ SL402
            image: {location: nginx, port: 80}
            """
        ),
    )
    also_good = (
        """
        type: Request-Driven Web Service
        platform: {}
        """,
    )
    also_bad = (
        Bad(
            """
            type: Request-Driven Web Service
            platform: {osfamily: linux}
            #         ^^^^^^^^^^^^^^^^^ SL402
            """
        ),
        Bad(
            """
            type: Request-Driven Web Service
            platform: {architecture: x86_64}
            #         ^^^^^^^^^^^^^^^^^^^^^^ SL402
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        node = manifest.get("platform") if manifest.kind == REQUEST_DRIVEN else None
        if node is None or (isinstance(node, Mapping) and not _names_anything(node)):
            return
        message = "a Request-Driven Web Service takes no `platform`"
        help_ = "take `platform` out: App Runner runs linux/x86_64"
        yield self.finding(node, message, help=help_)


def _names_anything(node: Mapping) -> bool:
    return node.get("osfamily") is not None or node.get("architecture") is not None

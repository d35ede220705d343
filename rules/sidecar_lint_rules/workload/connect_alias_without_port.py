from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import BACKEND, WORKER, Bad, Finding, Manifest, Rule, Severity, Stage


class ConnectAliasWithoutPort(Rule):
    """`network.connect.alias` names a service that nothing can connect to.

    The alias is the name under which other services reach this one over Service Connect. A Worker
    Service has no port; a Backend Service has one if it says `image.port` or
    `http.target_container`.
    """

    code, name = "SL071", "connect-alias-without-port"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: no port is exposed"
    sources = (
        "internal/pkg/manifest/validate.go: BackendServiceConfig.validate, WorkerServiceConfig.validate",
    )
    good = (
        "type: Backend Service\nimage: {port: 80}\nnetwork: {connect: {alias: api}}",
        "type: Worker Service\nnetwork: {connect: true}",
    )
    bad = (
        Bad(
            """
            type: Worker Service
            network:
              connect:
                alias: api
            #   ^^^^^ SL071
            """
        ),
        Bad(
            """
            type: Backend Service
            image: {location: redis}
            network: {connect: {alias: cache}}
            #                   ^^^^^ SL071
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        alias = manifest.get("network", "connect", "alias")
        if alias is None:
            return
        message = "the service has an alias but no port"
        if manifest.kind == WORKER:
            help_ = "write connect: true to reach other services; nothing can reach this one"
            yield self.finding(alias.key or alias, message, help=help_)
        elif manifest.kind == BACKEND and not _has_port(manifest):
            help_ = "write image.port: and the port that the container listens on"
            yield self.finding(alias.key or alias, message, help=help_)


def _has_port(manifest: Manifest) -> bool:
    return bool(manifest.get("image", "port") or manifest.get("http", "target_container"))

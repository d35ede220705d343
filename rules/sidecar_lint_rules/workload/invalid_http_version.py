from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Rule, Scalar, Severity, Stage, closest

_VERSIONS: Final = ("http1", "http2", "grpc")


class InvalidHttpVersion(Rule):
    """`http.version` is not a protocol that a load balancer speaks to containers.

    It is `http1`, which is the default, `http2` or `grpc`, in small or capital letters.
    """

    code, name = "SL055", "invalid-http-version"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: the version must be GRPC, HTTP1 or HTTP2"
    in_schema = True
    sources = ("internal/pkg/manifest/validate.go: RoutingRule.validate",)
    good = ("http: {path: /, version: HTTP2}", "http: {path: /, version: '${VERSION}'}")
    bad = (
        Bad(
            """
            http:
              path: /
              version: http/2
            #          ^^^^^^ SL055
              additional_rules:
                - {path: /api, version: 2}
            #                           ^ SL055
            """,
            fixed="version: http2",
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for rule, _ in manifest.http_rules():
            version = rule.get("version")
            if not isinstance(version, Scalar) or not version.known or version.text.lower() in _VERSIONS:
                continue
            message = f"{version.text!r} is not a protocol version"
            nearest = closest(version.text, _VERSIONS)
            choice = "" if nearest else f"write {', '.join(_VERSIONS[:-1])} or {_VERSIONS[-1]}"
            yield self.finding(version, message, replace=nearest, help=choice)

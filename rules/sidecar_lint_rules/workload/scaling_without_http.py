from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import BACKEND, LOAD_BALANCED, Bad, Finding, Manifest, Rule, Severity, Stage

_NEEDS_HTTP: Final = ("requests", "response_time")


class ScalingWithoutHttp(Rule):
    """The service is to scale on requests, and has no `http`.

    `count.requests` and `count.response_time` are measured by an application load balancer. A
    network load balancer does not know them.
    """

    code, name = "SL062", "scaling-without-http"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: without http there is nothing to measure"
    sources = (
        "internal/pkg/manifest/validate.go: LoadBalancedWebServiceConfig.validate, BackendServiceConfig.validate",
    )
    good = (
        "http: {path: /}\ncount: {range: 1-10, requests: 100}",
        "count: {range: 1-10, cpu_percentage: 70}\ntype: Backend Service",
    )
    bad = (
        Bad(
            """
            type: Backend Service
            count:
              range: 1-10
              requests: 100
            # ^^^^^^^^ SL062
            """
        ),
        Bad(
            """
            http: false
            nlb: {port: 443/tls}
            count: {range: 1-10, response_time: 2s}
            #                    ^^^^^^^^^^^^^ SL062
            """
        ),
    )
    also_good = (
        """
        type: Worker Service
        count: {range: 1-10, requests: 100}
        """,
        """
        type: Backend Service
        count: {range: 1-10, requests: {}, cpu_percentage: 60}
        """,
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if not _is_without_http(manifest):
            return
        count = manifest.mapping("count")
        for name in _NEEDS_HTTP:
            field = count.get(name)
            if field is not None and manifest.scaling.sets(name):
                message = f"count.{name} needs http"
                help_ = "write http: with a path, or scale on cpu_percentage or memory_percentage"
                yield self.finding(field.key or field, message, help=help_)


def _is_without_http(manifest: Manifest) -> bool:
    if manifest.kind == LOAD_BALANCED:
        return manifest.http_is_off
    return manifest.kind == BACKEND and manifest.http_says_nothing

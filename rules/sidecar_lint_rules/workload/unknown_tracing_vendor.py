from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    BACKEND,
    LOAD_BALANCED,
    REQUEST_DRIVEN,
    WORKER,
    Bad,
    Finding,
    Manifest,
    Rule,
    Severity,
    Stage,
)

_VENDOR: Final = "awsxray"
_SILENT: Final = (LOAD_BALANCED, BACKEND, WORKER)


class UnknownTracingVendor(Rule):
    """`observability.tracing` is not `awsxray`, the only vendor there is.

    Copilot checks the word for a Request-Driven Web Service. For the other services it adds a
    collector for AWS X-Ray where the word is `awsxray`, and where it is not, nothing.
    """

    code, name = "SL080", "unknown-tracing-vendor"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: the only vendor is awsxray"
    in_schema = True
    sources = (
        "internal/pkg/manifest/validate.go: Observability.validate",
        "internal/pkg/template/templates/workloads/partials/cf/sidecars.yml",
    )
    good = (
        "type: Request-Driven Web Service\nobservability: {tracing: AWSXRay}",
        "observability: {tracing: '${VENDOR}'}",
    )
    bad = (
        Bad(
            """
            type: Request-Driven Web Service
            observability:
              tracing: aws-xray
            #          ^^^^^^^^ SL080
            """,
            fixed="tracing: awsxray",
        ),
        Bad(
            """
            observability: {tracing: xray}
            #                        ^^^^ SL080
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        vendor = manifest.scalar("observability", "tracing")
        if vendor is None or not vendor.known or vendor.text.casefold() == _VENDOR:
            return
        message = f"{vendor.text!r} is not a tracing vendor that Copilot knows"
        if manifest.kind == REQUEST_DRIVEN:
            yield self.finding(vendor, message, replace=_VENDOR)
        elif manifest.kind in _SILENT:
            effect = "nothing is traced: Copilot adds no collector"
            yield self.finding(
                vendor,
                message,
                replace=_VENDOR,
                effect=effect,
                severity=Severity.WARNING,
                stage=Stage.SILENT,
            )

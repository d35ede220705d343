from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage, undefined_links
from sidecar_lint_rules.collector._sections import SERVICE, TOP, Causes, unread

if TYPE_CHECKING:
    from sidecar_lint import CollectorStructure, Configuration


class ExtensionNotStarted(Rule):
    """An extension is configured and `service.extensions` does not name it.

    It is never started: nothing answers the health check, nothing signs requests. The collector does not
    mention it.
    """

    code, name = "SL920", "extension-not-started"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "the collector reads it and never starts it"
    sources = ("opentelemetry-collector: service/extensions",)
    good = (
        """
        # file: otel-config.yaml
        receivers:
          otlp:
            protocols:
              grpc:
        exporters:
          awsxray:
        service:
          pipelines:
            traces:
              receivers: [otlp]
              exporters: [awsxray]
        """,
    )
    bad = (
        Bad(
            """
            # file: otel-config.yaml
            extensions:
              health_check:
            # ^^^^^^^^^^^^ SL920
            receivers:
              otlp:
                protocols:
                  grpc:
            service:
              pipelines:
                traces:
                  receivers: [otlp]
                  exporters: [awsxray]
            """
        ),
    )
    also_good = (
        """
        # file: otel-config.yaml
        extensions: {health_check: }
        receivers: {otlp: {protocols: {grpc: }}}
        service: {extensions: [health_check], pipelines: {traces: {receivers: [otlp], exporters: [debug]}}}
        """,
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        structure = configuration.structure
        if structure is None or not structure.uses_are_known("extensions"):
            return
        missed = {link.id for link in configuration.missed_extensions}
        links = {
            each.component.key.span: each.link.node for each in undefined_links(structure) if each.component
        }
        for component in structure.components["extensions"]:
            if (
                component.id
                and component.id not in structure.used("extensions")
                and component.id not in missed
            ):
                misspelt = links.get(component.key.span)
                yield self.finding(
                    component.key,
                    f"the service does not start the extension {component.key.text!r}",
                    help=f"name it in `service.extensions`: [{component.id}]",
                    follows_from=[*([("SL914", misspelt)] if misspelt else []), *_because(structure)],
                )


def _because(structure: CollectorStructure) -> Causes:
    """Why `service.extensions` may not be read, or not be there."""
    return [*unread(structure.root, "service", TOP), *unread(structure.service, "extensions", SERVICE)]

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage

if TYPE_CHECKING:
    from sidecar_lint import Configuration


class SeveralCollectorDocuments(Rule):
    """A collector's configuration holds several YAML documents.

    The collector reads the first and stops. What comes after the second `---` is never looked at.
    """

    code, name = "SL926", "several-collector-documents"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "the collector reads the first document only"
    sources = ("go.yaml.in/yaml/v3: func Unmarshal",)
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
            ---
            ^^^ SL926
            extensions:
              health_check:
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        if configuration.tree.second_document:
            yield self.finding(
                configuration.tree.second_document,
                "a second document starts here",
                help="put all of it into one document",
            )

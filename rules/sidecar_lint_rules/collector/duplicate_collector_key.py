from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Related, Rule, Severity, Stage

if TYPE_CHECKING:
    from sidecar_lint import Configuration


class DuplicateCollectorKey(Rule):
    """A key is written twice in one map of a collector's configuration.

    The collector's YAML parser refuses that wherever it happens: "mapping key already defined".
    """

    code, name = "SL902", "duplicate-collector-key"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the collector does not start"
    sources = ("go.yaml.in/yaml/v3: decode.go",)
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
              debug:
                verbosity: basic
                verbosity: detailed
            #   ^^^^^^^^^ SL902
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        for mapping in configuration.mappings:
            for first, second in mapping.duplicates:
                message = f"{second.text!r} is already written above"
                related = (Related(first.span, "here"),)
                yield self.finding(second, message, related=related, help="keep one of them")

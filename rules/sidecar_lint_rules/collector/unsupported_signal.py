from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage

if TYPE_CHECKING:
    from sidecar_lint import Configuration


class UnsupportedSignal(Rule):
    """A component stands in a pipeline whose data it cannot take.

    `awsemf` takes metrics, `awsxray` traces, `awscloudwatchlogs` logs; `otlp`, `debug` and `batch` take
    all of them.
    """

    code, name = "SL918", "unsupported-signal"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the collector does not start"
    sources = (
        "opentelemetry-collector: service/internal/graph",
        "aws-otel-collector v0.49.0",
    )
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
              awsemf:
            service:
              pipelines:
                traces:
                  receivers: [otlp]
                  exporters: [awsemf]
            #                 ^^^^^^ SL918
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        if not configuration.is_adot or configuration.structure is None:
            return
        models = {(each.kind, each.id): each.model for each in configuration.known}
        for pipeline in configuration.structure.pipelines:
            for kind, links in pipeline.lists.items():
                for link in links.items:
                    model = models.get((kind, link.id))
                    if model and pipeline.signal in SIGNALS and pipeline.signal not in model.signals:
                        message = f"the {kind[:-1]} {link.node.text!r} takes {_and(model.signals)}, and no {pipeline.signal}"
                        yield self.finding(
                            link.node, message, help=f"name it in a pipeline of {_and(model.signals)}"
                        )


SIGNALS = ("traces", "metrics", "logs")


def _and(words: tuple[str, ...]) -> str:
    return " and ".join(words)

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Edit, Finding, Fix, Rule, Scalar, Severity, Stage
from sidecar_lint_rules.collector._certainty import weight

if TYPE_CHECKING:
    from sidecar_lint import Configuration


class WrongCollectorType(Rule):
    """A setting of the collector has a value of a type that it does not take.

    The collector is strict: `"10"` in quotes is text and no number, `yes` is text and no bool, a number
    is not text, and a name is not a list of one. A value that is made of references alone, such as
    `${env:PORT}`, becomes what its text says and is never told.
    """

    code, name = "SL909", "wrong-collector-type"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the collector does not start"
    sources = ("opentelemetry-collector: confmap/internal/decoder.go (WeaklyTypedInput: false)",)
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
                use_internal_logger: yes
            #                        ^^^ SL909
            service:
              pipelines:
                traces:
                  receivers: otlp
            #                ^^^^ SL909
                  exporters: [debug]
            """,
            fixed="receivers: [otlp]",
        ),
        Bad(
            """
            # file: otel-config.yaml
            processors:
              batch:
                send_batch_size: "50"
            #                    ^^^^ SL909
            service:
            """,
            fixed="send_batch_size: 50",
        ),
    )
    also_bad = (
        Bad(
            """
            # file: otel-config.yaml
            receivers: {otlp: {protocols: {grpc: {endpoint: [localhost]}}}, otlp/2: {protocols: grpc}}
            #                                               ^^^^^^^^^^^ SL909
            #                                                                                   ^^^^ SL909
            exporters: {debug: {verbosity: [normal]}}
            #                              ^^^^^^^^ SL909
            service: {pipelines: {traces: {receivers: [otlp], exporters: [debug]}}}
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        for wrong in configuration.wrong_types:
            node = wrong.node
            fixes: tuple[Fix, ...] = ()
            if wrong.instead is not None and isinstance(node, Scalar) and node.alias is None:
                fixes = (Fix(f"write `{wrong.instead}`", (Edit(node.span, wrong.instead),)),)
            help_ = f"write `{wrong.instead}`" if wrong.instead is not None else _help(wrong.place)
            message = f"{wrong.place} takes {wrong.expected}, and this is {wrong.found}"
            certainty = configuration.reader.of_type(wrong)
            if certainty:
                severity, effect = weight(self, configuration, certainty)
                yield self.finding(node, message, help=help_, fixes=fixes, severity=severity, effect=effect)


def _help(place: str) -> str:
    return "write host and port, such as `0.0.0.0:4317`" if place.endswith("endpoint") else ""

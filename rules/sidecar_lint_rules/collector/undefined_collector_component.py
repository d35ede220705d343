from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Node, Rule, Scalar, Severity, Stage, UndefinedLink, undefined_links
from sidecar_lint_rules.collector._sections import defined_in_vain

if TYPE_CHECKING:
    from sidecar_lint import CollectorStructure, Configuration


class UndefinedCollectorComponent(Rule):
    """A pipeline, or `service.extensions`, names a component that is not configured.

    Every name has to be a key of the section of its kind, spelt with its `/name`. A component that needs
    no settings still has to be there, with nothing behind its colon.
    """

    code, name = "SL914", "undefined-collector-component"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the collector does not start"
    sources = (
        "go.opentelemetry.io/collector: confmap",
        "opentelemetry-collector: otelcol/config.go",
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
    also_good = (
        """
        sidecars:
          otel:
            image: otel/opentelemetry-collector-contrib:0.115.1
            command: ["--config=env:OTEL_CONFIG", "--config=env:EXPORTERS"]
            variables:
              OTEL_CONFIG: |
                receivers: {otlp: {protocols: {grpc: }}}
                service: {pipelines: {traces: {receivers: [otlp], exporters: [debug]}}}
              EXPORTERS: |
                exporters: {debug: }
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
            processors:
              batch/traces:
            exporters:
              awsxray:
            service:
              pipelines:
                traces:
                  receivers: [otlp]
                  processors: [batch/trace]
            #                  ^^^^^^^^^^^ SL914
                  exporters: [awsxray]
            """,
            fixed="processors: [batch/traces]",
        ),
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
              extensions: [health_check]
            #              ^^^^^^^^^^^^ SL914
            """
        ),
    )
    also_bad = (
        Bad(
            """
            # file: otel-config.yaml
            receivers: {otlp: {protocols: {grpc: }}}
            exporters: {debug: }
            service: {pipelines: {traces: {receivers: [otlp], exporters: [debug, otlp]}}}
            #                                                                    ^^^^ SL914
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        structure = configuration.structure
        if structure is None:
            return
        found = list(undefined_links(structure))
        in_vain = {kind: dict(defined_in_vain(structure, kind)) for kind in {each.kind for each in found}}
        first: dict[tuple[str, str], Scalar] = {}
        for undefined in found:
            link, kind = undefined.link, undefined.kind
            message = f"no {kind[:-1]} {str(link.id)!r} is configured"
            others = [other for other in structure.components if link.id in structure.defined(other)]
            help_ = f"that is one of `{others[0]}`" if others else f"write `{link.node.text}:` under `{kind}`"
            other = first.setdefault((kind, str(link.id)), link.node)
            written = in_vain[kind].get(str(link.id))
            yield self.finding(
                link.node,
                message,
                replace=undefined.nearest,
                help="" if undefined.nearest else help_,
                follows_from=[
                    *([written] if written else []),
                    *_misspelt(structure, undefined),
                    # What is nowhere needs to be written once.
                    *([(self.code, other)] if other is not link.node and not undefined.nearest else []),
                ],
            )


def _misspelt(structure: CollectorStructure, undefined: UndefinedLink) -> Iterator[tuple[str, Node]]:
    """The component that is named, once that is of the type that is meant."""
    component = undefined.component
    if component and undefined.is_of(structure, component):
        yield "SL905", component.key

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage, undefined_links
from sidecar_lint_rules.collector._sections import PIPELINE, Causes, lacking, named_in_vain

if TYPE_CHECKING:
    from sidecar_lint import CollectorComponent, CollectorStructure, Configuration, Scalar, Span


class UnusedCollectorComponent(Rule):
    """A receiver, processor or exporter is configured and stands in no pipeline.

    The collector says nothing: it checks the settings, and then does without the component. Often it was
    forgotten in the list, or the list spells it otherwise.
    """

    code, name = "SL919", "unused-collector-component"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "the collector reads it and never uses it"
    sources = ("opentelemetry-collector: service/internal/graph",)
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
            processors:
              batch:
            # ^^^^^ SL919
            exporters:
              awsxray:
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
        receivers: {otlp: {protocols: {grpc: }}}
        exporters: {awsxray: }
        """,
    )
    also_bad = (
        Bad(
            """
            # file: otel-config.yaml
            receivers: {otlp: {protocols: {grpc: }}}
            processors: {batch: }
            #            ^^^^^ SL919
            exporters: {awsxray: , debug: }
            #           ^^^^^^^ SL919
            service: {pipelines: {traces: {receivers: [otlp], processor: [batch], exporters: [debug]}}}
            """
        ),
        Bad(
            """
            # file: otel-config.yaml
            receivers: {otlp: {protocols: {grpc: }}}
            exporters: {awsxray: }
            #           ^^^^^^^ SL919
            service: {pipelines: {traces: {receivers: [otlp]}}}
            """
        ),
        Bad(
            """
            # file: otel-config.yaml
            receivers: {otlp: {protocols: {grpc: }}}
            exporters: {awsxray: , debug: }
            #           ^^^^^^^ SL919
            #                      ^^^^^ SL919
            service: {pipelines: {traces: {receivers: [otlp]}}}
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        structure = configuration.structure
        if structure is None or not structure.pipelines:
            return
        links = {
            each.component.key.span: each.link.node for each in undefined_links(structure) if each.component
        }
        for kind in PIPELINE:
            if structure.uses_are_known(kind):
                used = structure.used(kind)
                unused = [each for each in structure.components[kind] if each.id and each.id not in used]
                yield from self._unused(structure, kind, unused, links)

    def _unused(
        self,
        structure: CollectorStructure,
        kind: str,
        unused: list[CollectorComponent],
        links: dict[Span, Scalar],
    ) -> Iterator[Finding]:
        in_vain = dict(named_in_vain(structure, kind)) if unused else {}
        pipelines = _lacking(structure, kind) if len(unused) == 1 else []
        for component in unused:
            misspelt, unread = links.get(component.key.span), in_vain.get(component.key.text)
            yield self.finding(
                component.key,
                f"no pipeline has the {kind[:-1]} {component.key.text!r}",
                help=f"name it under `{kind}` of a pipeline, or remove it",
                follows_from=[
                    *([("SL914", misspelt)] if misspelt else []),
                    *([("SL904", unread)] if unread else []),
                    *pipelines,
                ],
            )


def _lacking(structure: CollectorStructure, kind: str) -> Causes:
    """The pipelines that have none of a kind, and need one."""
    return [
        ("SL916", place)
        for pipeline in structure.pipelines
        for needed, place in lacking(pipeline)
        if needed == kind
    ]

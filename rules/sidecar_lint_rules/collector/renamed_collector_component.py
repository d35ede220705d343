from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Edit, Finding, Fix, Rule, Scalar, Severity, Span, Stage

if TYPE_CHECKING:
    from sidecar_lint import Configuration


class RenamedCollectorComponent(Rule):
    """A component is called by a name that is on its way out.

    ADOT gives components new names since v0.48.0: `otlp_grpc` for the exporter `otlp`, for
    instance. The old ones still work, with a warning in the collector's log. The new ones do not work in
    older images: where an image's tag is older, nothing is said.
    """

    code, name = "SL906", "renamed-collector-component"
    severity, stage = Severity.INFO, Stage.SILENT
    effect = "the collector warns at every start, and a later release will refuse it"
    sources = (
        "aws-observability/aws-otel-collector: v0.48.0, v0.49.0",
        "opentelemetry-collector-contrib v0.157.0: cumulative_to_delta",
        "opentelemetry-collector: component alias",
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
              otlphttp:
            # ^^^^^^^^ SL906
                endpoint: https://example.com:4318
            service:
              pipelines:
                traces:
                  receivers: [otlp]
                  exporters: [otlphttp]
            """,
            fixed="exporters: [otlp_http]",
        ),
    )
    also_bad = (
        Bad(
            """
            # file: otel-config.yaml
            receivers: {otlp: {protocols: {grpc: }}}
            exporters: {'otlphttp': {endpoint: 'https://example.com:4318'}}
            #           ^^^^^^^^^^ SL906
            service: {pipelines: {traces: {receivers: [otlp], exporters: ["otlphttp"]}}}
            """
        ),
        Bad(
            """
            # file: otel-config.yaml
            receivers: {otlp: {protocols: {grpc: }}}
            exporters: {otlphttp: {endpoint: 'https://example.com:4318'}}
            #           ^^^^^^^^ SL906
            service:
              pipelines:
                traces: {receivers: [otlp], exporters: [&exporter otlphttp]}
                metrics: {receivers: [otlp], exporters: [*exporter]}
            """
        ),
        Bad(
            """
            sidecars:
              otel:
                image: public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0
                variables:
                  AOT_CONFIG_CONTENT: |
                    receivers: {otlp: {protocols: {grpc: }}}
                    processors: {metricstransform: {transforms: []}}
            #                    ^^^^^^^^^^^^^^^^ SL906
                    exporters: {debug: }
                    service: {pipelines: {metrics: {receivers: [otlp], processors: [metricstransform], exporters: [debug]}}}
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        if not configuration.is_exact or configuration.structure is None:
            return
        for component in configuration.known:
            model, id_ = component.model, component.id
            if model is None or id_ is None or id_.type == model.name or not model.is_renamed:
                continue
            if any(release < model.since(model.name) for release in configuration.releases):
                continue
            places = [component.key, *configuration.structure.links_to(component)]
            edits = tuple(edit for place in places if (edit := _rename(place, id_.type, model.name)))
            fix = Fix(f"rename to `{model.name}`", edits)
            yield self.finding(
                component.key,
                f"`{id_.type}` is called `{model.name}` now",
                help=f"write `{model.name}` if the image is ADOT {model.named} or later",
                fixes=(fix,) if len(edits) == len(places) else (),
            )


def _rename(place: Scalar, old: str, new: str) -> Edit | None:
    """Replace the type at the beginning of a name, where it is written there."""
    start = place.span.start + (1 if place.style else 0)
    if not place.text.startswith(old) or place.alias is not None or "::" in place.text:
        return None
    return Edit(Span(start, start + len(old)), new)

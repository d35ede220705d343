from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Edit, Finding, Fix, Related, Rule, Scalar, Severity, Span, Stage

if TYPE_CHECKING:
    from sidecar_lint import CollectorComponent, Configuration


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
        renamed: dict[tuple[str, str, str], list[CollectorComponent]] = {}
        for component in configuration.known:
            model, id_ = component.model, component.id
            if model is None or id_ is None or id_.type == model.name or not model.is_renamed:
                continue
            if all(release >= model.since(model.name) for release in configuration.releases):
                renamed.setdefault((id_.type, model.name, model.named), []).append(component)
        for (old, new, since), components in renamed.items():
            places = [[each.key, *configuration.structure.links_to(each)] for each in components]
            yield self._renamed(old, new, since, places)

    def _renamed(self, old: str, new: str, since: str, places: list[list[Scalar]]) -> Finding:
        """One finding for all components of a type: of each its key, and where it is named."""
        (first, *_), *others = places
        everywhere = [place for each in places for place in each]
        edits = tuple(edit for place in everywhere if (edit := _rename(place, old, new)))
        return self.finding(
            first,
            f"`{old}` is called `{new}` now",
            help=f"write `{new}` if the image is ADOT {since} or later",
            related=tuple(Related(other.place, "and here") for other, *_ in others),
            fixes=(Fix(f"rename to `{new}`", edits),) if len(edits) == len(everywhere) else (),
        )


def _rename(place: Scalar, old: str, new: str) -> Edit | None:
    """Replace the type at the beginning of a name, where it is written there."""
    start = place.span.start + (1 if place.style else 0)
    if not place.text.startswith(old) or place.alias is not None or "::" in place.text:
        return None
    return Edit(Span(start, start + len(old)), new)

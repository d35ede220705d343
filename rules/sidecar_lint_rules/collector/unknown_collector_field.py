from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Edit, Finding, Fix, Rule, Severity, Stage, closest, enumerated, quoted
from sidecar_lint_rules.collector._certainty import weight

if TYPE_CHECKING:
    from sidecar_lint import Configuration


class UnknownCollectorField(Rule):
    """A component of the collector has a setting that it does not know.

    The collector takes nothing that it does not know: it stops with "has invalid keys". Names are
    compared exactly, capitals and underscores included.

    Which names of settings a component has is known of every release since v0.36.0, from the sources that
    lie in them, and where each of them stands of the newest. So what a component has nowhere is an error in
    all of these; what the newest has elsewhere, or not at all where the release is not known, is told at a
    lower severity. A setting that came with a later release than the image's is an error.
    """

    code, name = "SL908", "unknown-collector-field"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the collector does not start"
    sources = (
        "opentelemetry-collector: confmap, ErrorUnused",
        "schemas/otel-collector.schema.json",
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
            exporters:
              awsemf:
                name_space: shop
            #   ^^^^^^^^^^ SL908
            service:
            """,
            fixed="namespace: shop",
        ),
        Bad(
            """
            # file: otel-config.yaml
            exporters:
              debug:
                loglevel: debug
            #   ^^^^^^^^ SL908
              otlp_grpc:
                endpoint: collector.example.com:4317
                insecure: true
            #   ^^^^^^^^ SL908
            processors:
              metrics_transform:
                transforms: [{metric_name: cpu, action: update}]
            #                 ^^^^^^^^^^^ SL908
            service:
            """
        ),
    )
    also_bad = (
        Bad(
            """
            # file: otel-config.yaml
            exporters:
              awsemf: {namespace: shop, name_space: api}
            #                           ^^^^^^^^^^ SL908
              awsxray: {colour: red}
            #           ^^^^^^ SL908
            service:
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        for early in configuration.early_fields:
            message = (
                f"ADOT {early.release_name} does not know {early.key.text!r} of {early.place} yet;"
                f" {early.since_name} is the first"
            )
            yield self.finding(early.key, message, help="leave it out, or use a later image")
        for unknown in configuration.fields.unknown:
            certainty = configuration.reader.of_field(unknown, configuration.component_of(unknown.place))
            if not certainty:
                continue
            severity, effect = weight(self, configuration, certainty)
            removed = configuration.removed_field(unknown)
            nearest = None if removed else closest(unknown.key.text, unknown.names)
            free = (
                nearest
                and f"{unknown.place}.{nearest}" not in configuration.written
                and unknown.value.alias is None
            )
            edit = Edit(unknown.key.span, quoted(nearest, unknown.key.style)) if nearest and free else None
            yield self.finding(
                unknown.key,
                f"{unknown.place} has no setting {unknown.key.text!r}" + (" any more" if removed else ""),
                help=removed
                or (f"write `{nearest}`" if nearest else _instead(unknown.inside, unknown.names)),
                fixes=(Fix(f"rename to `{nearest}`", (edit,)),) if edit else (),
                severity=severity,
                effect=effect,
            )


_LIST_LENGTH = 120


def _instead(inside: tuple[str, ...], names: tuple[str, ...]) -> str:
    """Where it belongs, or what there is."""
    if inside:
        named = [f"`{each}`" for each in inside]
        if named[1:]:
            return f"it is a setting of {enumerated(named, ' and of ')}: write it under the one that you mean"
        return f"write it under {named[0]}"
    listed = ", ".join(names)
    return f"it has {listed}" if 0 < len(listed) < _LIST_LENGTH else "leave it out"

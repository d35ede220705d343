from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Edit, Finding, Fix, Rule, Severity, Stage, quoted
from sidecar_lint_rules.collector._certainty import weight

if TYPE_CHECKING:
    from sidecar_lint import CollectorComponent, CollectorStructure, Configuration


class UnknownCollectorComponent(Rule):
    """A component of a type that the collector does not have.

    The AWS distribution (ADOT) has a part of the components that exist. One that it lacks is refused
    even where no pipeline uses it. Which ones it has depends on the release: where the image's tag is
    known, a component that came later, or is gone by then, is told too.
    """

    code, name = "SL905", "unknown-collector-component"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the collector does not start"
    sources = ("aws-observability/aws-otel-collector: pkg/defaultcomponents/defaults.go",)
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
              debugg:
            # ^^^^^^ SL905
            """,
            fixed="debug:",
        ),
        Bad(
            """
            # file: otel-config.yaml
            exporters:
              logging:
            # ^^^^^^^ SL905
            service:
              pipelines:
                traces:
                  receivers: [otlp]
                  exporters: [logging]
            """
        ),
        Bad(
            """
            # file: otel-config.yaml
            receivers:
              hostmetrics:
            # ^^^^^^^^^^^ SL905
            exporters:
              awsemf:
            """
        ),
    )
    also_bad = (
        Bad(
            """
            # file: otel-config.yaml
            receivers: {otlp: {protocols: {grpc: }}}
            exporters: {debug: , debugg: }
            #                    ^^^^^^ SL905
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        structure = configuration.structure
        found = structure.components.values() if structure else ()
        components = {component.key.span: component for kind in found for component in kind}
        for unknown in configuration.unknown_components:
            severity, effect = weight(self, configuration, unknown.certainty)
            component = components.get(unknown.key.span)
            yield self.finding(
                unknown.key,
                unknown.message,
                help=unknown.help,
                severity=severity,
                effect=effect,
                fixes=_renamed(structure, component, unknown.meant) if structure and component else (),
            )


def _renamed(
    structure: CollectorStructure, component: CollectorComponent, meant: str | None
) -> tuple[Fix, ...]:
    """A fix that calls a component what is meant, here and where pipelines name it as it is."""
    if meant is None or component.id is None:
        return ()
    id_ = component.id._replace(type=meant)
    places = [component.key, *structure.links_to(component)]
    if id_ in structure.defined(component.kind) or any(place.alias for place in places):
        return ()
    edits = tuple(Edit(place.span, quoted(str(id_), place.style)) for place in places)
    return (Fix(f"rename to `{id_}`", edits),)

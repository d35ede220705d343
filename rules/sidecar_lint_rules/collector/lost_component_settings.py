from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage

if TYPE_CHECKING:
    from sidecar_lint import Configuration


class LostComponentSettings(Rule):
    """The settings of a component do not count, since its name has spaces in it.

    Spaces around the `/` of a name do not count: `otlp / a` is `otlp/a`. But the collector looks for the
    settings under the name without the spaces, finds none, and takes the defaults.
    """

    code, name = "SL929", "lost-component-settings"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "the collector starts the component with its defaults"
    sources = ("opentelemetry-collector: otelcol/internal/configunmarshaler/configs.go",)
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
              debug / a:
            # ^^^^^^^^^ SL929
                verbosity: detailed
            """,
            fixed="debug/a:",
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        structure = configuration.structure
        for components in structure.components.values() if structure else ():
            for component in components:
                if component.settings_are_lost:
                    message = (
                        f"the settings of {component.key.text!r} are looked for under {str(component.id)!r}"
                    )
                    yield self.finding(component.key, message, replace=str(component.id))

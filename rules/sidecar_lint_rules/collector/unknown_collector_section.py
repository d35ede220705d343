from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Edit, Finding, Fix, Mapping, Rule, Severity, Stage, closest, quoted

if TYPE_CHECKING:
    from sidecar_lint import Configuration
from sidecar_lint_rules.collector._sections import PIPELINE, SERVICE, TOP


class UnknownCollectorSection(Rule):
    """A key at the top of a collector's configuration, in `service` or in a pipeline is unknown.

    The top has `receivers`, `processors`, `exporters`, `connectors`, `extensions` and `service`; the
    service `telemetry`, `extensions` and `pipelines`; a pipeline `receivers`, `processors` and
    `exporters`. The collector refuses everything else, keys that begin with `x-` included, so an anchor
    has to stand where it is first used.
    """

    code, name = "SL904", "unknown-collector-section"
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
    bad = (
        Bad(
            """
            # file: otel-config.yaml
            receivers:
              otlp:
                protocols:
                  grpc:
            processor:
            ^^^^^^^^^ SL904
              batch:
            exporters:
              debug:
            """,
            fixed="processors:",
        ),
        Bad(
            """
            # file: otel-config.yaml
            receivers:
            exporters:
            service:
              pipelines:
                traces:
                  receiver: [otlp]
            #     ^^^^^^^^ SL904
                  exporters: [debug]
            """,
            fixed="receivers: [otlp]",
        ),
    )
    also_bad = (
        Bad(
            """
            # file: otel-config.yaml
            receivers: {otlp: {protocols: {grpc: }}}
            processor: {batch: }
            ^^^^^^^^^ SL904
            processors: {batch: }
            colour: red
            ^^^^^^ SL904
            exporters: {debug: }
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        structure = configuration.structure
        if structure is None:
            return
        yield from self._unknown(structure.root, TOP, "a collector's configuration")
        yield from self._unknown(structure.service, SERVICE, "service")
        for pipeline in structure.pipelines:
            node = pipeline.node
            if isinstance(node, Mapping):
                yield from self._unknown(node, PIPELINE, f"the pipeline {pipeline.key.text}")

    def _unknown(self, mapping: Mapping, names: tuple[str, ...], owner: str) -> Iterator[Finding]:
        for key, value in mapping:
            if key.text in names:
                continue
            nearest = closest(key.text, names)
            taken = nearest in mapping.entries or value.alias is not None or "::" in key.text
            edit = Edit(key.span, quoted(nearest, key.style)) if nearest and not taken else None
            yield self.finding(
                key,
                f"{owner} has no {key.text!r}",
                help=f"write `{nearest}`" if nearest else f"it has {', '.join(names)}",
                fixes=(Fix(f"rename to `{nearest}`", (edit,)),) if edit else (),
            )

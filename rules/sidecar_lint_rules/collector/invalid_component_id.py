from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage

if TYPE_CHECKING:
    from sidecar_lint import CollectorComponent, CollectorId, CollectorLink, Configuration


class InvalidComponentId(Rule):
    """A component or a pipeline has a name that the collector cannot read.

    A name is a type, or a type, a `/` and a name of your own: `otlp`, `otlp/second`. A type has letters,
    digits and `_`; a name has no spaces, control characters or symbols such as `$` and `+`. References
    such as `${env:NAME}` are replaced in values, never in keys.
    """

    code, name = "SL907", "invalid-component-id"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the collector does not start"
    sources = ("opentelemetry-collector: component/identifiable.go, pipeline/pipeline.go",)
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
              de-bug:
            # ^^^^^^ SL907
            service:
              pipelines:
                traces/my app:
            #   ^^^^^^^^^^^^^ SL907
                  receivers: [otlp]
                  exporters: [debug/]
            #                 ^^^^^^ SL907
            """
        ),
    )
    also_bad = (
        Bad(
            """
            # file: otel-config.yaml
            receivers: {otlp: {protocols: {grpc: }}}
            exporters: {debug/a: , debug / a: }
            #                      ^^^^^^^^^ SL907
            service: {pipelines: {traces: {receivers: [otlp], exporters: [debug/a]}}}
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        structure = configuration.structure
        if structure is None:
            return
        for components in structure.components.values():
            for component in components:
                if component.fault:
                    yield self.finding(component.key, component.fault, help=_help(component.key.text))
        for pipeline in structure.pipelines:
            if pipeline.fault:
                yield self.finding(pipeline.key, pipeline.fault, help=_help(pipeline.key.text))
            for links in pipeline.lists.values():
                yield from self._links(links.items)
        yield from self._links(structure.extensions.items)
        for components in structure.components.values():
            yield from self._repeated(components)

    def _repeated(self, components: tuple[CollectorComponent, ...]) -> Iterator[Finding]:
        seen: set[CollectorId] = set()
        for component in components:
            if component.id in seen:
                message = f"{str(component.id)!r} is there twice: spaces around the `/` do not count"
                yield self.finding(component.key, message)
            if component.id:
                seen.add(component.id)

    def _links(self, links: tuple[CollectorLink, ...]) -> Iterator[Finding]:
        for link in links:
            if link.fault:
                yield self.finding(link.node, link.fault)


def _help(text: str) -> str:
    return "the collector replaces `${…}` in values only, never in keys" if "${" in text else ""

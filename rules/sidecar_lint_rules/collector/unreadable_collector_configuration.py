from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Mapping, Node, Rule, Scalar, Sequence, Severity, Stage
from sidecar_lint_rules.document.syntax_error import explained

if TYPE_CHECKING:
    from sidecar_lint import Configuration


class UnreadableCollectorConfiguration(Rule):
    """A collector's configuration is not YAML, or is no map.

    Nothing in it can be checked until it is. The collector takes a text that is no YAML for one long
    string and says that it "cannot be used as a Conf"; the finding points at the place where the
    mistake most likely is.
    """

    code, name = "SL901", "unreadable-collector-configuration"
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
            \totlp:
            ^ SL901
            exporters:
              debug:
            """
        ),
        Bad(
            """
            # file: otel-config.yaml
            receivers:
              otlp: {endpoint: {{ .Endpoint }}}
            #                   ^^^^^^^^^^^^^ SL901
            exporters:
              debug:
            """
        ),
        Bad(
            """
            # file: otel-config.yaml
            # an otel collector
            - receivers
            ^^^^^^^^^^^ SL901
            - exporters
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        problem = configuration.tree.problem
        if problem is not None:
            span, message, help_ = explained(problem, configuration.source.text)
            yield self.finding(span, message, help=help_)
            return
        root = configuration.tree.root
        if root is not None and not root.is_null and not isinstance(root, Mapping):
            found = "a list" if isinstance(root, Sequence) else "text"
            yield self.finding(root, f"a collector's configuration is a map, and this is {found}")
        for mapping in configuration.mappings:
            yield from self._keys(mapping, is_top=mapping is root)

    def _keys(self, mapping: Mapping, *, is_top: bool) -> Iterator[Finding]:
        for key in mapping.odd_keys:
            if is_top or not isinstance(key, Scalar):
                yield self.finding(key, "a key must be text", help=_braces(key))
        for merge in mapping.bad_merges:
            yield self.finding(merge, "`<<` takes a map, or a list of maps")


def _braces(key: Node) -> str:
    """What to do where a template was meant."""
    inner = key.odd_keys if isinstance(key, Mapping) else ()
    is_template = isinstance(key, Mapping) and (inner or key.flow)
    return "`{{` is YAML here: the collector has no templates; write `${env:NAME}`" if is_template else ""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Mapping, Node, Rule, Scalar, Sequence, Severity, Stage
from sidecar_lint_rules.document._yaml_v3 import misfit
from sidecar_lint_rules.document.syntax_error import explained

if TYPE_CHECKING:
    from sidecar_lint import Configuration


class UnreadableCollectorConfiguration(Rule):
    r"""A collector's configuration is not YAML, or is not a map.

    Nothing in it can be checked until it is. The collector takes a text that is not YAML for one long
    string and says that it "cannot be used as a Conf"; the finding points at the place where the
    mistake most likely is.

    Its reader of YAML is go.yaml.in/yaml/v3, a descendant of Copilot's with the same grammar: what the
    page of SL001 says of `?`, `\/` and tags holds here, too. That older releases of the collector read
    alike is assumed, not known.
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
            receivers: {otlp: {protocols: {grpc: }}}
            exporters: {otlp_http: {endpoint: http://localhost:9/a?b=c}}
            #                                 ^^^^^^^^^^^^^^^^^^^^^^^^ SL901
            """,
            fixed="{endpoint: 'http://localhost:9/a?b=c'}",
        ),
        Bad(
            """
            # file: otel-config.yaml
            receivers:
              otlp:
                protocols:
                  grpc:
            exporters:
              debug:
                sampling_initial: !!int five
            #                           ^^^^ SL901
            service:
              pipelines:
                traces:
                  receivers: [otlp]
                  exporters: [debug]
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
    also_good = (
        """
        # file: otel-config.yaml
        receivers: {otlp: {protocols: {~: a}}}
        exporters: {debug: }
        """,
    )
    also_bad = (
        Bad(
            """
            # file: otel-config.yaml
            receivers: {otlp: {protocols: {{ .protocols }}}}
            #                              ^^^^^^^^^^^^^^ SL901
            exporters: {debug: , [a]: }
            #                    ^^^ SL901
            ~: a
            ^ SL901
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        problem = configuration.tree.problem
        if problem is not None:
            span, message, help_, fixes = explained(problem, configuration.source.text)
            yield self.finding(span, message, help=help_, fixes=fixes)
            return
        root = configuration.tree.root
        if root is not None and not root.is_null and not isinstance(root, Mapping):
            found = "a list" if isinstance(root, Sequence) else "text"
            is_path = isinstance(root, Scalar) and root.text.startswith(("/copilot/", "arn:"))
            help_ = "name it under `secrets`, if it is the name of a secret" if is_path else ""
            yield self.finding(root, f"a collector's configuration is a map, and this is {found}", help=help_)
        for mapping in configuration.mappings:
            yield from self._keys(mapping, is_top=mapping is root)
        for scalar in configuration.scalars:
            if scalar.misfit:
                yield self.finding(scalar, f"this {misfit(scalar)}", help="leave the tag out")

    def _keys(self, mapping: Mapping, *, is_top: bool) -> Iterator[Finding]:
        for key in mapping.odd_keys:
            if isinstance(key, Scalar) and key.misfit:
                yield self.finding(key, f"this key {misfit(key)}", help="leave the tag out")
            elif is_top or not isinstance(key, Scalar):
                yield self.finding(key, "a key must be text", help=_braces(key))
        for merge in mapping.bad_merges:
            yield self.finding(merge, "`<<` takes a map, or a list of maps")


def _braces(key: Node) -> str:
    """What to do where a template was meant."""
    inner = key.odd_keys if isinstance(key, Mapping) else ()
    is_template = isinstance(key, Mapping) and (inner or key.flow)
    return "`{{` is YAML here: the collector has no templates; write `${env:NAME}`" if is_template else ""

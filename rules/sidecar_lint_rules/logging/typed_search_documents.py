from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, LogOutput, Manifest, Rule, Severity, Stage, deployed_log_output
from sidecar_lint_rules.logging._severities import severity_of

_SERVICES = (".es.amazonaws.com", ".aoss.amazonaws.com", ".es.amazonaws.com.cn")


class TypedSearchDocuments(Rule):
    """Fluent Bit sends a document type that OpenSearch 2 and newer refuse.

    Both outputs, `opensearch` and `es`, write the field `_type` with each entry unless
    `Suppress_Type_Name` is on. OpenSearch knows no types since 2.0, Elasticsearch since 8: they answer
    that the field is unknown, and take nothing. An older domain accepts either way. Which version a
    domain has cannot be seen in a manifest, so this is information.
    """

    code, name = "SL230", "typed-search-documents"
    severity, stage = Severity.INFO, Stage.TASK
    effect = (
        "OpenSearch 2 and newer refuse each entry: Action/metadata line contains an unknown parameter [_type]"
    )
    sources = (
        "fluent-bit: plugins/out_opensearch, plugins/out_es (suppress_type_name)",
        "aws/aws-for-fluent-bit#507",
    )
    good = (
        """
        logging:
          destination:
            Name: opensearch
            Host: search.us-west-2.es.amazonaws.com
            Port: 443
            tls: on
            Suppress_Type_Name: On
        """,
        "logging: {destination: {Name: es, Host: logs.example.com}}",
    )
    bad = (
        Bad(
            """
            logging:
              destination:
                Name: es
            #         ^^ SL230
                Host: search-logs.us-west-2.es.amazonaws.com
                Port: 443
                tls: on
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        output = deployed_log_output(manifest)
        if output is None or "suppress_type_name" in output.options or not _is_opensearch(output):
            return
        message = f"the output {output.plugin.name} writes a document type with each entry"
        help_ = "add `Suppress_Type_Name: On`, unless the domain is older than OpenSearch 2"
        yield self.finding(output.name, message, help=help_, severity=severity_of(output))


def _is_opensearch(output: LogOutput) -> bool:
    host = output.options.get("host")
    aws = host is not None and (host.text or "").lower().endswith(_SERVICES)
    return output.plugin.name == "opensearch" or (output.plugin.name == "es" and aws)

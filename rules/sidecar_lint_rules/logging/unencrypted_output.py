from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Edit,
    Finding,
    Fix,
    LogOption,
    LogOutput,
    Manifest,
    Rule,
    Severity,
    Span,
    Stage,
    deployed_log_output,
)
from sidecar_lint_rules.logging._severities import severity_of_network

#: Outputs that connect in clear unless `tls` says otherwise.
_IN_CLEAR = frozenset(("loki", "http", "es", "opensearch", "opentelemetry", "splunk", "influxdb", "datadog"))
#: What takes no connection in clear, whatever the port.
_SERVICES = {
    ".es.amazonaws.com": "Amazon OpenSearch Service",
    ".aoss.amazonaws.com": "Amazon OpenSearch Serverless",
    ".grafana.net": "Grafana Cloud",
    ".splunkcloud.com": "Splunk Cloud",
}
#: The ports that outputs take by themselves.
_PORTS = {"es": "9200", "opensearch": "9200", "loki": "3100", "http": "80", "opentelemetry": "80"}


class UnencryptedOutput(Rule):
    """An output connects in clear to what takes encrypted connections only.

    Fluent Bit encrypts nothing unless `tls` is on: port 443 alone does not do it. The server answers
    HTTP 400 or closes the connection, and the log router drops the logs after some attempts. Besides
    port 443 the rule knows a few services that take TLS only. These listen at port 443 alone, and an output that is
    told no port takes another one: 9200, for instance.
    """

    code, name = "SL227", "unencrypted-output"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "the server refuses the connection, and the logs are lost"
    sources = (
        "fluent-bit: src/flb_output.c, tls is off by default; plugins/out_*, flb_output_net_default",
        "aws/aws-for-fluent-bit#802",
        "Amazon OpenSearch Service developer guide: HTTPS",
    )
    good = (
        "logging: {destination: {Name: loki, Host: logs.example.com, Port: 443, tls: on}}",
        "logging: {destination: {Name: loki, Host: logs.example.com, Port: 3100}}",
        "logging: {destination: {Name: http, Host: logs.example.com, Port: 443, tls: '${TLS}'}}",
        "logging: {destination: {Name: es, Host: search.us-west-2.es.amazonaws.com, Port: 80}}",
    )
    bad = (
        Bad(
            """
            logging:
              destination:
                Name: loki
                Host: logs.example.com
                Port: 443
            #         ^^^ SL227
            """,
            fixed="tls: on",
        ),
        Bad(
            """
            logging:
              destination:
                Name: opensearch
                Host: search.us-west-2.es.amazonaws.com
            #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL227
                Suppress_Type_Name: on
            """
        ),
        Bad(
            """
            logging:
              destination:
                Name: opensearch
                Host: search.us-west-2.es.amazonaws.com
            #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL227
                tls: on
                Suppress_Type_Name: on
            """,
            fixed="Port: 443",
        ),
    )
    also_bad = (
        Bad(
            """
            logging:
              destination:
                Name: loki
                Port: 443
            #         ^^^ SL227
                tls: off
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        output = deployed_log_output(manifest)
        if output is None or output.plugin.name not in _IN_CLEAR or output.is_on("tls") is None:
            return
        host, port = output.options.get("host"), output.options.get("port")
        name = (host.text or "") if host else ""
        if "/" in name:
            return  # a URL, which is another rule's
        if output.is_on("tls"):
            if host is not None and port is None:
                yield from self._elsewhere(manifest, output, host)
            return
        if port is not None and port.text == "443":
            yield self._in_clear(manifest, output, port, "port 443 takes encrypted connections", "`tls: on`")
            return
        service = _service(name)
        if host is not None and service and (port is None or port.text not in (None, "80")):
            what = "`tls: on`" if port else "`Port: 443` and `tls: on`"
            yield self._in_clear(manifest, output, host, f"{service} takes encrypted connections", what)

    def _elsewhere(self, manifest: Manifest, output: LogOutput, host: LogOption) -> Iterator[Finding]:
        """An encrypted connection to the port that the output takes by itself."""
        port = _PORTS.get(output.plugin.name)
        service = _service(host.text or "")
        if port and service:
            yield self.finding(
                host.node,
                f"{service} listens at port 443, and {output.plugin.name} sends to {port} by itself",
                effect="nothing answers at that port, and the logs are lost",
                help="add `Port: 443`",
                severity=severity_of_network(output),
                fixes=_added(manifest, host, "Port: 443"),
            )

    def _in_clear(
        self, manifest: Manifest, output: LogOutput, option: LogOption, why: str, what: str
    ) -> Finding:
        is_new = what == "`tls: on`" and output.options.get("tls") is None
        fixes = _added(manifest, option, "tls: on") if is_new else ()
        message = f"{why}, and tls is off"
        severity = severity_of_network(output)
        verb = "write" if output.options.get("tls") else "add"
        return self.finding(option.node, message, help=f"{verb} {what}", severity=severity, fixes=fixes)


def _service(host: str) -> str:
    """Which service a host is of; empty where that is not known."""
    return next((known for end, known in _SERVICES.items() if host.lower().endswith(end)), "")


def _added(manifest: Manifest, option: LogOption, text: str) -> tuple[Fix, ...]:
    """An option on a line of its own, where the options stand on lines of their own."""
    key, node = option.key, option.node
    if option.is_secret or key.alias or node.alias or node.tag:
        return ()
    indent = manifest.document.source.text[: key.span.start].rpartition("\n")[2]
    if indent.strip():
        return ()
    return (Fix(f"add `{text}`", (Edit(Span(key.span.start, key.span.start), f"{text}\n{indent}"),)),)

from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Finding,
    LogOutput,
    Manifest,
    NamedTuple,
    Rule,
    Severity,
    Stage,
    deployed_log_output,
)
from sidecar_lint_rules.logging._severities import severity_of_network

_ADDRESS = r"(?i)(?:([a-z][a-z0-9+.-]*)://)?([^/:\s]+)(?::([0-9]+))?(/\S*)?"
#: What the option for the path behind the host is called.
_PATHS = {"http": "URI", "loki": "uri", "opentelemetry": "logs_uri", "es": "Path", "opensearch": "Path"}
#: Where the output loki sends without being told.
_PUSH = "/loki/api/v1/push"


class _Address(NamedTuple):
    scheme: str
    host: str
    port: str
    path: str


class HostIsAnAddress(Rule):
    """`Host` of an output is a URL, or has a port in it.

    Fluent Bit takes `Host` for the name of a machine and looks it up as it stands, `https://` and
    all. The other parts of a URL have options of their own: `Port`, `tls` for https, and for the path
    `URI` or the like. Outputs of AWS's services have no `Host`, but an `endpoint`.
    """

    code, name = "SL226", "host-is-an-address"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "no machine has this name: the log router cannot connect, and the logs are lost"
    sources = (
        "fluent-bit: src/flb_output.c (flb_output_set_property), src/flb_upstream.c",
        "grafana/loki#8049",
        "fluent/fluent-bit#4258",
    )
    good = (
        "logging: {destination: {Name: loki, Host: logs.example.com, Port: 443, tls: on}}",
        "logging: {destination: {Name: http, Host: '::1', Port: 8080}}",
        "logging: {destination: {Name: http, Host: 'https://${SITE}.example.com'}}",
    )
    bad = (
        Bad(
            """
            logging:
              destination:
                Name: loki
                Host: "https://logs.example.com"
            #         ^^^^^^^^^^^^^^^^^^^^^^^^^^ SL226
                Port: 443
                tls: on
            """,
            fixed='Host: "logs.example.com"',
        ),
        Bad(
            """
            logging:
              destination:
                Name: http
                Host: logs.example.com:8080
            #         ^^^^^^^^^^^^^^^^^^^^^ SL226
            """
        ),
    )
    also_bad = (
        Bad(
            """
            logging:
              destination: {Name: loki, Host: 'http://logs.example.com:3100/other', Port: 3100, uri: /push}
            #                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL226
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        output = deployed_log_output(manifest)
        host = output.options.get("host") if output else None
        if output is None or host is None or host.text is None or not output.connects_to_host:
            return
        found = re.fullmatch(_ADDRESS, host.text.strip())
        address = _Address(*(part or "" for part in found.groups())) if found else None
        if address is None or not any((address.scheme, address.port, address.path)):
            return
        rest = list(_rest(output, address))
        help_ = f"write Host: {address.host}" + "".join(f", {each}" for each in rest)
        yield self.finding(
            host.node,
            "Host is the name of a machine, without a scheme, a port or a path",
            help=help_,
            replace=None if rest else address.host,
            severity=severity_of_network(output),
        )


def _rest(output: LogOutput, address: _Address) -> Iterator[str]:
    """What of an address has to be written in other options, and is not."""
    port = address.port or {"https": "443", "http": "80"}.get(address.scheme.lower(), "")
    if port and "port" not in output.options:
        yield f"Port: {port}"
    if address.scheme.lower() == "https" and not output.is_on("tls"):
        yield "tls: on"
    option = _PATHS.get(output.plugin.name, "")
    if option and address.path not in ("", "/", _PUSH) and option.lower() not in output.options:
        yield f"{option}: {address.path}"

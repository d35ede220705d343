from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Container,
    Finding,
    LogOutput,
    Manifest,
    Rule,
    Severity,
    Stage,
    enumerated,
    is_container_overridden,
    log_output,
)


class SidecarLogsNotRouted(Rule):
    """The logs of sidecars do not go where `logging.destination` sends them.

    FireLens carries the logs of the service's own container only. Copilot keeps those of the
    sidecars, and of the log router itself, in the service's log group in CloudWatch. To route them
    too takes an override of the template.
    """

    code, name = "SL207", "sidecar-logs-not-routed"
    severity, stage = Severity.INFO, Stage.SILENT
    effect = "their logs stay in the CloudWatch log group of the workload"
    sources = (
        "internal/pkg/template/templates/workloads/partials/cf/sidecars.yml",
        "aws/copilot-cli#6009",
    )
    good = (
        "logging: {destination: {Name: datadog}}",
        "logging: {retention: 7}\nsidecars: {nginx: {image: nginx}}",
    )
    bad = (
        Bad(
            """
            logging:
              destination: {Name: datadog}
            # ^^^^^^^^^^^ SL207
            sidecars:
              nginx: {image: nginx}
            """
        ),
    )

    also_good = (
        """
        logging: {destination: {Name: forward, Host: 127.0.0.1, Port: 24225}}
        sidecars: {otel: {image: otel/opentelemetry-collector-contrib, port: 24225}}
        """,
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        destination = manifest.mapping("logging", "destination")
        output = log_output(manifest)
        sidecars = [
            each for each in manifest.sidecars if each.name != manifest.name and not _receives(each, output)
        ]
        names = [sidecar.name for sidecar in sidecars] if destination.entries else []
        # An override may be what routes them.
        names = [name for name in names if not is_container_overridden(manifest, name, "LogConfiguration")]
        if not names:
            return
        message = f"the logs of {enumerated(names, ' and ')} do not go to this destination"
        paths = [manifest.definition_path(name) for name in names]
        which = enumerated([f"{each}.LogConfiguration" for each in paths], " and ")
        what = which if all(paths) else "their LogConfiguration"
        help_ = f"where they are to go there, too, override {what} with `taskdef_overrides`"
        yield self.finding(destination.key or destination, message, help=help_)


def _receives(sidecar: Container, output: LogOutput | None) -> bool:
    """Whether it is this sidecar that the log router sends to: its own logs would come back to it."""
    host, port = (output.options.get(name) if output else None for name in ("host", "port"))
    if host is None or port is None or host.text not in _OWN_HOSTS:
        return False
    return sidecar.port is not None and sidecar.port.text.partition("/")[0] == port.text


_OWN_HOSTS = ("127.0.0.1", "localhost")

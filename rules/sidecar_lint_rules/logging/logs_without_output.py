from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, is_logging_overridden, lost


class LogsWithoutOutput(Rule):
    """The log router is on and has nowhere to send the logs.

    Any field of `logging` but `retention` adds a log router, and takes the logs of the service's
    container away from CloudWatch. Without `destination` or a configuration of your own the router
    of Copilot's default image has no output, so it drops them.
    """

    code, name = "SL212", "logs-without-output"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "the logs of the service's container are lost"
    sources = (
        "internal/pkg/manifest/workload_ecs.go: Logging.IsEmpty",
        "amazon-ecs-agent: firelensconfig_unix.go, addOutputSection",
    )
    good = (
        "logging: {retention: 30}",
        "logging: {image: example.com/router}",
        "logging: {configFilePath: /fluent-bit/configs/parse-json.conf}",
    )
    bad = (
        Bad(
            """
            logging:
            ^^^^^^^ SL212
              retention: 30
              enableMetadata: true
            """
        ),
    )
    also_good = ("logging: {destination: {Name: datadog}, enableMetadata: true}",)
    also_bad = (
        Bad(
            """
            logging: {enableMetadata: true, destination: {}}
            ^^^^^^^ SL212
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        logging = manifest.mapping("logging")
        fields = ("image", "configFilePath", "secretOptions")
        if not manifest.firelens or any(logging.get(field) is not None for field in fields):
            return
        destination = logging.get("destination")
        if destination is None or not manifest.mapping("logging", "destination").entries:
            if is_logging_overridden(manifest):
                return
            on = next(key.text for key, value in logging if key.text != "retention" and not value.is_null)
            message = f"{on!r} switches the log router on, and it has no destination"
            help_ = f"add logging.destination, or leave {on} out to keep the logs in CloudWatch"
            follows_from = lost(manifest, "logging", "destination")
            yield self.finding(logging.key or logging, message, help=help_, follows_from=follows_from)

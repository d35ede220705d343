from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, is_container_overridden

_YEAR = 365


class DroppedWhenFull(Rule):
    """Logs are kept for some time, and may be dropped before they get there.

    Since 25 June 2025 a container whose log configuration names no `mode` writes its logs into a buffer of
    10 MiB and does not wait: what does not fit into it is lost. Until then it waited (`blocking`), and the
    program with it. Copilot writes no `mode`, and the manifest has no field for it; an override has. The
    account's setting `defaultLogDriverMode` may say otherwise.

    It is told where logs are kept for a year or longer: whoever does that wants all of them. What a log router
    gets is handed to its output, to which `mode` is no option (SL219).
    """

    code, name = "SL232", "dropped-when-full"
    severity, stage = Severity.INFO, Stage.SILENT
    effect = "log entries are lost while the buffer of 10 MiB is full"
    sources = (
        "Amazon ECS API reference: LogConfiguration, mode",
        "templates/workloads/partials/cf/logconfig.yml",
    )
    good = (
        """
        logging: {retention: 7}
        taskdef_overrides:
          - path: ContainerDefinitions[0].LogConfiguration.Options.mode
            value: blocking
        """,
        "logging: {destination: {Name: datadog}}",
        "logging: {retention: 30}",
    )
    bad = (
        Bad(
            """
            logging:
              retention: 365
            # ^^^^^^^^^ SL232
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        retention = manifest.scalar("logging", "retention")
        days = retention.as_int if retention is not None else None
        if retention is None or days is None or days < _YEAR or not manifest.is_ecs or manifest.firelens:
            return
        if not is_container_overridden(manifest, manifest.name, "LogConfiguration"):
            yield self.finding(
                retention.key or retention,
                "logs are not waited for: ECS delivers them in the mode `non-blocking` by default",
                help=(
                    "where none may be lost, override ContainerDefinitions[0].LogConfiguration.Options.mode with"
                    " `blocking` in `taskdef_overrides`"
                ),
            )

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Finding,
    Manifest,
    Rule,
    Severity,
    Stage,
    deployed_health_checks,
    image_contents,
    lost,
)
from sidecar_lint_rules.sidecars._healthchecks import help_for, what_happens


class HealthcheckWithoutCommand(Rule):
    """A health check has no command, so Copilot's own is run.

    As soon as one field of `healthcheck` is set, Copilot fills in the others, and the command is
    `curl -f http://localhost/` in a shell. The image must have a shell and curl, and something in
    the container must answer at port 80. In an image that is known to lack one of them (SL150 says
    which are known) the check always fails.
    """

    code, name = "SL131", "healthcheck-without-command"
    severity, stage = Severity.INFO, Stage.TASK
    effect = "the check is: curl -f http://localhost/ || exit 1, at port 80 of the container"
    sources = ("internal/pkg/manifest/workload_ecs.go: NewDefaultContainerHealthCheck",)
    good = (
        "sidecars: {nginx: {image: nginx, healthcheck: {command: [CMD, 'true'], interval: 20s}}}",
        "sidecars: {nginx: {image: nginx, healthcheck: {}}}",
    )
    bad = (
        Bad(
            """
            sidecars:
              nginx:
                image: nginx
                healthcheck:
            #   ^^^^^^^^^^^ SL131
                  interval: 20s
              otel:
                image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
                healthcheck: {retries: 3}
            #   ^^^^^^^^^^^ SL131
            """
        ),
    )
    also_bad = (
        Bad(
            """
            image: {healthcheck: {comand: [CMD, 'true'], interval: 5s}}
            #       ^^^^^^^^^^^ SL131
            sidecars: {nginx: {image: nginx, healthcheck: {comand: [CMD, 'true'], interval: 5s}}}
            #                                ^^^^^^^^^^^ SL131
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        waits = manifest.awaited_for_health
        for container, healthcheck in deployed_health_checks(manifest):
            if healthcheck.get("command") is not None or healthcheck.key is None:
                continue
            section = ("image",) if container.is_main else ("sidecars", container.name)
            because = lost(manifest, *section, "healthcheck", "command")
            contents = image_contents(manifest, container)
            if contents is None or not contents.lacks("curl"):
                message = f"the health check of {container.name!r} has no command: Copilot runs curl"
                help_ = "write the command that tells its health"
                yield self.finding(healthcheck.key, message, help=help_, follows_from=because)
                continue
            yield self.finding(
                healthcheck.key,
                f"the health check of {container.name!r} has no command, and its image has no curl",
                effect=f"{what_happens(container, waits)}; Copilot's default command is curl in a shell",
                help=help_for(container)
                if contents.has_no_shell
                else "write a command that the image can run",
                severity=Severity.ERROR if contents.has_no_shell else Severity.WARNING,
                follows_from=because,
            )

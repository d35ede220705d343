from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import JOB, Bad, Finding, Manifest, Rule, Severity, Stage, lost


class MissingSchedule(Rule):
    """A Scheduled Job has no schedule.

    `on.schedule` says when the job runs: a cron expression, `@daily` and the like, `@every 90m`, or
    `none` for a job that is only started by hand.
    """

    code, name = "SL079", "missing-schedule"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = 'Copilot refuses the manifest: "schedule" must be specified'
    sources = ("internal/pkg/manifest/validate.go: JobTriggerConfig.validate",)
    good = ("type: Scheduled Job\non: {schedule: '@daily'}", "type: Backend Service")
    bad = (
        Bad(
            """
            type: Scheduled Job
            ^^^^ SL079
            """
        ),
        Bad(
            """
            type: Scheduled Job
            on:
              schedule:
            # ^^^^^^^^ SL079
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if manifest.kind != JOB or manifest.get("on", "schedule") is not None:
            return
        written = manifest.mapping("on").entries.get("schedule")
        place = written or manifest.root_key("on") or manifest.root_key("type") or manifest.root
        help_ = "write on.schedule: and a schedule, such as '@daily', or 'none' to start the job by hand"
        yield self.finding(
            place,
            "the job has no schedule",
            help=help_,
            follows_from=lost(manifest, "on", "schedule"),
        )

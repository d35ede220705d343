from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import JOB, REQUEST_DRIVEN, Bad, Document, Finding, Mapping, Rule, Severity, Stage

_CRASHING = (JOB, REQUEST_DRIVEN)


class NullEnvironment(Rule):
    """An environment with nothing below it crashes Copilot.

    For a Scheduled Job and a Request-Driven Web Service Copilot follows the pointer to what an
    environment overrides without looking whether there is anything. Often all lines below have been
    commented out. Other types of workload take such an environment as one without overrides.
    """

    code, name = "SL701", "null-environment"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot crashes when it deploys to this environment: nil pointer dereference"
    sources = ("internal/pkg/manifest: job.go and rd_web_svc.go, applyEnv",)
    good = (
        "type: Scheduled Job\non: {schedule: '@daily'}\nenvironments: {test: {}}",
        "environments:\n  test:",
    )
    bad = (
        Bad(
            """
            type: Scheduled Job
            on: {schedule: '@daily'}
            environments:
              test:
            # ^^^^ SL701
              # cpu: 512
            """
        ),
    )

    def check_document(self, document: Document) -> Iterator[Finding]:
        root = document.shape.root if document.shape else None
        environments = root.get("environments") if root and document.kind in _CRASHING else None
        for key, value in environments if isinstance(environments, Mapping) else ():
            if value.is_null:
                message = f"environment {key.text!r} has nothing below it"
                help_ = f"write `{key.text}: {{}}`, or leave it out"
                yield self.finding(value, message, help=help_, environments=(key.text,))

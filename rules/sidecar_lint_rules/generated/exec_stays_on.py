from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    JOB,
    Bad,
    Edit,
    Finding,
    Fix,
    Manifest,
    Mapping,
    Rule,
    Scalar,
    Severity,
    Stage,
    is_overridden,
)

_SWITCH = ("Resources", "Service", "Properties", "EnableExecuteCommand")


class ExecStaysOn(Rule):
    """`exec: {enable: false}` turns `exec` on.

    Copilot looks only whether `enable` is there. The template has `EnableExecuteCommand: true`, and a policy
    for it in the task role, so `copilot svc exec` opens a shell in the containers. `exec: false` is off, and
    so is a manifest without `exec`.
    """

    code, name = "SL743", "exec-stays-on"
    severity, stage = Severity.ERROR, Stage.SILENT
    effect = "commands can be run in the containers"
    sources = (
        "internal/pkg/manifest/workload.go: ExecuteCommand",
        "stack/transformers.go: convertExecuteCommand",
    )
    good = ("exec: false", "exec: {enable: true}", "type: Scheduled Job\nexec: {enable: false}")
    bad = (
        Bad(
            """
            exec:
              enable: false
            #         ^^^^^ SL743
            """,
            fixed="exec:\n  false",
        ),
    )
    also_bad = (
        Bad(
            """
            exec: {enable: false, mode: ssm}
            #              ^^^^^ SL743
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        node = manifest.get("exec")
        enable = node.get("enable") if isinstance(node, Mapping) else None
        if not manifest.is_ecs or manifest.kind == JOB or not isinstance(enable, Scalar):
            return
        if enable.as_bool is False and not is_overridden(manifest, *_SWITCH):
            yield self.finding(
                enable, "`enable: false` turns exec on", help="write `exec: false`", fixes=_fix(node)
            )


def _fix(node: object) -> tuple[Fix, ...]:
    if not isinstance(node, Mapping) or len(node.entries) > 1 or node.alias or node.anchor:
        return ()
    return (Fix("write `exec: false`", (Edit(node.place, "false"),), safe=True),)

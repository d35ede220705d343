from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import JOB, Bad, Finding, Manifest, Mapping, Related, Rule, Scalar, Severity, Stage

#: Where the agent behind `exec` keeps its files and its logs.
_AGENT_DIRECTORIES: Final = ("/var/lib/amazon", "/var/log/amazon", "/var/lib", "/var/log", "/var")


class ReadonlyFsWithExec(Rule):
    """`storage.readonly_fs` is on, and so is `exec`.

    The agent that ECS starts in the container for `copilot svc exec` writes below `/var/lib/amazon`
    and `/var/log/amazon`. AWS does not support it in a container whose file system is read-only, whatever
    is mounted there; some have it at work with volumes at these two.
    """

    code, name = "SL322", "readonly-fs-with-exec"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "`copilot svc exec` cannot open a session in the service's own container"
    sources = (
        "AWS: Amazon ECS Developer Guide, Monitor Amazon ECS containers with ECS Exec",
        "aws/containers-roadmap#1359",
    )
    good = (
        "exec: true",
        "storage: {readonly_fs: true}\nexec: false",
        """
        exec: true
        storage:
          readonly_fs: true
          volumes:
            agent: {path: /var/lib/amazon, read_only: false}
            agent-logs: {path: /var/log/amazon, read_only: false}
        """,
    )
    bad = (
        Bad(
            """
            exec: true
            storage:
              readonly_fs: true
            #              ^^^^ SL322
            """
        ),
    )
    also_good = (
        """
        type: Scheduled Job
        exec: true
        storage: {readonly_fs: true}
        """,
        """
        type: Request-Driven Web Service
        exec: true
        storage: {readonly_fs: true}
        """,
        """
        exec: true
        storage: {readonly_fs: true, volumes: {var: {path: /var/, read_only: false}}}
        """,
    )
    also_bad = (
        Bad(
            """
            exec: true
            storage: {readonly_fs: true, volumes: {agent: {path: /var/lib/amazon}, data: {path: /var/lib/data, read_only: false}}}
            #                      ^^^^ SL322
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        readonly = manifest.scalar("storage", "readonly_fs")
        enabled = _enabled(manifest)
        if readonly is None or not readonly.as_bool or enabled is None or _has_room(manifest):
            return
        yield self.finding(
            readonly,
            "`exec` needs a file system that can be written to",
            help="take one of the two out; AWS supports no other way, though volumes with `read_only: false` "
            "at /var/lib/amazon and /var/log/amazon do for some",
            related=(Related(enabled.place, "exec is on"),),
        )


def _enabled(manifest: Manifest) -> Scalar | None:
    """What turns `exec` on; jobs have no use for it."""
    if not manifest.is_ecs or manifest.kind == JOB:
        return None
    node = manifest.get("exec")
    switch = node.get("enable") if isinstance(node, Mapping) else node
    return switch if isinstance(switch, Scalar) and switch.as_bool else None


def _has_room(manifest: Manifest) -> bool:
    paths = (v.path.text for v in manifest.task_volumes if v.path and v.read_only is False)
    return any(
        path.rstrip("/").startswith(_AGENT_DIRECTORIES[:2]) or path.rstrip("/") in _AGENT_DIRECTORIES
        for path in paths
    )

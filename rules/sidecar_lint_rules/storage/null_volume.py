from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage


class NullVolume(Rule):
    """A volume has a name and nothing below it.

    Copilot does not expect that and crashes, with a Go panic in place of a message. Often the lines
    below are indented too little, or are comments.
    """

    code, name = "SL312", "null-volume"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot crashes: invalid memory address or nil pointer dereference"
    sources = ("internal/pkg/manifest/validate.go: Storage.validate",)
    good = (
        "storage: {volumes: {data: {path: /data}}}",
        """
        storage:
          volumes:
            data: {path: /data}
        environments:
          prod:
            storage:
              volumes:
                data:
        """,
    )
    bad = (
        Bad(
            """
            storage:
              volumes:
                data:
            #   ^^^^ SL312
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for key, node in manifest.volumes:
            if node.is_null:
                help_ = f"give {key.text!r} at least a `path`, or take it out"
                yield self.finding(key.span, f"the volume {key.text!r} is empty", help=help_)

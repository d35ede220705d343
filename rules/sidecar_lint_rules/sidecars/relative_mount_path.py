from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Container, Finding, Manifest, Rule, Severity, Stage


class RelativeMountPath(Rule):
    """A mount point's path does not start with `/`.

    A container has no working directory when volumes are mounted: the path must be absolute.
    Neither Copilot nor ECS looks at it; Docker does, when the container is created.
    """

    code, name = "SL114", "relative-mount-path"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "the container cannot be created: a mount path must be absolute"
    sources = ("internal/pkg/manifest/validate.go: validateVolumePath", "Docker: volume mount parsing")
    good = ("sidecars: {nginx: {image: nginx, mount_points: [{source_volume: a, path: /a}]}}",)
    bad = (
        Bad(
            """
            sidecars:
              nginx:
                image: nginx
                mount_points:
                  - {source_volume: a, path: var/logs}
            #                                ^^^^^^^^ SL114
            """,
            fixed="path: /var/logs",
        ),
    )

    def check_sidecar(self, sidecar: Container, manifest: Manifest) -> Iterator[Finding]:
        for _, path in sidecar.mount_paths:
            if not path.text.startswith("/") and not manifest.is_windows:
                message = f"path {path.text!r} is not absolute"
                yield self.finding(path, message, replace="/" + path.text.removeprefix("./"))

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Container, Finding, Manifest, Mapping, Related, Rule, Scalar, Severity, Stage


class DuplicateMountPath(Rule):
    """Two mount points of a sidecar have the same path.

    Only one volume can be at a path. CloudFormation refuses an entry that is repeated word for
    word; where the two differ, Docker refuses to create the container.
    """

    code, name = "SL115", "duplicate-mount-path"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "the container cannot be created: duplicate mount point"
    sources = ("AWS::ECS::TaskDefinition MountPoint (unique items)", "Docker: container creation")
    good = (
        """
        sidecars:
          nginx:
            image: nginx
            mount_points: [{source_volume: a, path: /a}, {source_volume: a, path: /b}]
          envoy:
            image: envoy
            mount_points: [{source_volume: a, path: /a}]
        """,
    )
    bad = (
        Bad(
            """
            sidecars:
              nginx:
                image: nginx
                mount_points:
                  - {source_volume: a, path: /data}
                  - {source_volume: b, path: /data/}
            #                                ^^^^^^ SL115
            """
        ),
    )

    def check_sidecar(self, sidecar: Container, _: Manifest) -> Iterator[Finding]:
        first: dict[str, tuple[Mapping, Scalar]] = {}
        for mount, path in sidecar.mount_paths:
            place = path.text.rstrip("/")
            if place not in first:
                first[place] = (mount, path)
                continue
            other, at = first[place]
            same = _fields(other) == _fields(mount)
            yield self.finding(
                path,
                f"two mount points of {sidecar.name!r} are at {path.text!r}",
                help="remove one of them" if same else "give one of them another path",
                effect="CloudFormation refuses a mount point that is there twice" if same else None,
                stage=Stage.DEPLOY if same else None,
                related=(Related(at.place, "the other one"),),
            )


def _fields(mount: Mapping) -> list[tuple[str, str]]:
    return sorted((key.text, node.text) for key, node in mount if isinstance(node, Scalar))

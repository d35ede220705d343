from __future__ import annotations

import os
from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Container,
    Finding,
    Manifest,
    Rule,
    Scalar,
    Severity,
    Stage,
    Workspace,
    closest,
)


class MissingDockerfile(Rule):
    """`image.build` names a Dockerfile that is not there.

    Paths start from the folder that holds `copilot/`. `build` is the path of a Dockerfile; of its
    map form `context` is a folder and `dockerfile` is a path of its own, which does not start from
    the context. A file that git ignores may be made before a deployment, so nothing is said of it.
    """

    code, name = "SL085", "missing-dockerfile"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the image cannot be built, and the deployment ends there"
    sources = ("internal/pkg/manifest/workload.go: ImageLocationOrBuild.BuildConfig",)
    good = (
        """
        image: {build: {context: src}}
        sidecars: {nginx: {image: {build: nginx/Dockerfile}}}
        # file: src/Dockerfile
        FROM scratch
        # file: nginx/Dockerfile
        FROM scratch
        """,
        "image: {build: Dockerfile}",
    )
    bad = (
        Bad(
            """
            image:
              build:
                context: src
                dockerfile: Dockerfile
            #               ^^^^^^^^^^ SL085
            # file: src/Dockerfile
            FROM scratch
            """,
            fixed="dockerfile: src/Dockerfile",
        ),
        Bad(
            """
            image: {build: ./DockerFile}
            #              ^^^^^^^^^^^^ SL085
            # file: Dockerfile
            FROM scratch
            """,
            fixed="build: Dockerfile",
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        workspace = manifest.workload.workspace if manifest.workload else None
        if workspace is None or not workspace.holds_sources:
            return
        for container in (manifest.main, *manifest.sidecars):
            if container.dockerfile:
                yield from self._check(*container.dockerfile, container, workspace)

    def _check(
        self, node: Scalar, path: str, container: Container, workspace: Workspace
    ) -> Iterator[Finding]:
        file = workspace.path(path)
        if not node.known or workspace.files.is_file(file) or workspace.files.is_ignored(file):
            return
        message = f"there is no Dockerfile at {os.path.normpath(path)!r}"
        replace = _nearest(node, path, container, workspace)
        yield self.finding(
            node, message, help="paths start from the folder that holds copilot/", replace=replace
        )


def _nearest(node: Scalar, path: str, container: Container, workspace: Workspace) -> str | None:
    """The file that is meant: the same path below the context, or a name like it in the same folder."""
    context = container.build_context
    if context is node:
        return None
    if context and workspace.files.is_file(workspace.path(context.text, path)):
        return os.path.normpath(os.path.join(context.text, path))
    folder, name = os.path.split(os.path.normpath(path))
    nearest = closest(name, workspace.files.names(workspace.path(folder)))
    return os.path.join(folder, nearest) if nearest else None

from __future__ import annotations

import os
from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Container,
    Finding,
    Manifest,
    Reason,
    Rule,
    Scalar,
    Severity,
    Stage,
    Workspace,
    adds_words,
    closest,
    missing_folder,
    with_slashes,
)


class MissingDockerfile(Rule):
    """`image.build` names a Dockerfile that is not there.

    Paths start from the folder that holds `copilot/`. `build` is the path of a Dockerfile; of its
    map form `context` is a folder and `dockerfile` is a path of its own, which does not start from
    the context.

    A file that git ignores may be made before a deployment, and of one outside of the project nothing
    is known: nothing is said of them. Where the whole folder is missing, it may be checked out
    before a deployment, a path with backslashes is right on Windows, and one in another case there and on
    most Macs: this is only information.
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
        """
        image: {build: ../other/Dockerfile}
        # file: src/main.py
        """,
        """
        image: {build: /src/Dockerfile}
        # file: src/Dockerfile
        FROM scratch
        """,
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
        Bad(
            r"""
            image: {build: src\Dockerfile}
            #              ^^^^^^^^^^^^^^ SL085
            # file: src/Dockerfile
            FROM scratch
            """,
            fixed="build: src/Dockerfile",
        ),
        Bad(
            """
            image: {build: server/Dockerfile}
            #              ^^^^^^^^^^^^^^^^^ SL085
            # file: client/Dockerfile
            FROM scratch
            """
        ),
    )
    also_bad = (
        Bad(
            """
            image: {build: svcs/api/Dockerfile}
            #              ^^^^^^^^^^^^^^^^^^^ SL085
            # file: svc/api/Dockerfile
            FROM scratch
            """,
            fixed="build: svc/api/Dockerfile",
        ),
    )
    also_good = (
        """
        image: {build: missing}
        # file: copilot/web/manifest.yml
        name: web
        type: Backend Service
        """,
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        workspace = manifest.workload.workspace if manifest.workload else None
        if workspace is None or not (workspace.holds_sources and workspace.is_certain):
            return
        for container in (manifest.main, *manifest.sidecars):
            if container.dockerfile:
                yield from self._check(*container.dockerfile, container, workspace)

    def _check(
        self, node: Scalar, path: str, container: Container, workspace: Workspace
    ) -> Iterator[Finding]:
        unread = workspace.unread(path) if node.known else None
        if unread and unread.reason is Reason.FOLDER:
            yield self._folder(node, path, container, workspace)
        if not (unread and unread.is_missing) or workspace.files.is_ignored(workspace.path(path)):
            return
        if with_slashes(workspace, path):
            yield self._on_windows_only(node)
            return
        nearest = _nearest(node, path, container, workspace)
        if nearest and nearest.lower() == os.path.normpath(path).lower():
            yield self._in_another_case(node, nearest)
            return
        folder = missing_folder(workspace, path)
        message = f"there is no Dockerfile at {os.path.normpath(path)!r}"
        yield self.finding(
            node,
            message + (f", nor a folder {folder!r}" if folder else ""),
            help=""
            if nearest
            else "put one there, or write where it is: paths start from the folder that holds copilot/",
            replace=nearest,
            severity=Severity.INFO if folder else None,
        )

    def _folder(self, node: Scalar, path: str, container: Container, workspace: Workspace) -> Finding:
        inside = os.path.join(os.path.normpath(path), "Dockerfile")
        is_there = node is not container.build_context and workspace.files.is_file(workspace.path(inside))
        message = f"{os.path.normpath(path)!r} is a folder, and the path of a Dockerfile is expected"
        return self.finding(
            node, message, replace=inside if is_there else None, follows_from=[("SL005", node)]
        )

    def _in_another_case(self, node: Scalar, nearest: str) -> Finding:
        return self.finding(
            node,
            f"the Dockerfile is called {nearest!r}",
            effect="the image cannot be built where upper and lower case differ, as on Linux",
            replace=nearest,
            severity=Severity.INFO,
        )

    def _on_windows_only(self, node: Scalar) -> Finding:
        return self.finding(
            node,
            f"{node.text!r} is a path on Windows only",
            effect="the image cannot be built where Copilot runs on another system, as in a pipeline",
            replace=node.text.replace("\\", "/"),
            severity=Severity.INFO,
        )


def _nearest(node: Scalar, path: str, container: Container, workspace: Workspace) -> str | None:
    """The file that is meant: the same path below the context, or a name like it in the same folder."""
    context, files = container.build_context, workspace.files
    if context is node:
        return None
    if context and files.is_file(workspace.path(context.text, path)):
        return os.path.normpath(os.path.join(context.text, path))
    if (renamed := _in_near_folder(path, workspace)) is not None:
        return renamed
    folder, name = os.path.split(os.path.normpath(path))
    there = (
        each for each in files.names(workspace.path(folder)) if files.is_file(workspace.path(folder, each))
    )
    nearest = closest(name, there)
    # `Dockerfile.bak` is another file, and not meant.
    return os.path.join(folder, nearest) if nearest and not adds_words(name, nearest) else None


def _in_near_folder(path: str, workspace: Workspace) -> str | None:
    """The same file in a folder at the top whose name is nearly that one: `svc/api/Dockerfile` for `svcs/…`."""
    first, _, rest = os.path.normpath(path).partition(os.sep)
    near = closest(first, workspace.files.names(workspace.project)) if rest else None
    renamed = os.path.join(near, rest) if near and near != first else None
    return renamed if renamed and workspace.files.is_file(workspace.path(renamed)) else None

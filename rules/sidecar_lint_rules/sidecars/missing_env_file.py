from __future__ import annotations

import os
from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Finding,
    Manifest,
    Reason,
    Rule,
    Scalar,
    Severity,
    Stage,
    Unread,
    Workspace,
    closest,
    missing_folder,
    with_slashes,
)


class MissingEnvFile(Rule):
    """An `env_file` that is not there, or will not be there where a pipeline deploys.

    Copilot looks for it from the folder that holds `copilot/`, whichever folder the manifest is in.
    It reads the file when the images are built and pushed already. A missing file that git ignores
    may be made on the machine that deploys: then this is only information, and so it is where the
    whole folder is missing, or where a path has backslashes, which is right on Windows. Of a file
    outside of the project nothing is known.

    A file that is there and ignored is a warning where the workspace has a pipeline, which starts from
    what is committed; unless the pipeline's `buildspec.yml` mentions the file, since it may well make
    it.
    """

    code, name = "SL146", "missing-env-file"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment ends with: read env file"
    sources = (
        "internal/pkg/cli/deploy/workload.go: pushEnvFilesToS3Bucket",
        "internal/pkg/template/templates/cicd/buildspec.yml",
    )
    good = (
        """
        env_file: ./config/prod.env
        # file: config/prod.env
        LEVEL=info
        """,
        """
        env_file: ${COPILOT_ENVIRONMENT_NAME}.env
        # file: src/main.py
        """,
        """
        env_file: ../shared.env
        # file: src/main.py
        """,
        """
        env_file: /config/prod.env
        # file: config/prod.env
        LEVEL=info
        """,
    )
    bad = (
        Bad(
            """
            sidecars:
              nginx: {image: nginx, env_file: config/prd.env}
            #                                 ^^^^^^^^^^^^^^ SL146
            # file: config/prod.env
            LEVEL=info
            """,
            fixed="env_file: config/prod.env",
        ),
        Bad(
            r"""
            env_file: config\prod.env
            #         ^^^^^^^^^^^^^^^ SL146
            # file: config/prod.env
            LEVEL=info
            """,
            fixed="env_file: config/prod.env",
        ),
    )
    also_good = (
        "env_file: missing.env",
        """
        env_file: missing.env
        # file: copilot/web/manifest.yml
        name: web
        type: Backend Service
        """,
        """
        env_file: prod.env
        # file: prod.env
        LEVEL=info
        # file: .gitignore
        /prod.env
        # file: copilot/pipelines/main/manifest.yml
        # file: copilot/pipelines/main/buildspec.yml
        phases: {build: {commands: ['./make-env > prod.env']}}
        """,
    )
    also_bad = (
        Bad(
            """
            env_file: config/prod.env
            #         ^^^^^^^^^^^^^^^ SL146
            sidecars:
              nginx: {image: nginx, env_file: src/prod.env}
            #                                 ^^^^^^^^^^^^ SL146
              proxy: {image: nginx, env_file: src/prod.txt}
            #                                 ^^^^^^^^^^^^ SL146
              router: {image: nginx, env_file: src/settings}
            #                                  ^^^^^^^^^^^^ SL146
            # file: src/main.py
            # file: src/settings.env
            A=b
            # file: .gitignore
            /src/prod.env
            """
        ),
        Bad(
            """
            env_file: prod.env
            #         ^^^^^^^^ SL146
            # file: prod.env
            LEVEL=info
            # file: .gitignore
            /prod.env
            # file: copilot/pipelines/main/manifest.yml
            # file: copilot/pipelines/main/buildspec.yml
            phases: {build: {commands: [make]}}
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        workspace = manifest.workload.workspace if manifest.workload else None
        if workspace is None or not (workspace.holds_sources and workspace.is_certain):
            return
        for path in manifest.env_files:
            if not path.known or not path.text:
                continue
            file, unread = workspace.path(path.text), workspace.unread(path.text)
            if unread:
                yield from self._unread(path, unread, workspace)
            elif (
                workspace.pipelines
                and workspace.files.is_ignored(file)
                and not _is_made_by_a_pipeline(file, workspace)
            ):
                yield self.finding(
                    path,
                    f"git ignores {path.text!r}, and a pipeline has only what is committed",
                    effect="the pipeline's deployment ends with: read env file",
                    help="make the file in the pipeline's buildspec.yml, or commit it",
                    severity=Severity.WARNING,
                )

    def _unread(self, path: Scalar, unread: Unread, workspace: Workspace) -> Iterator[Finding]:
        """What is known of a file that was not read: that it is missing, or is a folder."""
        if unread.is_missing:
            yield self._missing(path, workspace)
        elif unread.reason is Reason.FOLDER:
            yield self.finding(path, f"{path.text!r} is a folder", help="name a file in it")

    def _missing(self, path: Scalar, workspace: Workspace) -> Finding:
        if slashed := with_slashes(workspace, path.text):
            message = f"{path.text!r} is a path on Windows only"
            effect = "where Copilot runs on another system, as in a pipeline, it does not find the file"
            return self.finding(path, message, effect=effect, replace=slashed, severity=Severity.INFO)
        folder, _, name = path.text.rpartition("/")
        there = (each for each in workspace.files.names(workspace.path(folder)) if each.endswith(".env"))
        nearest = closest(name, there)
        excuse = "" if nearest else _excuse(path.text, workspace)
        return self.finding(
            path,
            f"there is no file {path.text!r}{excuse}",
            replace=os.path.join(folder, nearest) if nearest else None,
            help="" if nearest else _help(path.text, workspace),
            severity=Severity.INFO if excuse else None,
            follows_from=[("SL142", path)] if _is_there_as_env(path.text, workspace) else [],
        )


def _is_there_as_env(path: str, workspace: Workspace) -> bool:
    """Whether there is such a file with the ending that it has to have."""
    names = (f"{path}.env", f"{os.path.splitext(path)[0]}.env")
    return any(workspace.files.is_file(workspace.path(name)) for name in names)


def _help(path: str, workspace: Workspace) -> str:
    """What whoever deploys has to do."""
    if workspace.files.is_ignored(workspace.path(path)):
        return "make it before you deploy, in the folder that holds copilot/: git does not bring it along"
    return "put one there, or write where it is: paths start from the folder that holds copilot/"


def _excuse(path: str, workspace: Workspace) -> str:
    """Why a file may be there where somebody deploys, as the end of a sentence; empty where nothing says so."""
    if workspace.files.is_ignored(workspace.path(path)):
        return ", and git ignores it"
    folder = missing_folder(workspace, path)
    return f", nor a folder {folder!r}" if folder else ""


def _is_made_by_a_pipeline(file: str, workspace: Workspace) -> bool:
    folder = os.path.join(workspace.folder, "pipelines")
    specs = (os.path.join(folder, name, "buildspec.yml") for name in workspace.pipelines)
    found = (workspace.files.look(spec) for spec in specs)
    return any(
        not each.is_missing if isinstance(each, Unread) else os.path.basename(file) in each.text
        for each in found
    )

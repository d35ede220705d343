from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Pipeline, Rule, Scalar, Severity, Stage, Workspace, missing_folder


class MissingPipelineFile(Rule):
    """A buildspec that a pipeline names is not there.

    The path starts at the root of the repository, which is where `copilot/` lies. Only the run of the pipeline
    looks for it.
    """

    code, name = "SL898", "missing-pipeline-file"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "CodeBuild finds no buildspec, and the action fails"
    sources = ("templates/cicd/pipeline_cfn.yml: BuildSpec",)
    good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        build: {buildspec: copilot/pipelines/main/buildspec.yml}
        # file: copilot/pipelines/main/buildspec.yml
        version: 0.2
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            build:
              buildspec: buildspec.yml
            #            ^^^^^^^^^^^^^ SL898
            # file: copilot/pipelines/main/buildspec.yml
            version: 0.2
            # file: Makefile
            all:
            """,
            fixed="buildspec: copilot/pipelines/main/buildspec.yml",
        ),
    )
    also_good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        build: {buildspec: ci.yml}
        # file: copilot/pipelines/other/manifest.yml
        build: {buildspec: $FOLDER/buildspec.yml}
        # file: .gitignore
        /ci.yml
        # file: Makefile
        all:
        """,
        """
        # file: copilot/pipelines/main/manifest.yml
        build: {buildspec: buildspec.yml}
        """,
    )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        for path in pipeline.buildspecs:
            yield from self._look(pipeline, path)

    def _look(self, pipeline: Pipeline, path: Scalar) -> Iterator[Finding]:
        workspace = pipeline.workspace
        if workspace is None or "$" in path.text or not workspace.is_certain:
            return
        unread = workspace.unread(path.text)
        if not (unread and unread.is_missing) or not _is_told(workspace, path.text):
            return
        beside = pipeline.beside(path.text)
        message = f"there is no file {path.text!r}"
        help_ = "" if beside else "write a path from the root of the repository"
        yield self.finding(path, message, replace=beside, help=help_)


def _is_told(workspace: Workspace, path: str) -> bool:
    """Whether what is missing is known to be: a part of a project may be checked out without the rest."""
    if workspace.files.is_ignored(workspace.path(path)):
        return False
    in_copilot = path.lstrip("/").startswith(f"{workspace.folder_name}/")
    return in_copilot or (workspace.holds_sources and missing_folder(workspace, path) is None)

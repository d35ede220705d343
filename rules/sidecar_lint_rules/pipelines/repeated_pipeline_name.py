from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Pipeline, Related, Rule, Severity, Stage, pipelines_by_name


class RepeatedPipelineName(Rule):
    """Two pipelines of the workspace have the same name.

    Pipelines are known by the `name` in their manifests, whatever their folders are called. Of two with
    one name, Copilot finds one, and never looks at the other.
    """

    code, name = "SL719", "repeated-pipeline-name"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "Copilot deploys only one of the two, and says nothing"
    sources = ("internal/pkg/workspace/workspace.go: ListPipelines", "internal/pkg/cli/pipeline_deploy.go")
    good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        name: shop-main
        # file: copilot/pipelines/release/manifest.yml
        name: shop-release
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            name: shop-main
            # file: copilot/pipelines/release/manifest.yml
            name: shop-main
            #     ^^^^^^^^^ SL719
            # file: copilot/pipeline.yml
            name: shop-main
            #     ^^^^^^^^^ SL719
            """
        ),
    )
    also_good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        {version: 1, stages: [{name: test}]}
        # file: copilot/pipelines/other/manifest.yml
        {version: 1, stages: [{name: test}]}
        """,
    )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        name = pipeline.scalar("name")
        if name is None or not name.text or pipeline.workspace is None:
            return
        first = pipelines_by_name(pipeline.workspace).get(name.text)
        if first is not None and first.file.source.path != pipeline.file.source.path:
            message = f"there is a pipeline {name.text!r} already"
            place = first.scalar("name") or first.root
            related = (Related(place.place, "the other one", first.file.source),)
            yield self.finding(name, message, help="give one of them another name", related=related)

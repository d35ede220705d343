from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Pipeline, Rule, Severity, Stage, closest


class InvalidArtifactFormat(Rule):
    """`output_artifact_format` is none that the source action has.

    It is `CODE_ZIP`, or `CODEBUILD_CLONE_REF` for a clone with its history. Copilot takes any text.
    """

    code, name = "SL886", "invalid-artifact-format"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "CloudFormation refuses the pipeline: the source action has no such format"
    sources = ("AWS CodePipeline: action reference of CodeStarSourceConnection, OutputArtifactFormat",)
    good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        source: {provider: GitHub, properties: {repository: example/shop, output_artifact_format: CODE_ZIP}}
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            source:
              provider: GitHub
              properties:
                repository: example/shop
                output_artifact_format: CODEBUILD_CLONE
            #                           ^^^^^^^^^^^^^^^ SL886
            """,
            fixed="output_artifact_format: CODEBUILD_CLONE_REF",
        ),
    )
    also_good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        {name: main, version: 1, stages: [{name: test}]}
        # file: copilot/pipelines/other/manifest.yml
        source: {provider: Perforce, properties: {output_artifact_format: ZIP}}
        # file: copilot/pipelines/third/manifest.yml
        source: {provider: GitHub, properties: {}}
        """,
    )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        source = pipeline.source
        if source is None or source.kind is None or not source.uses_artifact_format:
            return
        written = source.text("output_artifact_format")
        if written is not None and written.text not in _FORMATS:
            nearest = closest(written.text, _FORMATS)
            help_ = "" if nearest else f"write {' or '.join(_FORMATS)}"
            yield self.finding(
                written, f"{written.text!r} is not a format of artifacts", replace=nearest, help=help_
            )


_FORMATS = ("CODE_ZIP", "CODEBUILD_CLONE_REF")

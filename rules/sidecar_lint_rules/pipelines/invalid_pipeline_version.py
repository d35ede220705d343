from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Pipeline, Rule, Scalar, Severity, Stage, lost


class InvalidPipelineVersion(Rule):
    """The manifest of a pipeline does not say that it is of version 1.

    There has never been another version, and none is not enough: the samples in Copilot's documentation
    that have no `version` are refused.
    """

    code, name = "SL880", "invalid-pipeline-version"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = (
        "Copilot passes over the manifest, and then finds no pipeline of that name: invalid schema version"
    )
    in_schema = True
    sources = ("internal/pkg/manifest/pipeline.go: UnmarshalPipeline, validateVersion",)
    good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        version: 1
        # file: copilot/pipelines/other/manifest.yml
        version: 1.0
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            version: 2
            #        ^ SL880
            """,
            fixed="version: 1",
        ),
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            name: main
            version:
            ^^^^^^^ SL880
            source: {provider: GitHub, properties: {repository: example/shop}}
            """
        ),
    )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        version = pipeline.get("version")
        if pipeline.file.root is None:
            yield self._no_map(pipeline)
        elif version is None:
            yield self.finding(
                pipeline.file.head_of("version"),
                "the pipeline has no `version`",
                help="write `version: 1`",
                follows_from=lost(pipeline.file, "version"),
            )
        elif isinstance(version, Scalar) and version.as_int not in (1, None):
            yield self.finding(version, f"there is no version {version.text} of pipelines", replace="1")

    def _no_map(self, pipeline: Pipeline) -> Finding:
        place, message = pipeline.file.want_of_map()
        return self.finding(place, message, help="start with `name:`, `version: 1`, `source:` and `stages:`")

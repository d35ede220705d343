from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    SOURCE_TOKEN,
    Bad,
    Finding,
    Pipeline,
    PipelineSource,
    Rule,
    Scalar,
    Severity,
    Stage,
    if_all_lost,
    lost,
)


class IncompleteSource(Rule):
    """A pipeline does not say where its code comes from.

    `source` has a `repository` among its `properties`, and with the provider GitHubV1 the name of a secret
    with an access token. Without `source`, or with nothing under it, Copilot crashes.
    """

    code, name = "SL882", "incomplete-source"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses to deploy the pipeline: the property is missing"
    in_schema = True
    sources = ("internal/pkg/manifest/pipeline.go: PipelineSourceFromManifest",)
    good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        source: {provider: GitHub, properties: {repository: example/shop}}
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            source:
              provider: GitHub
              properties:
            # ^^^^^^^^^^ SL882
                branch: main
            # file: copilot/pipelines/other/manifest.yml
            source:
              provider: GitHubV1
              properties:
            # ^^^^^^^^^^ SL882
                repository: example/shop
            # file: copilot/pipelines/third/manifest.yml
            source:
            ^^^^^^ SL882
              provider: GitHub
            """
        ),
    )
    also_good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        source: {provider: Perforce}
        """,
    )
    also_bad = (
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            {name: main, version: 1, stages: [{name: test}]}
            #^^^^ SL882
            # file: copilot/pipelines/other/manifest.yml
            source: {provider: GitHubV1, properties: {repository: example/shop, access_token_secret: ''}}
            #                                                                                        ^^ SL882
            """
        ),
    )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        source = pipeline.source
        if pipeline.file.root is not None and pipeline.get("source") is None:
            yield self._no_source(pipeline)
        elif source is not None and source.kind is not None:
            yield from self._properties(source, pipeline)

    def _no_source(self, pipeline: Pipeline) -> Finding:
        return self.finding(
            pipeline.file.head_of("source"),
            "the pipeline has no `source`",
            help="write `source` with `provider` and `properties`",
            effect="Copilot crashes: nil pointer dereference",
            follows_from=lost(pipeline.file, "source"),
        )

    def _properties(self, source: PipelineSource, pipeline: Pipeline) -> Iterator[Finding]:
        written = source.properties
        needed = ["repository", SOURCE_TOKEN] if source.is_version_1 else ["repository"]
        missing = [name for name in needed if name not in written.entries]
        place = written.key or source.node.key or source.node
        if missing:
            names = " and ".join(f"`{name}`" for name in missing)
            because = if_all_lost(lost(pipeline.file, "source", "properties", name) for name in missing)
            help_ = f"write {names} under `properties`"
            yield self.finding(place, f"the source has no {names}", help=help_, follows_from=because)
        token = source.text(SOURCE_TOKEN)
        if isinstance(token, Scalar) and not token.text and SOURCE_TOKEN in source.read:
            message = f"`{SOURCE_TOKEN}` is empty"
            yield self.finding(token, message, help="write the name of a secret in Secrets Manager")

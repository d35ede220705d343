from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import SOURCE_TOKEN, Bad, Finding, Pipeline, Rule, Severity, Stage


class IgnoredSourceProperty(Rule):
    """A property of the source is one that this provider does not use.

    A connection and a format of artifacts belong to GitHub and Bitbucket. With an access token, GitHub is
    the old version 1, which knows neither: the token decides, and not the connection beside it.
    """

    code, name = "SL720", "ignored-source-property"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "the source action of the pipeline has nothing of it"
    ignored = True
    sources = (
        "internal/pkg/manifest/pipeline.go: PipelineSourceFromManifest",
        "templates/cicd/pipeline_cfn.yml: the Source stage",
    )
    good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        source: {provider: Bitbucket, properties: {connection_name: shop, output_artifact_format: CODE_ZIP}}
        # file: copilot/pipelines/other/manifest.yml
        source: {provider: GitHub, properties: {access_token_secret: shop-token, branch: main}}
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            source:
              provider: GitHub
              properties:
                access_token_secret: shop-token
                connection_name: shop
            #   ^^^^^^^^^^^^^^^ SL720
            # file: copilot/pipelines/other/manifest.yml
            source:
              provider: CodeCommit
              properties:
                access_token_secret: shop-token
            #   ^^^^^^^^^^^^^^^^^^^ SL720
            """
        ),
    )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        source = pipeline.source
        for name in source.unused if source else ():
            written = source.properties.get(name) if source else None
            if source is None or source.provider is None or written is None:
                continue
            with_token = source.properties.get(SOURCE_TOKEN) is not None and name != SOURCE_TOKEN
            why = "with an access token" if with_token else f"by {source.provider.text}"
            help_ = (
                f"remove it, or `{SOURCE_TOKEN}`" if with_token and not source.is_version_1 else "remove it"
            )
            yield self.finding(written.key or written, f"`{name}` is not used {why}", help=help_)

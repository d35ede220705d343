from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import SOURCE_PROVIDERS, Bad, Finding, Pipeline, Rule, Severity, Stage, closest, lost


class UnknownSourceProvider(Rule):
    """The provider of a pipeline's source is none that Copilot knows.

    They are GitHub, GitHubV1 (with an access token), Bitbucket and CodeCommit, spelt like that.
    """

    code, name = "SL881", "unknown-source-provider"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses to deploy the pipeline: invalid repo source provider"
    in_schema = True
    sources = ("internal/pkg/manifest/pipeline.go: PipelineSourceFromManifest",)
    good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        source:
          provider: Bitbucket
          properties: {repository: 'https://bitbucket.org/example/shop'}
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            source:
              provider: Github
            #           ^^^^^^ SL881
              properties: {repository: example/shop}
            """,
            fixed="provider: GitHub",
        ),
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            source:
            ^^^^^^ SL881
              properties: {repository: example/shop}
            """
        ),
    )
    also_good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        {name: main, version: 1, stages: [{name: test}]}
        # file: copilot/pipelines/other/manifest.yml
        source: {provider: [GitHub]}
        """,
    )
    also_bad = (
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            source: {provider: Perforce}
            #                  ^^^^^^^^ SL881
            """
        ),
    )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        source = pipeline.source
        if source is None or (source.node.get("provider") is not None and source.provider is None):
            return
        provider, choice = source.provider, f"one of {', '.join(SOURCE_PROVIDERS)}"
        if provider is None or not provider.text:
            place = source.node.key or source.node
            because = lost(pipeline.file, "source", "provider")
            yield self.finding(
                place,
                "the source has no `provider`",
                help=f"write `provider:` and {choice}",
                follows_from=because,
            )
        elif provider.text not in SOURCE_PROVIDERS:
            nearest = closest(provider.text, SOURCE_PROVIDERS)
            same = nearest is not None and nearest.lower() == provider.text.lower()
            message = f"{provider.text!r} is not a provider of sources"
            help_ = "" if nearest else f"write {choice}"
            yield self.finding(provider, message, replace=nearest, safe=same, help=help_)

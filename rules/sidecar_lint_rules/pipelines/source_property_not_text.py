from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    SOURCE_TOKEN,
    Bad,
    Edit,
    Finding,
    Fix,
    Node,
    Pipeline,
    PipelineSource,
    Rule,
    Scalar,
    Severity,
    Stage,
    is_yaml_text,
)


class SourcePropertyNotText(Rule):
    """A property of the source is not text to YAML.

    Other fields take any single value as a text. The properties of a source do not: a branch called
    `1.10`, `2024` or `on` needs quotes, or it is a number, or a bool. Copilot says so for most
    of them, and crashes at the name of a connection.
    """

    code, name = "SL883", "source-property-not-text"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses to deploy the pipeline: the property is not a string"
    in_schema = True
    sources = ("internal/pkg/manifest/pipeline.go: PipelineSourceFromManifest, convertRequiredProperty",)
    good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        source:
          provider: GitHub
          properties: {repository: example/shop, branch: '1.10', access_token_secret: null}
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
                branch: 1.10
            #           ^^^^ SL883
            """,
            fixed='branch: "1.10"',
        ),
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            source:
              provider: GitHub
              properties:
                repository: [example/shop]
            #               ^^^^^^^^^^^^^^ SL883
                branch:
            #   ^^^^^^ SL883
            """
        ),
    )
    also_good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        {name: main, version: 1, stages: [{name: test}]}
        # file: copilot/pipelines/other/manifest.yml
        source: {provider: Perforce, properties: {branch: 1.10}}
        # file: copilot/pipelines/third/manifest.yml
        source: {provider: GitHub, properties: {}}
        """,
    )
    also_bad = (
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            source: {provider: GitHub, properties: {repository: example/shop, access_token_secret: 12}}
            #                                                                                      ^^ SL883
            """
        ),
    )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        source = pipeline.source
        if source is None or source.kind is None:
            return
        for name in source.read:
            node = source.properties.entries.get(name)
            if node is not None and not is_yaml_text(node) and not _may_be_null(name, node, source):
                crashes = name in _CONVERTED or (name == SOURCE_TOKEN and not source.is_version_1)
                yield self._no_text(name, node, "Copilot crashes: interface conversion" if crashes else None)

    def _no_text(self, name: str, node: Node, effect: str | None) -> Finding:
        if node.is_null:
            return self.finding(node, f"`{name}` has no value", help="write one, or remove it", effect=effect)
        message = f"`{name}` must be text, not {_described(node)}"
        if not isinstance(node, Scalar):
            return self.finding(node, message, help="write a text", effect=effect)
        written = f'"{node.text}"'
        fixes = () if node.alias else (Fix(f"write `{written}`", (Edit(node.span, written),), safe=True),)
        return self.finding(node, message, help=f"write `{written}`", effect=effect, fixes=fixes)


#: Copilot converts these without looking.
_CONVERTED = ("connection_name", "connection_arn")


def _may_be_null(name: str, node: Node, source: PipelineSource) -> bool:
    """Whether null is as good as nothing: for an access token, unless the provider needs one."""
    return name == SOURCE_TOKEN and node.is_null and not source.is_version_1


def _described(node: Node) -> str:
    if not isinstance(node, Scalar):
        return "a list or a map"
    if isinstance(node.resolved, bool):
        return f"the bool {node.text}"
    return f"the date {node.text}" if isinstance(node.resolved, str) else f"the number {node.text}"

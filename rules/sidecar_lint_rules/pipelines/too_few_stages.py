from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Pipeline, Rule, Severity, Stage, lost_items


class TooFewStages(Rule):
    """A pipeline has no stages.

    It would build everything and deploy it nowhere. Copilot makes a template of it all the same, with
    policies that allow nothing.
    """

    code, name = "SL888", "too-few-stages"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "CloudFormation refuses the template: a policy in it has no statement"
    sources = ("templates/cicd/pipeline_cfn.yml", "cfn-lint E3510")
    good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        stages: [{name: test}]
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            stages: []
            ^^^^^^ SL888
            # file: copilot/pipelines/other/manifest.yml
            name: other
            stages:
            ^^^^^^ SL888
            """
        ),
    )
    also_good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        stages: {test: }
        """,
    )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        written = pipeline.root.entries.get("stages")
        is_list = written is None or written.is_null or pipeline.get("stages") is pipeline.sequence("stages")
        if pipeline.file.root is not None and is_list and not pipeline.stages:
            place = pipeline.file.head_of("stages")
            yield self.finding(
                place,
                "the pipeline has no stages",
                help="write an environment for each: `- name: test`",
                follows_from=lost_items(pipeline.file, "stages"),
            )

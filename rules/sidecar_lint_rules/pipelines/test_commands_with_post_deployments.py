from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Pipeline, Related, Rule, Severity, Stage


class TestCommandsWithPostDeployments(Rule):
    """A stage has test commands and actions after its deployments.

    Both run after the deployments, and Copilot takes one of the two. An empty map of
    `post_deployments` counts as written.
    """

    code, name = "SL890", "test-commands-with-post-deployments"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses to deploy the pipeline: it must be one of the two"
    sources = ("internal/pkg/manifest/validate.go: PipelineStage.validate",)
    good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        stages:
          - name: test
            test_commands: []
            post_deployments: {smoke: {buildspec: smoke.yml}}
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            stages:
              - name: test
                test_commands: [make test]
            #   ^^^^^^^^^^^^^ SL890
                post_deployments: {smoke: {buildspec: smoke.yml}}
            """
        ),
    )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        for each in pipeline.stages:
            commands, after = each.node.get("test_commands"), each.node.get("post_deployments")
            if commands is None or after is None or not each.test_commands:
                continue
            related = (Related((after.key or after).place, "the other one"),)
            help_ = "make the commands the buildspec of an action after the deployments"
            message = f"{each.place} has `test_commands` and `post_deployments`"
            yield self.finding(commands.key or commands, message, help=help_, related=related)

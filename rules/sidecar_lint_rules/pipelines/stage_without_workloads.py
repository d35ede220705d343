from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Pipeline, Rule, Severity, Stage


class StageWithoutWorkloads(Rule):
    """A stage has nothing to deploy.

    Without `deployments` a stage deploys the services and jobs of the workspace. Where the workspace has
    none, Copilot leaves the stage out, with its approval, its tests and its actions. An environment is
    deployed by a deployment with `template_path: infrastructure/<environment>.env.yml`.
    """

    code, name = "SL721", "stage-without-workloads"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "Copilot leaves the stage out of the pipeline, and says nothing"
    sources = ("templates/cicd/pipeline_cfn.yml: Stages", "aws/copilot-cli#5645")
    good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        stages: [{name: test, deployments: {network: {template_path: infrastructure/test.env.yml}}}]
        # file: copilot/environments/test/manifest.yml
        name: test
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            stages:
              - name: test
            #         ^^^^ SL721
                requires_approval: true
            # file: copilot/environments/test/manifest.yml
            name: test
            """
        ),
    )
    also_good = (
        """
        name: api
        # file: copilot/pipelines/main/manifest.yml
        stages: [{name: test}]
        # file: copilot/environments/test/manifest.yml
        """,
    )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        workspace = pipeline.workspace
        if workspace is None or workspace.workloads or not workspace.environments:
            return
        for each in pipeline.stages:
            if each.name is not None and not each.actions("deployments"):
                message = f"the workspace has no workloads that stage {each.name.text!r} could deploy"
                help_ = "write `deployments:`, each with a `template_path`"
                yield self.finding(each.name, message, help=help_)

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Pipeline, PipelineStage, Rule, Scalar, Severity, Stage, Workspace

_FIELDS: Final = ("pre_deployments", "deployments", "post_deployments")
#: The most stages of a pipeline, and the most actions of a stage: AWS's quotas, which are fixed.
_MOST: Final = 50
#: The stages that Copilot puts before: Source and Build.
_BEFORE: Final = 2


class TooManyActions(Rule):
    """A stage of a pipeline has more than 50 actions, or the pipeline more than 50 stages.

    These quotas of CodePipeline cannot be raised. Besides the stages of the manifest there are one for the
    source and one for the build. The actions of a stage are its approval, one for each deployment (without
    `deployments` one for each service and job of the workspace), one for each entry of `pre_deployments` and
    `post_deployments`, and a single one for all `test_commands`.
    """

    code, name = "SL726", "too-many-actions"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "CodePipeline refuses the pipeline"
    sources = (
        "https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html",
        "templates/cicd/pipeline_cfn.yml: Stages",
    )
    good = (
        f"""
        # file: copilot/pipelines/main/manifest.yml
        stages:
          - name: test
            deployments: {{{", ".join(f"web{at}: " for at in range(49))}}}
            test_commands: [make test, make smoke]
        """,
        f"""
        # file: copilot/pipelines/main/manifest.yml
        stages: [{", ".join(f"{{name: env{at}}}" for at in range(48))}]
        """,
    )
    bad = (
        Bad(
            f"""
            # file: copilot/pipelines/main/manifest.yml
            stages:
              - name: test
            #         ^^^^ SL726
                requires_approval: true
                deployments: {{{", ".join(f"web{at}: " for at in range(49))}}}
                post_deployments: {{smoke: {{buildspec: smoke.yml}}}}
            """
        ),
        Bad(
            f"""
            # file: copilot/pipelines/main/manifest.yml
            stages:
            ^^^^^^ SL726
              [{", ".join(f"{{name: env{at}}}" for at in range(49))}]
            """
        ),
    )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        stages = len(pipeline.stages) + _BEFORE
        if stages > _MOST:
            message = f"the pipeline has {stages} stages, and no more than {_MOST} are possible"
            help_ = "make a second pipeline for some of the environments; Source and Build count"
            yield self.finding(pipeline.file.head_of("stages"), message, help=help_)
        for each in pipeline.stages:
            actions = _actions(each, pipeline.workspace)
            if actions > _MOST:
                message = f"the stage has {actions} actions, and no more than {_MOST} are possible"
                help_ = "deploy some of the workloads in a pipeline of their own"
                yield self.finding(each.name or each.node, message, help=help_)


def _actions(stage: PipelineStage, workspace: Workspace | None) -> int:
    """How many actions Copilot makes of a stage; at least that many, where the workloads are not known."""
    written = {field: len(stage.actions(field)) for field in _FIELDS}
    if not written["deployments"] and workspace is not None and workspace.is_certain:
        written["deployments"] = len(workspace.workloads)
    approval = stage.node.get("requires_approval")
    asks = isinstance(approval, Scalar) and approval.as_bool is True
    return sum(written.values()) + asks + bool(stage.test_commands)

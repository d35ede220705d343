from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import Bad, Finding, NamedTuple, Outcome, Pipeline, Rule, Scalar, Severity, Stage, unquoted


class TextBreaksPipelineTemplate(Rule):
    """A text is no longer the same in the template of the pipeline.

    Copilot writes the image of the build, paths of buildspecs and templates, and names of stacks into its
    template without quotes. A colon with a blank after it makes a map there, ` #` begins a comment. The
    stacks that a pipeline deploys are called by letters, digits and hyphens, as all stacks are.
    """

    code, name = "SL722", "text-breaks-pipeline-template"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "CloudFormation refuses the template of the pipeline"
    sources = (
        "templates/cicd/pipeline_cfn.yml, templates/cicd/partials/actions.yml",
        "AWS CloudFormation: CreateStack, StackName",
    )
    good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        build: {image: 'aws/codebuild/amazonlinux2-x86_64-standard:5.0', buildspec: ci/build.yml}
        stages:
          - name: test
            deployments: {api: {stack_name: shop-test-api, template_path: 'infrastructure/@api.yml'}}
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            build:
              image: 'public.ecr.aws/shop/build:1 # the newest'
            #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL722
            stages:
              - name: test
                deployments:
                  api:
                    stack_name: shop_test
            #                   ^^^^^^^^^ SL722
                    template_path: '{a: b}'
            #                      ^^^^^^^^ SL722
            """
        ),
    )
    also_good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        build: {}
        """,
    )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        for written in _texts(pipeline):
            outcome, left = unquoted(written.prefix + written.node.text)
            if outcome is Outcome.CHANGED:
                left = left.removeprefix(written.prefix)
                message = f"of {written.what}, only {left!r} is left in the template"
                yield self.finding(written.node, message, help=_HELP, effect=_OTHER, stage=Stage.TASK)
            elif outcome not in (Outcome.SAME, Outcome.RESPELT):
                message = f"{written.what} is {outcome.value} in the template"
                yield self.finding(written.node, message, help=_HELP)
            elif (
                written.is_stack
                and not re.fullmatch(_STACK, written.node.text)
                and "${" not in written.node.text
            ):
                message = f"no stack can be called {written.node.text!r}"
                help_ = "write letters, digits and hyphens, a letter first"
                effect = "the deployment of the stack fails in the pipeline"
                yield self.finding(written.node, message, help=help_, effect=effect, stage=Stage.TASK)


class _TemplateText(NamedTuple):
    """A text in the template: what it is, what stands before it, and whether a stack is called like it."""

    node: Scalar
    what: str
    prefix: str = ""
    is_stack: bool = False


def _texts(pipeline: Pipeline) -> Iterator[_TemplateText]:
    image = pipeline.scalar("build", "image")
    if image is not None and image.text:
        yield _TemplateText(image, "the image of the build")
    yield from (_TemplateText(path, "the path of the buildspec") for path in pipeline.buildspecs)
    for stage in pipeline.stages:
        for action in stage.actions("deployments"):
            if name := action.text("stack_name"):
                yield _TemplateText(name, "the name of the stack", is_stack=True)
            for field in ("template_path", "template_config"):
                if path := action.text(field):
                    yield _TemplateText(path, f"`{field}`", _ARTIFACT)


_ARTIFACT = "BuildOutput::"
_STACK = r"[A-Za-z][A-Za-z0-9-]{0,127}"
_HELP = "write it without characters that mean something to YAML"
_OTHER = "the pipeline uses what is left"

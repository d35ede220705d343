from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from sidecar_lint import (
    Action,
    Bad,
    Causes,
    Finding,
    Pipeline,
    Rule,
    Scalar,
    Severity,
    Stage,
    Workspace,
    closest,
    lost_in,
    slip,
)


class UnknownDeployment(Rule):
    """A stage deploys a workload that the workspace does not have, or a template that nobody makes.

    The build makes a template for every workload of the workspace and every stage,
    `infrastructure/<workload>-<stage>.stack.yml`, and the deployment looks for that of its name. Where it
    deploys something else, such as the environment itself, `template_path` says which template. One is
    flagged where it is nearly one that the build makes: a buildspec may make others.
    """

    code, name = "SL895", "unknown-deployment"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the build makes no template of that name, and the deployment fails in the pipeline"
    sources = (
        "internal/pkg/deploy/pipeline.go: Deployment.TemplatePath",
        "https://aws.github.io/copilot-cli/docs/manifest/pipeline/#stages-deployments",
    )
    good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        stages:
          - name: test
            deployments:
              test: {template_path: infrastructure/test.env.yml, stack_name: shop-test}
              api: {depends_on: [test]}
        # file: copilot/api/manifest.yml
        name: api
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
                deployments:
                  apis:
            #     ^^^^ SL895
                  test: {template_path: infrastructure/tset.env.yml}
            #                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL895
            # file: copilot/api/manifest.yml
            name: api
            # file: copilot/environments/test/manifest.yml
            name: test
            """,
            fixed="template_path: infrastructure/test.env.yml",
        ),
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            stages:
              - name: test
                deployments:
                  api: {template_path: infrastructure/api-test.yml}
            #                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL895
                  main: {template_path: infrastructure/api-tset.stack.yml}
            #                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL895
            # file: copilot/api/manifest.yml
            name: api
            """,
            fixed="template_path: infrastructure/api-test.stack.yml",
        ),
    )
    also_good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        stages: [{name: test, deployments: {apis: }}]
        # file: copilot/environments/test/manifest.yml
        """,
        """
        name: api
        # file: copilot/pipelines/main/manifest.yml
        stages: [{name: test, deployments: {other: {template_path: infrastructure/other.yml}}}]
        # file: copilot/environments/test/manifest.yml
        """,
    )
    also_bad = (
        Bad(
            """
            name: api
            # file: copilot/pipelines/main/manifest.yml
            stages: [{name: test, deployments: {other: {template_path: infrastructure/api-test.yml}}}]
            #                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL895
            # file: copilot/environments/test/manifest.yml
            """
        ),
    )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        workspace = pipeline.workspace
        if workspace is None or not workspace.is_certain or not workspace.workloads:
            return
        stages = {each.name.text: None for each in pipeline.stages if each.name}
        for each in pipeline.stages:
            for deployment in each.actions("deployments"):
                template = deployment.text("template_path")
                if template is None:
                    because = [
                        ("SL005", deployment.node),
                        *lost_in(pipeline.file, deployment.fields, "template_path"),
                    ]
                    yield from self._workload(deployment, workspace, because)
                elif (meant := _meant(template.text, workspace, stages)) is not None:
                    yield self._template(template, meant)

    def _workload(self, deployment: Action, workspace: Workspace, because: Causes) -> Iterator[Finding]:
        if deployment.name not in workspace.workloads and "$" not in deployment.name:
            nearest = closest(deployment.name, workspace.workloads)
            message = f"the workspace has no workload {deployment.name!r}"
            help_ = (
                f"write `{nearest}`" if nearest else "write a workload, or `template_path` for another stack"
            )
            yield self.finding(deployment.key, message, help=help_, follows_from=because)

    def _template(self, template: Scalar, meant: str) -> Finding:
        message = f"the build makes no template {template.text!r}"
        severity = None if meant.endswith(_ENVIRONMENT) else Severity.WARNING
        return self.finding(template, message, replace=meant, severity=severity)


_FOLDER, _ENVIRONMENT, _STACK = "infrastructure/", ".env.yml", ".stack.yml"


def _meant(path: str, workspace: Workspace, stages: Mapping[str, None]) -> str | None:
    """The template that the build makes, where a path is nearly that of it, and of none."""
    name = path.removeprefix(_FOLDER)
    if name == path:
        return None
    if (environment := name.removesuffix(_ENVIRONMENT)) != name:
        nearest = closest(environment, workspace.environments)
        return _path(nearest, _ENVIRONMENT) if environment not in workspace.environments else None
    if (stack := name.removesuffix(_STACK)) != name:
        made = (f"{workload}-{stage}" for workload in workspace.workloads for stage in stages)
        return None if _is_made(stack, workspace, stages) else _path(slip(stack, islice(made, _MOST)), _STACK)
    stack = name.removesuffix(".yml")
    return _path(stack, _STACK) if stack != name and _is_made(stack, workspace, stages) else None


#: More templates are not compared with a path.
_MOST = 1000


def _is_made(stack: str, workspace: Workspace, stages: Mapping[str, None]) -> bool:
    """Whether it is a workload, a hyphen and a stage."""
    hyphens = (at for at, character in enumerate(stack) if character == "-")
    return any(stack[:at] in workspace.workloads and stack[at + 1 :] in stages for at in hyphens)


def _path(name: str | None, suffix: str) -> str | None:
    return None if name is None else f"{_FOLDER}{name}{suffix}"

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Action, Bad, Finding, Pipeline, Rule, Severity, Stage, Workspace, closest


class UnknownDeployment(Rule):
    """A stage deploys a workload that the workspace does not have.

    The build makes a template for every workload of the workspace and every stage, and the deployment
    looks for that of its name. Where it deploys something else, such as the environment itself,
    `template_path` says which template.
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
    )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        workspace = pipeline.workspace
        if workspace is None or not workspace.is_certain or not workspace.workloads:
            return
        for each in pipeline.stages:
            for deployment in each.actions("deployments"):
                yield from self._look(deployment, workspace)

    def _look(self, deployment: Action, workspace: Workspace) -> Iterator[Finding]:
        template = deployment.text("template_path")
        if template is not None:
            yield from self._template(deployment, workspace)
        elif deployment.name not in workspace.workloads and "$" not in deployment.name:
            nearest = closest(deployment.name, workspace.workloads)
            message = f"the workspace has no workload {deployment.name!r}"
            help_ = (
                f"write `{nearest}`" if nearest else "write a workload, or `template_path` for another stack"
            )
            yield self.finding(deployment.key, message, help=help_)

    def _template(self, deployment: Action, workspace: Workspace) -> Iterator[Finding]:
        """Hold `infrastructure/<environment>.env.yml` against the environments."""
        template = deployment.text("template_path")
        name = template.text.removeprefix(_FOLDER).removesuffix(_ENVIRONMENT) if template else ""
        if template is None or f"{_FOLDER}{name}{_ENVIRONMENT}" != template.text:
            return
        nearest = closest(name, workspace.environments) if name not in workspace.environments else None
        if nearest is not None:
            message = f"there is no environment {name!r}"
            yield self.finding(template, message, replace=f"{_FOLDER}{nearest}{_ENVIRONMENT}")


_FOLDER, _ENVIRONMENT = "infrastructure/", ".env.yml"

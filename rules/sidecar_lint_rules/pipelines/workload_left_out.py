from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Pipeline, Related, Rule, Scalar, Severity, Stage


class WorkloadLeftOut(Rule):
    """A stage leaves out a workload that an earlier stage deploys.

    `deployments` names all that a stage deploys; one without it deploys every service and job of the
    workspace. What is added to one stage is easily forgotten in the next. A workload for tests alone, or an
    environment on its way out, is left out on purpose.
    """

    code, name = "SL718", "workload-left-out"
    severity, stage = Severity.INFO, Stage.SILENT
    effect = "the pipeline does not deploy it to this environment"
    sources = ("https://aws.github.io/copilot-cli/docs/manifest/pipeline/#stages-deployments",)
    good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        stages:
          - name: test
            deployments: {api: , web: , test: {template_path: infrastructure/test.env.yml}}
          - name: staging
          - name: prod
            deployments: {web: , api: }
        # file: copilot/api/manifest.yml
        name: api
        # file: copilot/web/manifest.yml
        name: web
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            stages:
              - name: test
                deployments: {api: , web: }
              - name: prod
                deployments:
            #   ^^^^^^^^^^^ SL718
                  api:
            # file: copilot/api/manifest.yml
            name: api
            # file: copilot/web/manifest.yml
            name: web
            """
        ),
    )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        workloads = pipeline.workspace.workloads if pipeline.workspace else {}
        earlier: dict[str, Scalar] = {}
        for each in pipeline.stages:
            deployed = {action.name: action.key for action in each.actions("deployments")}
            missing = [name for name in earlier if name not in deployed and name in workloads]
            section = each.node.get("deployments")
            if deployed and missing and section is not None:
                names = " and ".join(missing)
                message = f"the stage does not deploy {names}, as an earlier one does"
                related = tuple(Related(earlier[name].place, f"{name} is deployed here") for name in missing)
                help_ = f"add {names}, if that was forgotten"
                yield self.finding(section.key or section, message, help=help_, related=related)
            earlier |= {name: key for name, key in deployed.items() if name not in earlier}

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sidecar_lint import Action, Bad, Finding, Pipeline, PipelineStage, Rule, Scalar, Severity, Stage, closest


class UnknownDeploymentDependency(Rule):
    """An action of a stage waits for one that the stage does not have.

    `depends_on` names others of the same map: deployments wait for deployments of their stage, actions before
    them for such actions. Copilot refuses an unknown deployment. What an action before or after the
    deployments waits for and does not find, it passes over: the order is another one.
    """

    code, name = "SL893", "unknown-deployment-dependency"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses to deploy the pipeline: the dependency does not exist"
    sources = (
        "internal/pkg/manifest/validate.go: Deployments.validate",
        "internal/pkg/deploy/pipeline.go: Init",
    )
    good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        stages:
          - name: test
            deployments:
              api:
              web: {depends_on: [api, null]}
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            stages:
              - name: test
                deployments:
                  api:
                  web: {depends_on: [apis]}
            #                        ^^^^ SL893
                post_deployments:
                  smoke: {buildspec: smoke.yml, depends_on: [web]}
            #                                                ^^^ SL893
            """,
            fixed="web: {depends_on: [api]}",
        ),
    )
    also_bad = (
        Bad(
            """
            name: api
            # file: copilot/pipelines/main/manifest.yml
            stages:
              - name: test
                deployments: {apii: , web: {depends_on: [api]}}
            #                                            ^^^ SL893
                pre_deployments: {migrate: {buildspec: a.yml, depends_on: [other]}}
            #                                                              ^^^^^ SL893
                post_deployments: {webs: {buildspec: a.yml}, smoke: {buildspec: b.yml, depends_on: [web, webz]}}
            #                                                                                       ^^^ SL893
            #                                                                                            ^^^^ SL893
            """
        ),
    )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        for each in pipeline.stages:
            misspelt = _misspelt(pipeline, each)
            for action, dependency, names in _unknown(each.actions("deployments")):
                yield self._refused(dependency, names - {action.name}, misspelt.get(dependency.text))
            deployments = {action.name for action in each.actions("deployments")}
            for field in ("pre_deployments", "post_deployments"):
                for action, dependency, names in _unknown(each.actions(field)):
                    is_deployment = dependency.text in deployments
                    yield self._ignored(dependency, field, names - {action.name}, is_deployment=is_deployment)

    def _refused(self, dependency: Scalar, names: set[str], misspelt: Scalar | None) -> Finding:
        nearest = closest(dependency.text, names)
        message = f"`deployments` of this stage has no {dependency.text!r}"
        return self.finding(
            dependency,
            message,
            replace=nearest,
            help="" if nearest else _choice(names),
            follows_from=[("SL895", misspelt)] if misspelt else [],
        )

    def _ignored(self, dependency: Scalar, field: str, names: set[str], *, is_deployment: bool) -> Finding:
        nearest = None if is_deployment else closest(dependency.text, names)
        when = field.removesuffix("_deployments").replace("pre", "before").replace("post", "after")
        choice = f"remove it: the action runs {when} all deployments" if is_deployment else _choice(names)
        return self.finding(
            dependency,
            f"`{field}` of this stage has no {dependency.text!r}",
            replace=nearest,
            help="" if nearest else choice,
            effect="Copilot passes over it: the action waits for nothing",
            stage=Stage.SILENT,
        )


def _misspelt(pipeline: Pipeline, stage: PipelineStage) -> dict[str, Scalar]:
    """The deployments of no workload, by the one that is like them."""
    known = pipeline.workspace.workloads if pipeline.workspace else ()
    unknown = (action.key for action in stage.actions("deployments") if action.name not in known)
    return {near: key for key in unknown if (near := closest(key.text, known))}


def _unknown(actions: Sequence[Action]) -> Iterator[tuple[Action, Scalar, set[str]]]:
    """What actions wait for and is none of them, with the names that there are."""
    names = {action.name for action in actions}
    for action in actions:
        yield from ((action, each, names) for each in action.dependencies if each.text not in names)


def _choice(names: set[str]) -> str:
    return f"write one of {', '.join(sorted(names))}" if names else "remove it"

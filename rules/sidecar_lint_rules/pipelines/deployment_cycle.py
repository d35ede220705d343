from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sidecar_lint import (
    Action,
    Bad,
    Finding,
    Pipeline,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    deployment_cycle,
)


class DeploymentCycle(Rule):
    """Actions of a stage wait for each other.

    None of them could ever begin. One that waits for itself is the shortest case.
    """

    code, name = "SL894", "deployment-cycle"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses to deploy the pipeline: graph contains a cycle"
    sources = ("internal/pkg/deploy/pipeline.go: Deployments, actionGraphs",)
    good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        stages:
          - name: test
            deployments:
              api:
              web: {depends_on: [api]}
              worker: {depends_on: [api, web]}
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            stages:
              - name: test
                deployments:
                  api: {depends_on: [web]}
            #                        ^^^ SL894
                  web: {depends_on: [api]}
              - name: prod
                pre_deployments:
                  migrate: {buildspec: migrate.yml, depends_on: [migrate]}
            #                                                    ^^^^^^^ SL894
            """
        ),
    )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        for each in pipeline.stages:
            for field in ("pre_deployments", "deployments", "post_deployments"):
                actions = each.actions(field)
                if names := deployment_cycle(actions):
                    yield self._cycle(names, actions)

    def _cycle(self, names: Sequence[str], actions: Sequence[Action]) -> Finding:
        by_name = {action.name: action for action in actions}
        edges = [_edge(by_name[name], after) for name, after in pairwise(names)]
        first, *others = sorted(edges, key=lambda each: each.span)
        related = tuple(Related(edge.place, "and this") for edge in others)
        message = f"the actions wait for each other: {' → '.join(names)}"
        return self.finding(first, message, help="remove one of these dependencies", related=related)


def _edge(action: Action, name: str) -> Scalar:
    """Where an action says that it waits for another one."""
    return next(each for each in action.dependencies if each.text == name)

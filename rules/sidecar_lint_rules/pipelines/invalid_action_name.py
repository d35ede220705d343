from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sidecar_lint import Action, Bad, Finding, Pipeline, PipelineStage, Related, Rule, Severity, Stage


class InvalidActionName(Rule):
    """The name of a deployment or of an action cannot be used, or is not unique.

    CodePipeline takes letters, digits and `.@_-`, up to 100 of them; a deployment is called
    `CreateOrUpdate-<name>-<stage>`. The actions of a stage must differ, and the build projects that Copilot
    makes for them must differ by letters and digits alone.
    """

    code, name = "SL896", "invalid-action-name"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "CloudFormation refuses the pipeline"
    sources = (
        "AWS CodePipeline: action declaration, Name",
        "templates/cicd/partials/actions.yml",
        "cfn-lint E3031, E3002",
    )
    good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        stages:
          - name: test
            pre_deployments: {migrate: {buildspec: migrate.yml}}
            deployments: {api: , my-web: }
            post_deployments: {smoke.2: {buildspec: smoke.yml}}
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            stages:
              - name: test
                pre_deployments:
                  db migrate: {buildspec: migrate.yml}
            #     ^^^^^^^^^^ SL896
                  smoke-1: {buildspec: smoke.yml}
                  smoke1: {buildspec: smoke.yml}
            #     ^^^^^^ SL896
                post_deployments:
                  smoke1: {buildspec: smoke.yml}
            #     ^^^^^^ SL896
            """
        ),
    )

    also_good = (
        f"""
        # file: copilot/pipelines/main/manifest.yml
        stages: [{{name: test, pre_deployments: {{{"a" * 100}: }}, deployments: {{{"b" * 80}: }}}}]
        """,
    )
    also_bad = (
        Bad(
            f"""
            # file: copilot/pipelines/main/manifest.yml
            stages:
              - name: test
                pre_deployments:
                  {"a" * 101}:
            #     {"^" * 101} SL896
                deployments:
                  {"b" * 81}:
            #     {"^" * 81} SL896
            """
        ),
    )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        for each in pipeline.stages:
            yield from self._names(each)
            before, after = each.actions("pre_deployments"), each.actions("post_deployments")
            yield from self._twice(before, {})
            yield from self._twice(after, {action.name: action for action in before})

    def _names(self, each: PipelineStage) -> Iterator[Finding]:
        stage = each.name.text if each.name else ""
        for field in ("pre_deployments", "deployments", "post_deployments"):
            for action in each.actions(field):
                whole = f"CreateOrUpdate-{action.name}-{stage}" if field == "deployments" else action.name
                if not re.fullmatch(r"[A-Za-z0-9.@_-]+", action.name):
                    message = f"no action can be called {action.name!r}"
                    yield self.finding(
                        action.key, message, help="write letters, digits, dots, hyphens and underscores"
                    )
                elif len(whole) > _LONGEST:
                    message = (
                        f"the action is called `{whole[:40]}…`, which has more than {_LONGEST} characters"
                    )
                    yield self.finding(action.key, message, help="write a shorter name")

    def _twice(self, actions: Sequence[Action], others: dict[str, Action]) -> Iterator[Finding]:
        """Find actions that are called like one of the others, or that collapse with one of their own kind."""
        seen: dict[str, Action] = {}
        for action in actions:
            plain = re.sub(r"[^A-Za-z0-9]", "", action.name)
            other = others.get(action.name) or seen.get(plain)
            if other is not None:
                is_same = action.name == other.name
                message = (
                    f"there is an action {action.name!r} already"
                    if is_same
                    else f"{action.name!r} and {other.name!r} are the same to CloudFormation"
                )
                related = (Related(other.key.place, "the other one"),)
                yield self.finding(action.key, message, help="rename one of them", related=related)
            seen.setdefault(plain, action)


_LONGEST = 100

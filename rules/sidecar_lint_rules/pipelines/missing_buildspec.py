from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Action, Bad, Finding, Pipeline, Rule, Severity, Stage, is_blank, lost_in


class MissingBuildspec(Rule):
    """An action before or after the deployments has no buildspec.

    The buildspec is what it runs, a path from the root of the repository. An action with nothing below its
    name makes Copilot crash.
    """

    code, name = "SL892", "missing-buildspec"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = 'Copilot refuses to deploy the pipeline: "buildspec" must be specified'
    sources = ("internal/pkg/manifest/validate.go: PrePostDeployment",)
    good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        stages:
          - name: test
            pre_deployments: {migrate: {buildspec: copilot/pipelines/main/migrate.yml}}
            deployments: {api: }
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            stages:
              - name: test
                pre_deployments:
                  migrate: {depends_on: []}
            #     ^^^^^^^ SL892
                post_deployments:
                  smoke: {buildspec: ''}
            #     ^^^^^ SL892
            """
        ),
    )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        for each in pipeline.stages:
            for field in ("pre_deployments", "post_deployments"):
                for action in each.actions(field):
                    yield from self._look(pipeline, action, f"{each.place}.{field}")

    def _look(self, pipeline: Pipeline, action: Action, place: str) -> Iterator[Finding]:
        help_ = "write `buildspec:` and the path of one"
        if action.node.is_null:
            message, effect = (
                f"{place}.{action.name} has nothing below it",
                "Copilot crashes: nil pointer dereference",
            )
            yield self.finding(action.key, message, help=help_, effect=effect)
            return
        written = action.fields.get("buildspec")
        if action.node is action.fields and is_blank(written):
            because = lost_in(pipeline.file, action.fields, "buildspec")
            message = f"{place}.{action.name} has no `buildspec`"
            yield self.finding(action.key, message, help=help_, follows_from=because)

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Finding,
    Pipeline,
    PipelineStage,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    can_name_environment,
    lost_in,
    meant_environment,
)


class UnknownStage(Rule):
    """A stage does not deploy to an environment of the application.

    The name of a stage is that of an environment, letter by letter, and each environment is one stage. An
    environment can exist without a manifest under `copilot/environments/`, so a name that has none there is
    flagged only where it is nearly one of them, or the same in full or in short.
    """

    code, name = "SL889", "unknown-stage"
    # Copilot asks the account which environments there are.
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "Copilot refuses to deploy the pipeline: couldn't find the environment in the application"
    sources = ("internal/pkg/cli/pipeline_deploy.go: convertStages", "AWS CodePipeline: stage declaration")
    good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        stages: [{name: test}, {name: live}]
        # file: copilot/environments/test/manifest.yml
        name: test
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            stages:
              - name: tset
            #         ^^^^ SL889
              - name: Prod
            #         ^^^^ SL889
              - requires_approval: true
            #   ^^^^^^^^^^^^^^^^^ SL889
            # file: copilot/environments/test/manifest.yml
            name: test
            """,
            fixed="- name: test",
        ),
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            stages:
              - name: test
              - name: test
            #         ^^^^ SL889
            """
        ),
    )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        known = pipeline.workspace.environments if pipeline.workspace else ()
        seen: dict[str, Scalar] = {}
        for each in pipeline.stages:
            if each.name is None:
                yield from self._no_name(pipeline, each)
            elif each.name.text in seen:
                yield self._again(each.name, seen[each.name.text])
            elif "$" not in each.name.text:
                yield from self._unknown(each.name, known)
            if each.name is not None:
                seen.setdefault(each.name.text, each.name)

    def _no_name(self, pipeline: Pipeline, each: PipelineStage) -> Iterator[Finding]:
        if each.node.get("name") is None or isinstance(each.node.get("name"), Scalar):
            place = next((key for key, _ in each.node), each.node)
            because = lost_in(pipeline.file, each.node, "name")
            help_ = "write `name:` and an environment"
            yield self.finding(place, f"{each.place} has no name", help=help_, follows_from=because)

    def _again(self, name: Scalar, first: Scalar) -> Finding:
        related = (Related(first.place, "the first one"),)
        message = f"there is a stage {name.text!r} already"
        effect = "CloudFormation refuses the pipeline: the names of stages must be unique"
        return self.finding(name, message, help="remove one of them", effect=effect, related=related)

    def _unknown(self, name: Scalar, known: tuple[str, ...]) -> Iterator[Finding]:
        if name.text in known:
            return
        meant = meant_environment(name.text, known)
        lower = name.text.lower().replace("_", "-")
        if meant is None and not can_name_environment(name.text):
            meant = lower if can_name_environment(lower) else None
            message = f"no environment can be called {name.text!r}"
            yield self.finding(
                name, message, replace=meant, help="" if meant else "write the name of an environment"
            )
        elif meant is not None:
            message = f"there is no environment {name.text!r}"
            yield self.finding(name, message, replace=meant, severity=Severity.WARNING)

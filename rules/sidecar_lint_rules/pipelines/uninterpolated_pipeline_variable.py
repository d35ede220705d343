from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Pipeline, Rule, Severity, Stage, variables_in


class UninterpolatedPipelineVariable(Rule):
    """The manifest of a pipeline has a `${VARIABLE}` that nobody replaces.

    Copilot substitutes variables in the manifests of workloads and environments, and nothing in those of
    pipelines. `${BRANCH}` is a branch of that name. In commands and policies it is left to the shell, or to
    IAM.
    """

    code, name = "SL897", "uninterpolated-pipeline-variable"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the text is taken as it is written, and the pipeline fails at it"
    sources = ("internal/pkg/workspace/workspace.go: ReadPipelineManifest",)
    good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        stages: [{name: test, test_commands: ['make test-${ENVIRONMENT}']}]
        build: {additional_policy: {PolicyDocument: {Statement: [{Resource: '${aws:username}'}]}}}
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            source:
              provider: GitHub
              properties:
                repository: example/shop
                branch: ${BRANCH}
            #           ^^^^^^^^^ SL897
            """
        ),
    )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        for scalar in pipeline.taken_as_written:
            name = next(variables_in(scalar.text), None)
            if name is not None:
                message = f"nothing replaces ${{{name}}} in the manifest of a pipeline"
                yield self.finding(
                    scalar, message, help="write the value, or let a script write the manifest"
                )

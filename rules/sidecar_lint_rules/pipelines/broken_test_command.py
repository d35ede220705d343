from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Outcome, Pipeline, Rule, Scalar, Severity, Stage, unquoted


class BrokenTestCommand(Rule):
    """A test command is no longer the same in the buildspec that Copilot makes.

    Copilot writes `test_commands` into YAML without quotes. `echo a: b` is a map there, `* x` and
    `@x` are none of YAML's, what follows ` #` is a comment. A line break breaks the template itself.
    Put such commands into a script.
    """

    code, name = "SL891", "broken-test-command"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "CodeBuild cannot read the buildspec, and the test action fails"
    sources = ("templates/cicd/partials/test.yml", "aws/copilot-cli#4372")
    good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        stages: [{name: test, test_commands: [make test, 'curl "http://example.com/"', 'true', 1]}]
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            stages:
              - name: test
                test_commands:
                  - 'echo "status: ok"; make test'
            #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL891
                  - 'make test #1'
            #       ^^^^^^^^^^^^^^ SL891
                  - |
            #       ^ SL891
                    cd tests
                    make
            """
        ),
    )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        for each in pipeline.stages:
            for command in each.test_commands:
                yield from self._look(command)

    def _look(self, command: Scalar) -> Iterator[Finding]:
        outcome, left = unquoted(command.text, item=True)
        if "\n" in command.text.rstrip("\n"):
            effect = "the template of the pipeline is broken, and CloudFormation refuses it"
            message = "a test command has several lines"
            yield self.finding(command, message, help=_HELP, effect=effect, stage=Stage.DEPLOY)
        elif outcome is Outcome.CHANGED:
            message = f"of the test command, {left!r} is left in the buildspec"
            effect = "CodeBuild runs what is left"
            yield self.finding(command, message, help=_HELP, effect=effect)
        elif outcome not in (Outcome.SAME, Outcome.RESPELT):
            yield self.finding(command, f"in the buildspec the test command is {outcome.value}", help=_HELP)


_HELP = "put it into a script, and call that"

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Outcome, Pipeline, Rule, Scalar, Severity, Stage, unquoted


class UnusableBranch(Rule):
    """`branch` is not a branch that a pipeline can follow.

    It is the name of one branch: patterns and variables are taken as they are written. Copilot puts it
    into its template without quotes, so what means something to YAML there is no longer the same.
    """

    code, name = "SL885", "unusable-branch"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the pipeline looks for a branch of that name, and its first action fails"
    sources = ("templates/cicd/pipeline_cfn.yml: BranchName", "aws/copilot-cli#5507")
    good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        source: {provider: GitHub, properties: {repository: example/shop, branch: feature/a-1}}
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            source: {provider: GitHub, properties: {repository: example/shop, branch: release/*}}
            #                                                                         ^^^^^^^^^ SL885
            # file: copilot/pipelines/other/manifest.yml
            source: {provider: GitHub, properties: {repository: example/shop, branch: 'a: b'}}
            #                                                                         ^^^^^^ SL885
            # file: copilot/pipelines/third/manifest.yml
            source: {provider: GitHub, properties: {repository: example/shop, branch: ''}}
            #                                                                         ^^ SL885
            """
        ),
    )
    also_good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        {name: main, version: 1, stages: [{name: test}]}
        # file: copilot/pipelines/other/manifest.yml
        source: {provider: Perforce, properties: {branch: ''}}
        # file: copilot/pipelines/third/manifest.yml
        source: {provider: GitHub, properties: {}}
        """,
    )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        source = pipeline.source
        if source is None or source.kind is None:
            return
        branch = source.text("branch")
        if branch is None or "${" in branch.text:
            return
        outcome, left = unquoted(branch.text, item=True)
        if not branch.text:
            yield self._refused(
                branch, "the branch is empty", "CloudFormation refuses a pipeline without a branch"
            )
        elif not outcome.is_text:
            effect = f"in the template of the pipeline it is {outcome.value}, and CloudFormation refuses that"
            yield self._refused(branch, f"no branch can be called {branch.text!r}", effect)
        elif any(character in branch.text for character in _NOT_IN_BRANCHES):
            yield self.finding(branch, f"no branch can be called {branch.text!r}", help=_HELP)
        elif outcome is Outcome.CHANGED:
            message = f"of the branch {branch.text!r}, {left!r} is left in the template"
            yield self.finding(branch, message, help="rename the branch")

    def _refused(self, branch: Scalar, message: str, effect: str) -> Finding:
        return self.finding(branch, message, help=_HELP, effect=effect, stage=Stage.DEPLOY)


_HELP = "write the name of one branch"
#: What git refuses in the name of a branch (git check-ref-format), patterns first.
_NOT_IN_BRANCHES = "*?[ ~^:\\"

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Mapping, Pipeline, Rule, Severity, Stage


class InvalidAdditionalPolicy(Rule):
    """`build.additional_policy` is not a policy.

    `PolicyDocument` is a document of IAM with a `Statement`. Copilot writes into its template whatever is
    there.
    """

    code, name = "SL899", "invalid-additional-policy"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "CloudFormation refuses the policy of the build project"
    sources = ("templates/cicd/pipeline_cfn.yml: AdditionalPolicy", "cfn-lint E3510")
    good = (
        """
        # file: copilot/pipelines/main/manifest.yml
        build:
          additional_policy:
            PolicyDocument:
              Version: 2012-10-17
              Statement: [{Effect: Allow, Action: 'ecr:*', Resource: '*'}]
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/pipelines/main/manifest.yml
            build:
              additional_policy:
                PolicyDocument:
            #   ^^^^^^^^^^^^^^ SL899
                  Version: 2012-10-17
            # file: copilot/pipelines/other/manifest.yml
            build:
              additional_policy:
                PolicyDocument: arn:aws:iam::aws:policy/AmazonS3FullAccess
            #   ^^^^^^^^^^^^^^ SL899
            """
        ),
    )

    def check_pipeline(self, pipeline: Pipeline) -> Iterator[Finding]:
        document = pipeline.get("build", "additional_policy", "PolicyDocument")
        if document is None:
            return
        place = document.key or document
        if not isinstance(document, Mapping):
            message = "`PolicyDocument` is not a document"
            yield self.finding(place, message, help="write a map with `Version` and `Statement`")
        elif document.get("Statement") is None:
            yield self.finding(
                place,
                "`PolicyDocument` has no `Statement`",
                help="write `Statement:` and what the build may do",
            )

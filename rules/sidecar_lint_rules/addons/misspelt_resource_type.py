from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Rule, Scalar, Severity, Stage, Template, meant_resource_type


class MisspeltResourceType(Rule):
    """The type of a resource is nearly one that CloudFormation has.

    AWS adds types all the time, so a type is only flagged where it is nearly one that is known. Case counts.
    """

    code, name = "SL832", "misspelt-resource-type"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "CloudFormation refuses the addons: unrecognized resource types"
    sources = ("AWS CloudFormation user guide: resource types", "aws-cloudformation/cfn-lint 1.58.0: schemas")
    good = (
        """
        name: api
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources:
          Table: {Type: 'AWS::DynamoDB::Table'}
          Newer: {Type: 'AWS::SomethingNew::Thing'}
          Own: {Type: 'Custom::Thing'}
        """,
    )
    bad = (
        Bad(
            """
            name: api
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources:
              Policy:
                Type: AWS::IAM::ManagePolicy
            #         ^^^^^^^^^^^^^^^^^^^^^^ SL832
              Table:
                Type: AWS::DynamoDb::Table
            #         ^^^^^^^^^^^^^^^^^^^^ SL832
            """,
            fixed="Type: AWS::IAM::ManagedPolicy",
        ),
    )
    also_good = (
        """
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Transform: OurMacro
        Resources: {Topic: {Type: 'AWS::SNS::Topik'}}
        """,
    )

    def check_template(self, template: Template) -> Iterator[Finding]:
        if not template.is_merged or template.addons.is_opaque:
            return
        for resource in template.own(template.addons.definitions("Resources"), "Resources"):
            kind = resource.get("Type")
            meant = meant_resource_type(kind.text) if isinstance(kind, Scalar) else None
            if isinstance(kind, Scalar) and meant:
                yield self.finding(kind, f"CloudFormation has no resource type {kind.text!r}", replace=meant)

    check_environment_addon = check_template

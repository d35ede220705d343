from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Addons, Bad, Finding, Rule, Severity, Stage, Template, closest, references


class UnresolvedOutput(Rule):
    """An output refers to a resource or parameter that no template has.

    Copilot looks for the resource, finds none, and makes a variable of the output. CloudFormation
    then refuses the stack of the addons.
    """

    code, name = "SL821", "unresolved-output"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "CloudFormation refuses the addons: unresolved resource dependencies in the outputs"
    sources = ("internal/pkg/addon/output.go: Outputs", "AWS CloudFormation user guide: Outputs")
    good = (
        """
        name: api
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources: {Table: {Type: 'AWS::DynamoDB::Table'}}
        Outputs:
          A: {Value: !Ref Table}
          B: {Value: !Sub '${AWS::Region} ${Table.Arn} ${!literal} ${App}'}
          C: {Value: !Sub ['${x}', {x: !GetAtt Table.Arn}]}
        """,
        """
        name: api
        # file: copilot/api/addons/a.yml
        Transform: AWS::Serverless-2016-10-31
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources: {Function: {Type: 'AWS::Serverless::Function'}}
        Outputs: {Role: {Value: !Ref FunctionRole}}
        """,
    )
    bad = (
        Bad(
            """
            name: api
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources: {OrdersTable: {Type: 'AWS::DynamoDB::Table'}}
            Outputs:
              TableName:
                Value: !Ref OrderTable
            #          ^^^^^^^^^^^^^^^ SL821
            """
        ),
    )

    def check_template(self, template: Template) -> Iterator[Finding]:
        addons = template.addons
        if not template.is_merged or addons.is_opaque:
            return
        if not addons.misspelt.isdisjoint(("Parameters", "Resources")):
            return
        known = addons.once(_known)
        for output in template.own(addons.definitions("Outputs"), "Outputs"):
            value = output.get("Value")
            missing = [name for name in references(value) if "::" not in name and name not in known]
            if value is not None and missing:
                message = f"{output.name!r} refers to {missing[0]!r}, which no template has"
                near = closest(missing[0], known)
                yield self.finding(value, message, help=f"did you mean {near!r}?" if near else "")

    check_environment_addon = check_template


def _known(addons: Addons) -> frozenset[str]:
    return frozenset((*addons.resources, *addons.parameters))

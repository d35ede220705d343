from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Addons,
    Bad,
    Definition,
    Finding,
    Node,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    Template,
    as_mapping,
    intrinsic_function,
)


class ImportOfOwnExport(Rule):
    """An addon imports what the addons of the same workload export.

    Copilot merges all templates of an `addons/` folder into one stack. CloudFormation looks for an export
    before it makes the stack, and finds none of that name: the stack that exports it is not there yet.
    Inside a stack, `!Ref` and `!GetAtt` lead to the resource itself.
    """

    code, name = "SL825", "import-of-own-export"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "where there is no such export yet, CloudFormation cannot make the stack of the addons"
    sources = (
        "internal/pkg/addon/addons.go: the templates become one",
        "AWS CloudFormation user guide: Fn::ImportValue",
        "aws/copilot-cli#4706",
    )
    good = (
        """
        name: api
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources:
          Group:
            Type: AWS::EC2::SecurityGroup
            Properties: {VpcId: {'Fn::ImportValue': !Sub '${App}-${Env}-VpcId'}}
        Outputs:
          Group: {Value: !GetAtt Group.GroupId, Export: {Name: !Sub '${App}-${Env}-${Name}-Group'}}
        """,
    )
    bad = (
        Bad(
            """
            name: api
            # file: copilot/api/addons/bastion.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources:
              Bastion:
                Type: AWS::EC2::Instance
                Properties:
                  SecurityGroupIds:
                    - Fn::ImportValue: !Sub '${App}-${Env}-DatabaseGroup'
            #                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL825
            # file: copilot/api/addons/database.yml
            Resources:
              Group: {Type: 'AWS::EC2::SecurityGroup'}
            Outputs:
              GroupId:
                Value: !GetAtt Group.GroupId
                Export: {Name: !Sub '${App}-${Env}-DatabaseGroup'}
            """
        ),
        Bad(
            """
            name: api
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources:
              Table: {Type: 'AWS::DynamoDB::Table'}
              Topic: {Type: 'AWS::SNS::Topic', Properties: {DisplayName: !ImportValue shop-table}}
            #                                                            ^^^^^^^^^^^^^^^^^^^^^^^ SL825
            Outputs:
              TableName: {Value: !Ref Table, Export: {Name: shop-table}}
            """
        ),
    )
    also_good = (
        """
        # file: copilot/api/addons/a.yml
        Transform: OurMacro
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources:
          Topic: {Type: 'AWS::SNS::Topic', Properties: {DisplayName: !ImportValue shop-topic}}
        Outputs:
          Topic: {Value: !Ref Topic, Export: {Name: shop-topic}}
        """,
    )
    also_bad = (
        Bad(
            """
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources:
              Table: {Type: 'AWS::DynamoDB::Table'}
              Topic: {Type: 'AWS::SNS::Topic', Properties: {DisplayName: {Fn::ImportValue: {Fn::Sub: '${App}-table'}}}}
            #                                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^ SL825
            Outputs:
              Table: {Value: {Ref: Table}, Export: {Name: {Fn::Sub: '${App}-table'}}}
              Topic: {Value: !Ref Topic}
            """
        ),
    )

    def check_template(self, template: Template) -> Iterator[Finding]:
        if not template.is_merged or template.addons.is_opaque:
            return
        exports = template.addons.once(_exports)
        for call in template.calls("ImportValue"):
            name = _name(call.argument)
            exported = exports.get(name) if name else None
            if exported and exported.key is not None:
                yield self._finding(call.argument, exported)

    check_environment_addon = check_template

    def _finding(self, place: Node, exported: Definition) -> Finding:
        value = _value(exported.get("Value"))
        return self.finding(
            place,
            "this export is made by the same stack",
            help=f"write `{value}` instead of the import" if value else "refer to the resource itself",
            related=(Related(exported.key.span, "exported here", exported.template.source),),
        )


def _exports(addons: Addons) -> dict[str, Definition]:
    """The outputs by the names of what they export."""
    found = (
        (_name(as_mapping(each.get("Export")).get("Name")), each)
        for each in addons.definitions("Outputs").values()
    )
    return {name: each for name, each in found if name}


def _name(node: Node | None) -> str:
    """The name of an export as it is written, `${…}` and all; empty where it is made in another way."""
    if not isinstance(node, Scalar):
        return _name(as_mapping(node).get("Fn::Sub")) if node and intrinsic_function(node) == "Sub" else ""
    return node.text if intrinsic_function(node) in (None, "Sub", "ImportValue") else ""


def _value(node: Node | None) -> str:
    """What gives the value of an output in the same stack, in its short form."""
    if isinstance(node, Scalar) and intrinsic_function(node) in ("Ref", "GetAtt"):
        return f"{node.tag} {node.text}"
    return ""

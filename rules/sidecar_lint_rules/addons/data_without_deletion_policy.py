from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    Bad,
    Definition,
    Finding,
    Mapping,
    Node,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    Template,
    as_mapping,
    enumerated,
    intrinsic_function,
    maps_of,
)

_GLOBAL_TABLE: Final = "AWS::DynamoDB::GlobalTable"
#: What keeps data, and is deleted with it where nothing else is written; each with what forbids to delete it.
_KEEPS_DATA: Final = {
    "AWS::Cassandra::Table": "",
    "AWS::Cognito::UserPool": "DeletionProtection",
    "AWS::DocDB::DBCluster": "DeletionProtection",
    _GLOBAL_TABLE: "DeletionProtectionEnabled",
    "AWS::DynamoDB::Table": "DeletionProtectionEnabled",
    "AWS::EFS::FileSystem": "",
    "AWS::Elasticsearch::Domain": "",
    "AWS::Neptune::DBCluster": "DeletionProtection",
    "AWS::OpenSearchService::Domain": "",
    "AWS::Redshift::Cluster": "",
}
_OFF: Final = ("false", "INACTIVE")


class DataWithoutDeletionPolicy(Rule):
    """A resource of an addon is deleted with all its data.

    CloudFormation deletes what has no `DeletionPolicy` when its stack is deleted (`copilot svc delete`, the way out of
    Copilot), and also when the resource is taken out of the file or gets another logical name.
    `DeletionPolicy: Retain` keeps it then. Another change can make CloudFormation put a new one in its place, a table
    with another key for instance: `UpdateReplacePolicy: Retain` keeps the old one. The tables that
    `copilot storage init` writes have neither.

    Of databases of RDS, CloudFormation makes a snapshot unless it is told otherwise, and a bucket that is not
    empty cannot be deleted, so nothing is said about these, nor where the resource itself may not be deleted
    (`DeletionProtectionEnabled`). There is one finding for a file. Who does not need the data says so with
    `DeletionPolicy: Delete`.
    """

    code, name = "SL833", "data-without-deletion-policy"
    severity, stage = Severity.INFO, Stage.SILENT
    effect = "CloudFormation deletes the data with the stack, or once the resource has left the file"
    sources = (
        "AWS CloudFormation template reference: DeletionPolicy attribute, UpdateReplacePolicy attribute",
        "`copilot storage init` of 1.34.1",
    )
    good = (
        """
        name: api
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources:
          Kept: {Type: 'AWS::DynamoDB::Table', DeletionPolicy: Retain}
          Meant: {Type: 'AWS::DynamoDB::Table', DeletionPolicy: Delete}
          Protected: {Type: 'AWS::DynamoDB::Table', Properties: {DeletionProtectionEnabled: true}}
          Everywhere:
            Type: AWS::DynamoDB::GlobalTable
            Properties:
              Replicas:
                - {Region: eu-west-1, DeletionProtectionEnabled: true}
                - {Region: us-east-1, DeletionProtectionEnabled: true}
          Cluster: {Type: 'AWS::RDS::DBCluster'}
          Files: {Type: 'AWS::S3::Bucket'}
        """,
    )
    bad = (
        Bad(
            """
            name: api
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources:
              Orders: {Type: 'AWS::DynamoDB::Table'}
            # ^^^^^^ SL833
              Users: {Type: 'AWS::Cognito::UserPool', Properties: {DeletionProtection: INACTIVE}}
            """
        ),
    )
    also_good = (
        """
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Transform: OurMacro
        Resources: {Table: {Type: 'AWS::DynamoDB::Table'}}
        """,
        """
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Conditions: {IsProd: !Equals [!Ref Env, prod]}
        Resources:
          Table:
            Type: AWS::DynamoDB::GlobalTable
            Properties:
              Replicas:
                - {Region: eu-west-1, DeletionProtectionEnabled: true}
                - Fn::If: [IsProd, {Region: us-east-1, DeletionProtectionEnabled: true}, !Ref AWS::NoValue]
        """,
    )
    also_bad = (
        Bad(
            """
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources:
              Table:
            # ^^^^^ SL833
                Type: AWS::DynamoDB::GlobalTable
                Properties:
                  Replicas:
                    - {Region: eu-west-1, DeletionProtectionEnabled: true}
                    - {Region: us-east-1}
            """
        ),
    )

    def check_template(self, template: Template) -> Iterator[Finding]:
        if not template.is_merged or template.addons.is_opaque:
            return
        every = template.own(template.addons.definitions("Resources"), "Resources")
        lost = [each for each in every if _is_deleted(each)]
        if lost:
            names = enumerated((repr(each.name) for each in lost), " and ")
            related = tuple(Related(each.key.place, "this one, too") for each in lost[1:])
            help_ = "write `DeletionPolicy: Retain` and `UpdateReplacePolicy: Retain` beside the `Type`"
            yield self.finding(lost[0].key, f"nothing keeps the data of {names}", help=help_, related=related)

    check_environment_addon = check_template


def _is_deleted(resource: Definition) -> bool:
    """Whether nothing is said about what becomes of it, and it can be deleted."""
    protection = _KEEPS_DATA.get(resource.text("Type"))
    if protection is None or resource.get("DeletionPolicy") is not None:
        return False
    return any(_is_off(each.get(protection)) for each in _settings(resource))


def _settings(resource: Definition) -> Iterator[Mapping]:
    """Where protection is written: in the properties, and for a global table in each replica that is known."""
    properties = as_mapping(resource.get("Properties"))
    replicas = properties.get("Replicas") if resource.text("Type") == _GLOBAL_TABLE else None
    if replicas is None:
        yield properties
    else:
        yield from (each for each in maps_of(replicas) if intrinsic_function(each) is None)


def _is_off(setting: Node | None) -> bool:
    return setting is None or (isinstance(setting, Scalar) and setting.text in _OFF)

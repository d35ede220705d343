from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    MANAGED_POLICY,
    Addons,
    Bad,
    Definition,
    Finding,
    Rule,
    Scalar,
    Severity,
    Stage,
    Template,
    Workspace,
    as_mapping,
    enumerated,
    names_owner,
    references,
    used_resources,
)


class UnattachedEnvironmentPolicy(Rule):
    """A managed policy in the addons of environments is attached to nothing.

    Copilot attaches the policies of a workload's own `addons/` to its task role. Those of
    `copilot/environments/addons/` it does not: they reach a role only where the template names one, or where
    somebody imports their ARN.
    """

    code, name = "SL828", "unattached-environment-policy"
    severity, stage = Severity.INFO, Stage.SILENT
    effect = "no workload gets its permissions by this"
    sources = (
        "internal/pkg/addon/output.go: only the outputs of a workload's addons are read",
        "aws/copilot-cli#4738, #5082, #5118",
    )
    good = (
        """
        name: api
        # file: copilot/environments/addons/policies.yml
        Parameters: {App: {Type: String}, Env: {Type: String}}
        Resources:
          Owned: {Type: 'AWS::IAM::ManagedPolicy', Properties: {Roles: [deployer], PolicyDocument: {Statement: {}}}}
          Used: {Type: 'AWS::IAM::ManagedPolicy', Properties: {PolicyDocument: {Statement: {}}}}
          Role: {Type: 'AWS::IAM::Role', Properties: {ManagedPolicyArns: [!Ref Used]}}
        """,
        """
        name: api
        # file: copilot/environments/addons/policies.yml
        Parameters: {App: {Type: String}, Env: {Type: String}}
        Resources:
          Queues: {Type: 'AWS::IAM::ManagedPolicy', Properties: {PolicyDocument: {Statement: {}}}}
        Outputs:
          QueuesArn: {Value: !Ref Queues, Export: {Name: !Sub '${App}-${Env}-Queues'}}
        # file: copilot/api/addons/role.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources:
          Role:
            Type: AWS::IAM::Role
            Properties: {ManagedPolicyArns: ['Fn::ImportValue': !Sub '${App}-${Env}-Queues']}
        """,
    )
    bad = (
        Bad(
            """
            name: api
            # file: copilot/environments/addons/policies.yml
            Parameters: {App: {Type: String}, Env: {Type: String}}
            Resources:
              Queues: {Type: 'AWS::IAM::ManagedPolicy', Properties: {PolicyDocument: {Statement: {}}}}
            # ^^^^^^ SL828
            Outputs:
              QueuesArn:
                Value: !Ref Queues
                Export: {Name: !Sub '${App}-${Env}-Queues'}
            """
        ),
        Bad(
            """
            # file: copilot/environments/addons/policies.yml
            Parameters: {App: {Type: String}, Env: {Type: String}}
            Resources:
              Queue: {Type: 'AWS::SQS::Queue'}
              Queues:
            # ^^^^^^ SL828
                Type: AWS::IAM::ManagedPolicy
                Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: 'sqs:*', Resource: !GetAtt Queue.Arn}]}}
              Topics: {Type: 'AWS::IAM::ManagedPolicy', Properties: {PolicyDocument: {Statement: {}}}}
            # ^^^^^^ SL828
            # file: copilot/api/addons/topics.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources: {Topics: {Type: 'AWS::IAM::ManagedPolicy', Properties: {PolicyDocument: {Statement: {}}}}}
            Outputs: {TopicsArn: {Value: !Ref Topics}}
            """
        ),
    )
    also_good = (
        """
        # file: copilot/environments/addons/policies.yml
        Parameters: {App: {Type: String}, Env: {Type: String}}
        Transform: OurMacro
        Resources: {Queues: {Type: 'AWS::IAM::ManagedPolicy', Properties: {PolicyDocument: {Statement: {}}}}}
        """,
    )
    also_bad = (
        Bad(
            """
            # file: copilot/environments/addons/policies.yml
            Parameters: {App: {Type: String}, Env: {Type: String}}
            Resources: {Queues: {Type: 'AWS::IAM::ManagedPolicy', Properties: {PolicyDocument: {Statement: {}}}}}
            #           ^^^^^^ SL828
            Outputs: {QueuesArn: {Value: !Ref Queues, Export: {Name: !Sub '${App}-${Env}-Queues'}}}
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources: {Topic: {Type: 'AWS::SNS::Topic', Properties: {DisplayName: !ImportValue other}}}
            # file: copilot/api/addons/b.yml
            Resources: {}
            Description: about ${Env}-Queues
            """
        ),
    )

    def check_environment_addon(self, template: Template) -> Iterator[Finding]:
        addons = template.addons
        if not template.is_merged or addons.is_opaque:
            return
        used = addons.once(_used)
        for resource in template.own(addons.resources, "Resources"):
            if (
                resource.text("Type") == MANAGED_POLICY
                and resource.name not in used
                and not names_owner(resource)
            ):
                message = f"{resource.name!r} is attached to no role: Copilot attaches policies of a workload's addons"
                yield self.finding(resource.key, message, help=_advice(addons, resource))


def _advice(addons: Addons, resource: Definition) -> str:
    workloads = addons.owner.workloads.values() if isinstance(addons.owner, Workspace) else ()
    having = [each.folder_name for each in workloads if resource.name in each.addons.resources]
    if having:
        return f"take it out, with its outputs: the addons of {enumerated(having, ' and ')} have one of this name, which is attached"
    help_ = "write it into copilot/<workload>/addons/ of each workload that needs it, with an output of its `!Ref`"
    elsewhere = [name for name in dict.fromkeys(references(resource.node)) if name in addons.resources]
    if elsewhere:  # another stack has them
        help_ += f"; export here what it needs of {enumerated(elsewhere, ' and ')}, and import it there"
    return help_


def _used(addons: Addons) -> frozenset[str]:
    """The resources that another resource refers to, and those whose exports a workload's addon may import."""
    used = set(used_resources(addons))
    exported = (
        (each, as_mapping(each.get("Export")).get("Name")) for each in addons.definitions("Outputs").values()
    )
    for output, name in exported:
        if isinstance(name, Scalar) and _is_imported(addons, name.text):
            used.update(references(output.get("Value")))
    return frozenset(used)


def _is_imported(addons: Addons, name: str) -> bool:
    """Whether the addons of a workload have the end of an export's name in them, behind what is filled in."""
    end = name.rpartition("}")[2]
    workloads = addons.owner.workloads.values() if isinstance(addons.owner, Workspace) else ()
    texts = (each.source.text for workload in workloads for each in workload.addons.templates)
    return any("ImportValue" in text and end in text for text in texts)

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    INLINE_POLICY,
    MANAGED_POLICY,
    AddonOutput,
    Bad,
    Finding,
    Node,
    Rule,
    Severity,
    Stage,
    Template,
    Unattached,
    as_mapping,
    is_managed_by_aws,
    unattached_in,
)


class UnattachablePolicy(Rule):
    """An inline policy or a role in the addons is meant for the task, which cannot get it.

    Copilot makes the task role itself, with the managed policies of the addons. An
    `AWS::IAM::Policy` needs the name of a role, and that of the task is not known to the addons:
    without one CloudFormation refuses it. A role for `ecs-tasks.amazonaws.com` that an output passes
    on becomes a variable with its name or ARN, and nothing more: the task role may not pass on roles.
    The same is true of the ARN of a policy that AWS manages: only one of the addons can be attached.
    """

    code, name = "SL803", "unattachable-policy"
    severity, stage = Severity.ERROR, Stage.SILENT
    effect = "the containers get none of its permissions"
    sources = (
        "internal/pkg/addon/output.go: Outputs",
        "templates/workloads/partials/cf/taskrole.yml",
        "AWS CloudFormation user guide: AWS::IAM::Policy",
    )
    good = (
        """
        name: api
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources:
          Role:
            Type: AWS::IAM::Role
            Properties: {AssumeRolePolicyDocument: {Statement: {Principal: {Service: lambda.amazonaws.com}}}}
          Policy: {Type: 'AWS::IAM::Policy', Properties: {PolicyName: x, Roles: [!Ref Role]}}
        Outputs:
          RoleArn: {Value: !GetAtt Role.Arn}
        """,
    )
    bad = (
        Bad(
            """
            name: api
            # file: copilot/api/addons/a.yml
            Resources:
              Policy:
                Type: AWS::IAM::Policy
                Properties:
                  PolicyName: x
                  PolicyDocument: {Statement: {Effect: Allow, Action: s3:GetObject, Resource: '*'}}
            Outputs:
              PolicyArn:
                Value: !Ref Policy
            #          ^^^^^^^^^^^ SL803
            """
        ),
        Bad(
            """
            name: api
            # file: copilot/api/addons/a.yml
            Resources: {}
            Outputs:
              XrayPolicyArn:
                Value: arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess
            #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL803
            """
        ),
    )

    def check_template(self, template: Template) -> Iterator[Finding]:
        for missed in unattached_in(template):
            kind = missed.resource.text("Type")
            if kind != MANAGED_POLICY:
                yield self._policy(missed) if kind == INLINE_POLICY else self._role(missed)
        for key, _ in as_mapping(template.section("Outputs")):
            output = template.addons.outputs.get(key.text)
            if output and output.definition.template is template and is_managed_by_aws(output):
                yield self._managed_by_aws(output)

    def _managed_by_aws(self, output: AddonOutput) -> Finding:
        message = f"{output.name!r} has the ARN of a policy of AWS, which is not attached to the task role"
        effect = f"{self.effect}; they get the variable {output.variable} instead"
        help_ = f"write an {MANAGED_POLICY} with what it allows, and add an output with its `!Ref`"
        value = output.definition.get("Value") or output.definition.key
        return self.finding(value, message, help=help_, effect=effect, severity=Severity.WARNING)

    def _policy(self, missed: Unattached) -> Finding:
        name = missed.resource.name
        message = f"{name!r} is an inline policy: the task role can only get a managed one"
        help_ = f"make it an {MANAGED_POLICY}, and add an output with `Value: !Ref {name}`"
        if missed.is_empty:
            return self.finding(_place(missed), message, help=help_, severity=Severity.WARNING)
        effect = "CloudFormation refuses the addons: an inline policy needs Roles, Users or Groups"
        return self.finding(_place(missed), message, help=help_, effect=effect, stage=Stage.DEPLOY)

    def _role(self, missed: Unattached) -> Finding:
        message = f"{missed.resource.name!r} is a role for a task, and does not become that of this one"
        help_ = f"put what it allows into an {MANAGED_POLICY}, and add an output with its `!Ref`"
        return self.finding(_place(missed), message, help=help_, severity=Severity.WARNING)


def _place(missed: Unattached) -> Node:
    value = missed.output.definition.get("Value") if missed.output else None
    return value or missed.resource.key

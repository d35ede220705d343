from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import (
    MANAGED_POLICY,
    AddonOutput,
    Addons,
    Bad,
    Edit,
    Finding,
    Fix,
    Mapping,
    Node,
    Rule,
    Scalar,
    Severity,
    Span,
    Stage,
    Template,
    Unattached,
    closest,
    intrinsic_function,
    is_spelt,
    references,
    role_of,
    unattached_in,
)


class UnattachedPolicy(Rule):
    """A managed policy in the addons does not reach the task role.

    Copilot attaches a policy to the task role where an output has its `!Ref`, or the long form of
    that, as its value. With `!GetAtt`, `!Sub`, `!If` or the name as text Copilot takes the output
    for any other value and gives it to the containers as a variable. With no output it does nothing.

    A policy for somebody else is not meant: one with Roles, Users or Groups, one that another
    resource refers to or another stack imports, or one that depends on a condition.
    """

    code, name = "SL802", "unattached-policy"
    severity, stage = Severity.ERROR, Stage.SILENT
    effect = "the containers get none of its permissions: AWS denies the calls that need them"
    sources = (
        "internal/pkg/addon/output.go: outputNode.ref",
        "internal/pkg/deploy/cloudformation/stack/workload.go: managedPolicyOutputNames",
    )
    good = (
        """
        name: api
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources:
          Policy: {Type: 'AWS::IAM::ManagedPolicy', Properties: {PolicyDocument: {Statement: {}}}}
          Other: {Type: 'AWS::IAM::ManagedPolicy', Properties: {PolicyDocument: {Statement: {}}}}
          Role: {Type: 'AWS::IAM::Role', Properties: {ManagedPolicyArns: [!Ref Other]}}
        Outputs:
          PolicyArn: {Value: {Ref: Policy}}
        """,
    )
    bad = (
        Bad(
            """
            name: api
            # file: copilot/api/addons/a.yml
            Resources:
              Policy: {Type: 'AWS::IAM::ManagedPolicy', Properties: {PolicyDocument: {Statement: {}}}}
            Outputs:
              PolicyArn:
                Value: !Sub '${Policy}'
            #          ^^^^^^^^^^^^^^^^ SL802
            """,
            fixed="    Value: !Ref Policy\n",
        ),
        Bad(
            """
            name: api
            # file: copilot/api/addons/a.yml
            Resources:
              Policy: {Type: 'AWS::IAM::ManagedPolicy', Properties: {PolicyDocument: {Statement: {}}}}
            # ^^^^^^ SL802
              Table: {Type: 'AWS::DynamoDB::Table'}
            Outputs:
              TableName:
                Value: !Ref Table
            """,
            fixed="Outputs:\n  PolicyArn:\n    Value: !Ref Policy\n  TableName:\n",
        ),
    )
    also_bad = (
        Bad(
            """
            # file: copilot/api/addons/a.yml
            Resources:
              Policy: {Type: 'AWS::IAM::ManagedPolicy', Properties: {PolicyDocument: {Statement: {}}}}
            # file: copilot/api/addons/b.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Outputs:
              PolicyArn: {Value: !GetAtt Policy.PolicyArn}
            #                    ^^^^^^^^^^^^^^^^^^^^^^^^ SL802
            """,
            fixed="{Value: !Ref Policy}",
        ),
        Bad(
            """
            # file: copilot/api/addons/a.yml
            Resources:
              Policy: {Type: 'AWS::IAM::ManagedPolicy', Properties: {PolicyDocument: {Statement: {}}}}
            Outputs:
              PolicyArn: {Value: Policy}
            #                    ^^^^^^ SL802
            """
        ),
        Bad(
            """
            # file: copilot/api/addons/a.yml
            Resources:
              Policy: {Type: 'AWS::IAM::ManagedPolicy', Properties: {PolicyDocument: {Statement: {}}}}
            Outputs:
              PolicyArns: {Value: !Join [',', [!Ref Policy]]}
            #                     ^^^^^^^^^^^^^^^^^^^^^^^^^^ SL802
            """
        ),
        Bad(
            """
            # file: copilot/api/addons/a.yml
            Resources:
              Policy: {Type: 'AWS::IAM::ManagedPolicy', Properties: {PolicyDocument: {Statement: {}}}}
            # ^^^^^^ SL802
            Outputs:
              PolicyArn: {Value: !Ref Polcy}
            # file: copilot/api/addons/b.yml
            Resources:
              Key: {Type: 'AWS::KMS::Key', Properties: {KeyPolicy: {}}}
            Outputs:
              KeyArn: {Value: !GetAtt Kei.Arn}
            """
        ),
        Bad(
            """
            # file: copilot/api/addons/a.yml
            Resources: {Other: {Type: 'AWS::SNS::Topic'}}
            Outputs:
              OtherArn: {Value: !Ref Polcy}
            # file: copilot/api/addons/b.yml
            Resources:
              Policy: {Type: 'AWS::IAM::ManagedPolicy', Properties: {PolicyDocument: {Statement: {}}}}
            # ^^^^^^ SL802
            """
        ),
        Bad(
            """
            # file: copilot/api/addons/a.yml
            {Resources: {Policy: {Type: 'AWS::IAM::ManagedPolicy', Properties: {PolicyDocument: {Statement: {}}}}}}
            #            ^^^^^^ SL802
            """
        ),
        Bad(
            """
            # file: copilot/api/addons/a.yml
            Resources:
              Policy: {Type: 'AWS::IAM::ManagedPolicy', Properties: {PolicyDocument: {Statement: {}}}}
            # ^^^^^^ SL802
            ...
            """
        ),
        Bad(
            """
            # file: copilot/api/addons/a.yml
            Resources:
              Policy: {Type: 'AWS::IAM::ManagedPolicy', Properties: {PolicyDocument: {Statement: {}}}}
            # ^^^^^^ SL802
            Outputs:
              - PolicyArn
            """
        ),
    )

    def check_template(self, template: Template) -> Iterator[Finding]:
        for missed in unattached_in(template):
            if missed.resource.text("Type") == MANAGED_POLICY:
                yield self._finding(missed)

    def _finding(self, missed: Unattached) -> Finding:
        policy, output = missed.resource.name, missed.output
        role = role_of(missed.resource.template.addons)
        value = output.definition.get("Value") if output else None
        severity = Severity.WARNING if missed.is_empty else None
        if output is None or value is None:
            message = f"{policy!r} is not attached to the {role}: no output has its `!Ref`"
            help_ = f"add an output with `Value: !Ref {policy}`"
            fixes = tuple(_added(missed.resource.template, policy))
            return self.finding(
                missed.resource.key,
                message,
                help=help_,
                severity=severity,
                fixes=fixes,
                follows_from=_because(missed.resource.template, policy),
            )
        message = f"{policy!r} is not attached to the {role}: {output.name!r} has {_form(value)}, no `!Ref`"
        effect = f"{self.effect}; they get the variable {output.variable} instead"
        help_ = f"write `!Ref {policy}`"
        fixes = tuple(_replaced(output, value, policy))
        return self.finding(value, message, help=help_, effect=effect, severity=severity, fixes=fixes)


def _because(template: Template, policy: str) -> list[tuple[str, Node]]:
    """The outputs of its file that refer to it by another name, which nothing has."""
    meant = template.addons.once(_meant).get(policy, ())
    return [("SL821", value) for owner, value in meant if owner is template]


def _meant(addons: Addons) -> dict[str, list[tuple[Template, Node]]]:
    """The values that refer to what is not there, by what is like it."""
    known = frozenset((*addons.resources, *addons.parameters))
    found: dict[str, list[tuple[Template, Node]]] = {}
    for output in addons.outputs.values():
        value = output.definition.get("Value")
        if value is None:
            continue
        for name in references(value):
            if name not in known and (near := closest(name, known)):
                found.setdefault(near, []).append((output.definition.template, value))
    return found


def _form(value: Node) -> str:
    name = intrinsic_function(value)
    if name:
        return f"`{'!' if value.tag else 'Fn::'}{name}`"
    return "plain text" if isinstance(value, Scalar) else "something else"


def _replaced(output: AddonOutput, value: Node, policy: str) -> Iterator[Fix]:
    """Another value for the output, where it is written on one line and means the policy and nothing else."""
    text = output.definition.template.source.text
    written = text[value.place.start : value.place.end]
    if value.alias is None and "\n" not in written and _means(value, policy) and policy.isalnum():
        yield Fix(f"write `!Ref {policy}`", (Edit(value.place, f"!Ref {policy}"),))


def _means(value: Node, policy: str) -> bool:
    name = intrinsic_function(value)
    argument = next(iter(value.entries.values())) if isinstance(value, Mapping) and name else value
    if name == "Sub" and isinstance(argument, Scalar):
        return re.fullmatch(rf"\$\{{{re.escape(policy)}(\.\w+)?\}}", argument.text) is not None
    return name == "GetAtt" or is_spelt(value, policy)


def _added(template: Template, policy: str) -> Iterator[Fix]:
    """An output more, in a file in block style."""
    name, root, section = f"{policy}Arn", template.root, template.section("Outputs")
    outputs: dict[str, AddonOutput] = template.addons.outputs
    if root is None or root.flow or name in outputs or template.tree.second_document:
        return
    if not policy.isalnum():  # CloudFormation has no other logical names, and YAML might need quotes
        return
    title = f"add the output {name!r}"
    if section is None:
        text = template.source.text
        at = len(text)
        gap = "" if text.endswith("\n") else "\n"
        written = f"{gap}Outputs:\n  {name}:\n    Value: !Ref {policy}\n"
        if "\n..." not in text and not template.source.position(root.span.start).column:
            yield Fix(title, (Edit(Span(at, at), written),))
    elif isinstance(section, Mapping) and not section.flow and section.alias is None:
        at = section.span.start
        first = next(iter(section.entries.values()), None)
        if first is None or first.key is None or first.key.span.start != at:
            return
        indent = " " * template.source.position(at).column
        written = f"{name}:\n{indent}  Value: !Ref {policy}\n{indent}"
        yield Fix(title, (Edit(Span(at, at), written),))

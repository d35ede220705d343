from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    Bad,
    Finding,
    Mapping,
    Node,
    Rule,
    Scalar,
    Sequence,
    Severity,
    Span,
    Stage,
    Template,
    as_mapping,
    closest,
    intrinsic_function,
    is_literal,
    is_template,
)

_DOCUMENTS: Final = ("PolicyDocument", "AssumeRolePolicyDocument", "KeyPolicy")
_EFFECTS: Final = ("Allow", "Deny")
_VERSIONS: Final = ("2012-10-17", "2008-10-17")
_FIELDS: Final = (
    "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition",
)  # fmt: skip
#: What IAM makes of a field in another case is not documented, so nothing is said of it.
_LOWER: Final = frozenset(field.lower() for field in _FIELDS)
_ACCOUNT: Final = r"\barn:aws[a-z-]*:[a-z0-9-]+:[^:\s]*:(\d+):"
_DIGITS: Final = 12


class InvalidPolicyDocument(Rule):
    """A policy in the addons is none that IAM takes, or speaks of an account that cannot be.

    IAM knows two effects, two versions of its language and nine fields of a statement, and `allow` is none of the
    effects. The number of an account has 12 digits.
    """

    code, name = "SL804", "invalid-policy-document"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "IAM refuses the policy (MalformedPolicyDocument), and the stack of the addons cannot be made"
    sources = ("AWS: IAM User Guide, IAM JSON policy elements reference",)
    good = (
        """
        name: api
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources:
          Policy:
            Type: AWS::IAM::ManagedPolicy
            Properties:
              PolicyDocument:
                Version: 2012-10-17
                Statement:
                  - {Effect: Allow, Action: 's3:*', Resource: !Sub 'arn:aws:s3:::${App}'}
                  - {Effect: Allow, action: 'sqs:*', Resource: '*'}
                  - {Effect: !If [A, Allow, Deny], Action: 's3:*', Resource: 'arn:aws:sqs:*:123456789012:q'}
        Outputs:
          PolicyArn: {Value: !Ref Policy}
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
                Type: AWS::IAM::ManagedPolicy
                Properties:
                  PolicyDocument:
                    Version: 2012-10-18
            #                ^^^^^^^^^^ SL804
                    Statement:
                      - Effect: Alow
            #                   ^^^^ SL804
                        Actions: ['sqs:SendMessage']
            #           ^^^^^^^ SL804
                        Resource: arn:aws:sqs:eu-west-1:99999999999:orders
            #                                           ^^^^^^^^^^^ SL804
            Outputs:
              PolicyArn: {Value: !Ref Policy}
            """,
            fixed="Effect: Allow",
        ),
    )
    also_good = (
        """
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources:
          Policy: {Type: 'AWS::IAM::ManagedPolicy', Properties: {PolicyDocument: {Version: 2012-10-17}}}
          Function:
            Type: AWS::Lambda::Function
            Properties: {Configuration: {Version: 3}, Layers: [{PolicyDocument: {Version: 3}}]}
        """,
    )
    also_bad = (
        Bad(
            """
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources:
              Role:
                Type: AWS::IAM::Role
                Properties:
                  Policies:
                    - PolicyDocument:
                        Statement: {Effect: Allow, Action: 'sqs:*', Resource: ['arn:aws:sqs:eu-west-1:1234:orders']}
            #                                                                                         ^^^^ SL804
            """
        ),
    )

    def check_template(self, template: Template) -> Iterator[Finding]:
        if not is_template(template.name):
            return
        for resource in as_mapping(template.section("Resources")).entries.values():
            for document in _documents(as_mapping(as_mapping(resource).get("Properties"))):
                yield from self._document(document, template.source.text)

    check_environment_addon = check_template

    def _document(self, document: Mapping, text: str) -> Iterator[Finding]:
        version = document.get("Version")
        if is_literal(version) and version.text not in _VERSIONS:
            message = f"{version.text!r} is not a version of IAM's policy language"
            yield self.finding(version, message, replace=_VERSIONS[0])
        body = document.get("Statement")
        for statement in body.items if isinstance(body, Sequence) else (body,):
            if isinstance(statement, Mapping) and intrinsic_function(statement) is None:
                yield from self._statement(statement, text)

    def _statement(self, statement: Mapping, text: str) -> Iterator[Finding]:
        effect = statement.get("Effect")
        if is_literal(effect) and effect.text not in _EFFECTS:
            yield self.finding(
                effect,
                f"{effect.text!r} is not an effect of a policy",
                help="" if _meant(effect.text) else "write `Allow` or `Deny`",
                replace=_meant(effect.text),
            )
        for key, _ in statement:
            if key.text.lower() not in _LOWER and not key.text.startswith("Fn::"):
                near = closest(key.text, _FIELDS)
                help_ = f"write `{near}`" if near else f"a statement has {', '.join(_FIELDS)}"
                yield self.finding(key, f"a statement has no {key.text!r}", help=help_)
        for field in ("Resource", "NotResource"):
            for resource in _texts(statement.get(field)):
                yield from self._account(resource, text)

    def _account(self, resource: Scalar, text: str) -> Iterator[Finding]:
        for found in re.compile(_ACCOUNT).finditer(text, resource.span.start, resource.span.end):
            if len(found[1]) != _DIGITS:
                yield self.finding(
                    Span(*found.span(1)),
                    f"{found[1]!r} is not an account: it has {len(found[1])} digits, not {_DIGITS}",
                    effect="nothing has such an ARN, so the statement is about nothing",
                    help="write `${AWS::AccountId}` in a `!Sub` for the account of the stack",
                    stage=Stage.TASK,
                )


def _documents(properties: Mapping) -> Iterator[Mapping]:
    """The policy documents in the properties of a resource, those inside of it included."""
    for key, node in properties:
        if key.text in _DOCUMENTS and isinstance(node, Mapping) and intrinsic_function(node) is None:
            yield node
        elif key.text == "Policies" and isinstance(node, Sequence):
            for item in node.items:
                yield from _documents(as_mapping(item))


def _meant(effect: str) -> str | None:
    return effect.capitalize() if effect.capitalize() in _EFFECTS else closest(effect, _EFFECTS)


def _texts(node: Node | None) -> Iterator[Scalar]:
    items = node.items if isinstance(node, Sequence) and intrinsic_function(node) is None else (node,)
    for item in items:
        if isinstance(item, Scalar) and intrinsic_function(item) in (None, "Sub") and item.alias is None:
            yield item

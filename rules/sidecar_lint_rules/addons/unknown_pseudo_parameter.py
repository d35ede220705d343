from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    Bad,
    Edit,
    Finding,
    Fix,
    Rule,
    Scalar,
    Sequence,
    Severity,
    Span,
    Stage,
    Template,
    calls,
    closest,
)

_KNOWN: Final = tuple(
    f"AWS::{name}"
    for name in (
        "AccountId",
        "NotificationARNs",
        "NoValue",
        "Partition",
        "Region",
        "StackId",
        "StackName",
        "URLSuffix",
    )
)
_IN_SUB: Final = r"\$\{\s*(AWS::[A-Za-z0-9:]*)\s*\}"


class UnknownPseudoParameter(Rule):
    """`!Ref` or `!Sub` asks for a pseudo parameter that CloudFormation does not have.

    There are eight, from `AWS::AccountId` to `AWS::URLSuffix`, and their case counts: `AWS::AccountID`
    is none.
    """

    code, name = "SL831", "unknown-pseudo-parameter"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "CloudFormation refuses the addons: unresolved resource dependencies"
    sources = ("AWS CloudFormation user guide: pseudo parameters",)
    good = (
        """
        name: api
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Properties: {TopicName: !Sub '${AWS::Region}-${AWS::AccountId}-${!AWS::Literal}', DisplayName: !Ref AWS::NoValue}
        """,
        """
        name: api
        # file: copilot/api/addons/a.yml
        Transform: OurMacro
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources: {Topic: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !Ref 'AWS::Ours'}}}
        """,
        """
        name: api
        # file: copilot/api/addons/addons.parameters.yml
        Parameters: {Topic: !Ref 'AWS::Ours'}
        """,
        """
        name: api
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Properties: {TopicName: !Join ['-', ['${AWS::Ours}']], DisplayName: !GetAtt 'AWS::Ours.Arn'}
        """,
    )
    bad = (
        Bad(
            """
            name: api
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources:
              Topic:
                Type: AWS::SNS::Topic
                Properties:
                  TopicName: !Sub '${AWS::AccountID}-${AWS::Region}'
            #                        ^^^^^^^^^^^^^^ SL831
            """,
            fixed="'${AWS::AccountId}-${AWS::Region}'",
        ),
        Bad(
            """
            name: api
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources:
              Topic:
                Type: AWS::SNS::Topic
                Properties: {TopicName: !Ref AWS::Stackname}
            #                                ^^^^^^^^^^^^^^ SL831
            """,
            fixed="!Ref AWS::StackName",
        ),
        Bad(
            """
            name: api
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources:
              Topic:
                Type: AWS::SNS::Topic
                Properties:
                  TopicName: {Fn::Sub: ['${AWS::region}-${x}', {x: a}]}
            #                              ^^^^^^^^^^^ SL831
                  DisplayName: !Sub &name "${AWS::StackNam}"
            #                                ^^^^^^^^^^^^^ SL831
              Other:
                Type: AWS::SNS::Topic
                Properties: {DisplayName: *name}
            """,
            fixed="${AWS::Region}-${x}",
        ),
    )
    also_good = (
        """
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources: {Topic: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !ImportValue '${AWS::Ours}'}}}
        """,
    )
    also_bad = (
        Bad(
            r"""
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources:
              Topic: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !Ref 'AWS::Something', DisplayName: !Ref "AWS::\x72egion"}}
            #                                                                ^^^^^^^^^^^^^^ SL831
            #                                                                                              ^^^^^^^^^^^^^^^^^^^^^ SL831
            """
        ),
    )

    def check_template(self, template: Template) -> Iterator[Finding]:
        if not template.is_merged or template.root is None or template.addons.is_opaque:
            return
        for call in calls(template.root):
            argument = call.argument
            if call.function == "Sub" and isinstance(argument, Sequence):
                argument = next(iter(argument.items), argument)
            if call.function in ("Ref", "Sub") and isinstance(argument, Scalar):
                for name, span in _names(call.function, argument, template.source.text):
                    if name not in _KNOWN:
                        yield self._unknown(name, span)

    check_environment_addon = check_template

    def _unknown(self, name: str, span: Span) -> Finding:
        meant = closest(name, _KNOWN)
        exact = span.end - span.start == len(name)
        title = f"write `{meant}`"
        fixes = (Fix(title, (Edit(span, meant),)),) if meant and exact else ()
        message = f"CloudFormation has no pseudo parameter {name!r}"
        return self.finding(span, message, help=title if meant else "", fixes=fixes)


def _names(function: str, argument: Scalar, text: str) -> Iterator[tuple[str, Span]]:
    """The names with `AWS::` in what a function is given, where they are written if they are as they read."""
    start, end = argument.span
    if function == "Ref":
        name = argument.text.strip()
        if name.startswith("AWS::"):
            at = text.find(name, start, end)
            yield name, argument.place if at == -1 else Span(at, at + len(name))
        return
    written = list(re.compile(_IN_SUB).finditer(text, start, end))
    names = re.findall(_IN_SUB, argument.text)
    if [found[1] for found in written] == names:
        yield from ((found[1], Span(*found.span(1))) for found in written)
    else:
        yield from ((name, argument.place) for name in names)

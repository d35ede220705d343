from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    Bad,
    Finding,
    Node,
    Rule,
    Scalar,
    Severity,
    Stage,
    Template,
    intrinsic_function,
)

_POSSIBLE: Final = (None, "Ref", "FindInMap")


class FunctionInFindInMap(Rule):
    """A `FindInMap` has a function in it that CloudFormation does not evaluate there.

    The name of the mapping and its two keys may be texts, `Ref` or another `FindInMap`. Any other function
    needs the transform `AWS::LanguageExtensions`.
    """

    code, name = "SL826", "function-in-find-in-map"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "CloudFormation refuses the template of the addons"
    sources = ("AWS CloudFormation user guide: Fn::FindInMap, supported functions",)
    good = (
        """
        name: api
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Mappings: {Sizes: {test: {size: small}}}
        Resources:
          Topic: {Type: 'AWS::SNS::Topic', Properties: {DisplayName: !FindInMap [Sizes, !Ref Env, size]}}
        """,
        """
        name: api
        # file: copilot/api/addons/a.yml
        Transform: AWS::LanguageExtensions
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Mappings: {Sizes: {test: {size: small}}}
        Resources:
          Topic: {Type: 'AWS::SNS::Topic', Properties: {DisplayName: !FindInMap [Sizes, !Sub '${Env}', size]}}
        """,
    )
    bad = (
        Bad(
            """
            name: api
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Mappings:
              Sizes: {shop-test: {size: small}}
            Resources:
              Topic:
                Type: AWS::SNS::Topic
                Properties:
                  DisplayName: !FindInMap [Sizes, !Sub '${App}-${Env}', size]
            #                                     ^^^^^^^^^^^^^^^^^^^^ SL826
            """
        ),
    )
    also_bad = (
        Bad(
            """
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Mappings: {Sizes: {test: {size: small}}}
            Resources:
              Topic:
                Type: AWS::SNS::Topic
                Properties:
                  DisplayName: !FindInMap [Sizes, !Sub '${Env}', size]
            #                                     ^^^^^^^^^^^^^ SL826
                  TopicName: !FindInMap [Sizes, !Sub ['${Env}', {}], !GetAtt 'Other.Name']
            #                                   ^^^^^^^^^^^^^^^^^^^ SL826
            #                                                        ^^^^^^^^^^^^^^^^^^^^ SL826
            """
        ),
    )

    def check_template(self, template: Template) -> Iterator[Finding]:
        if not template.is_merged or template.addons.is_opaque:
            return
        for call in template.calls("FindInMap"):
            for argument in call.arguments:
                function = intrinsic_function(argument)
                if function not in _POSSIBLE:
                    yield self._finding(argument, function)

    check_environment_addon = check_template

    def _finding(self, argument: Node, function: str | None) -> Finding:
        parameter = _parameter(argument) if function == "Sub" else ""
        help_ = (
            "`!Ref` is possible there, and with `Transform: AWS::LanguageExtensions` other functions are, too"
        )
        return self.finding(
            argument,
            f"`!FindInMap` cannot have `!{function}` in it",
            help=f"write `!Ref {parameter}`" if parameter else help_,
        )


def _parameter(argument: Node) -> str:
    """The parameter that is all there is in a `Sub`."""
    found = re.fullmatch(r"\$\{([A-Za-z0-9]+)\}", argument.text) if isinstance(argument, Scalar) else None
    return found[1] if found else ""

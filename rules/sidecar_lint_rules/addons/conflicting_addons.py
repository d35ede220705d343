from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Conflict, Finding, Related, Rule, Severity, Stage, Template
from sidecar_lint_rules.addons._refused import AT_ONCE

_WORDS = {
    "Metadata": "metadata key",
    "Parameters": "parameter",
    "Mappings": "mapping",
    "Conditions": "condition",
    "Resources": "resource",
    "Outputs": "output",
}


class ConflictingAddons(Rule):
    """Two templates define one name differently.

    Copilot merges the templates of the folder into one. A name may be in several of them if what it
    names is the same to the letter: comments, quotes and indentation may differ, the order of keys
    and a description may not.
    """

    code, name = "SL817", "conflicting-addons"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = AT_ONCE
    sources = ("internal/pkg/addon/cloudformation.go: merge, isEqual",)
    good = (
        """
        name: api
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Mappings: {Sizes: {test: {Size: 1}}}
        Resources: {}
        # file: copilot/api/addons/b.yml
        Parameters:
          App:
            Type: "String"  # the same
        Mappings: {Sizes: {prod: {Size: 2}}}
        Resources: {}
        """,
    )
    bad = (
        Bad(
            """
            name: api
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources: {Data: {Type: 'AWS::S3::Bucket'}}
            # file: copilot/api/addons/b.yml
            Resources:
              Data: {Type: 'AWS::DynamoDB::Table'}
            # ^^^^ SL817
            """
        ),
    )

    def check_template(self, template: Template) -> Iterator[Finding]:
        for conflict in template.addons.conflicts_of(template) if template.is_merged else ():
            yield self._finding(conflict)

    check_environment_addon = check_template

    def _finding(self, conflict: Conflict) -> Finding:
        first, second = conflict.first, conflict.second
        what = f"the {_WORDS[conflict.section]} {conflict.name!r}"
        message = f"{what} is not the same as in {first.template.name}"
        related = (Related(first.key.span, "defined here", first.template.source),)
        help_ = "give one of them another name, or write both alike"
        return self.finding(second.key, message, help=help_, related=related)

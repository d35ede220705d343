from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Rule, Severity, Stage, Template, is_parameters_file, is_template
from sidecar_lint_rules.addons._refused import AT_ONCE
from sidecar_lint_rules.document.syntax_error import explained


class UnreadableAddon(Rule):
    """A file in `addons/` is not YAML, or not a map of sections.

    Copilot reads every `.yml` and `.yaml` file of the folder as a CloudFormation template, or as
    the parameters file by its name. It stops at the first that it cannot read. A file for something
    else has to lie elsewhere, in a folder of its own for example: what is further down is not read.
    """

    code, name = "SL810", "unreadable-addon"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = AT_ONCE
    sources = ("internal/pkg/addon/addons.go: parseTemplate, parseParameters",)
    good = (
        """
        name: api
        # file: copilot/api/addons/table.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources: {Table: {Type: 'AWS::DynamoDB::Table'}}
        # file: copilot/api/addons/notes.yml
        # nothing yet
        """,
    )
    bad = (
        Bad(
            """
            name: api
            # file: copilot/api/addons/table.yml
            Resources:
              Table:
                Type: AWS::DynamoDB::Table
            \tProperties: {}
            ^ SL810
            """
        ),
        Bad(
            """
            name: api
            # file: copilot/api/addons/notes.yaml
            - a table
            ^^^^^^^^^ SL810
            """
        ),
    )

    def check_template(self, template: Template) -> Iterator[Finding]:
        if not (is_template(template.name) or is_parameters_file(template.name)):
            return
        tree = template.tree
        if tree.problem:
            span, message, help_, fixes = explained(tree.problem, template.source.text)
            yield self.finding(span, message, help=help_, fixes=fixes)
        elif template.root is None and tree.root is not None and not tree.too_deep:
            help_ = "move it out of addons/, or into a folder there"
            yield self.finding(tree.root, "this is not a template: a map of sections is expected", help=help_)

    check_environment_addon = check_template

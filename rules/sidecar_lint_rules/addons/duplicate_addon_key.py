from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Finding,
    Mapping,
    Node,
    Related,
    Rule,
    Severity,
    Stage,
    Template,
    is_template,
)
from sidecar_lint_rules.addons._refused import AT_ONCE, WITH_THE_TEMPLATE


class DuplicateAddonKey(Rule):
    """A key is written twice in one map of a template.

    Copilot refuses the template where it looks into the map itself: the sections, the parameters,
    and the fields of a parameter, resource or output. Two resources or outputs of one name it does
    not notice: CloudFormation gets both, and only one of them can count.
    """

    code, name = "SL811", "duplicate-addon-key"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = AT_ONCE
    sources = ("internal/pkg/addon: addons.go, output.go", "gopkg.in/yaml.v3: decode.go, mapping")
    good = (
        """
        name: api
        # file: copilot/api/addons/table.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources: {App: {Type: 'AWS::DynamoDB::Table'}}
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
                Type: AWS::S3::Bucket
            #   ^^^^ SL811
            """
        ),
        Bad(
            """
            name: api
            # file: copilot/api/addons/table.yml
            Resources:
              Table: {Type: 'AWS::DynamoDB::Table'}
              Table: {Type: 'AWS::S3::Bucket'}
            # ^^^^^ SL811
            """
        ),
    )
    also_good = (
        """
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources: {}
        # file: copilot/api/addons/empty.yml
        # file: copilot/api/addons/addons.parameters.yml
        Parameters: {Table: {Ref: a, Ref: b}}
        Resources: {App: 1, App: 2}
        """,
    )
    also_bad = (
        Bad(
            """
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String, Type: Number}}
            #                                ^^^^ SL811
            Resources: {}
            """
        ),
    )

    def check_environment_addon(self, template: Template) -> Iterator[Finding]:
        """Copilot looks at nothing but the sections and the parameters."""
        if template.root is None:
            return
        yield from self._refused(template.root, AT_ONCE)
        parameters = template.section("Parameters")
        yield from self._refused(parameters, AT_ONCE)
        if is_template(template.name):
            for entry in _entries(parameters):
                yield from self._refused(entry, AT_ONCE)

    def check_template(self, template: Template) -> Iterator[Finding]:
        yield from self.check_environment_addon(template)
        if template.root is None or not is_template(template.name):
            return
        for section in (template.section("Resources"), template.section("Outputs")):
            for duplicate in self._refused(section, ""):
                effect = "CloudFormation gets both, and one of them is lost"
                yield duplicate._replace(severity=Severity.WARNING, stage=Stage.SILENT, effect=effect)
            for entry in _entries(section):
                yield from self._refused(entry, WITH_THE_TEMPLATE)

    def _refused(self, node: Node | None, effect: str) -> Iterator[Finding]:
        for first, second in node.duplicates if isinstance(node, Mapping) else ():
            related = (Related(first.span, "here"),)
            message = f"{second.text!r} is already written above"
            yield self.finding(second, message, related=related, help="keep one of them", effect=effect)


def _entries(node: Node | None) -> list[Node]:
    return list(node.entries.values()) if isinstance(node, Mapping) else []

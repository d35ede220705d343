from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Finding,
    Mapping,
    Node,
    Rule,
    Scalar,
    Severity,
    Stage,
    Template,
    is_parameters_file,
)
from sidecar_lint_rules.addons._refused import AT_ONCE, WITH_THE_TEMPLATE


class MalformedAddonSection(Rule):
    """A part of a template is not of the form that Copilot expects.

    `Resources` must be there and be a map, `Outputs` and `Parameters` too where they are written,
    and so must each of their entries. Of several templates the first that has a section decides.
    Copilot notices it when it looks for what the outputs refer to.
    """

    code, name = "SL812", "malformed-addon-section"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = WITH_THE_TEMPLATE
    sources = ("internal/pkg/addon: output.go, parseTypeByLogicalID, parseOutputNodes; addons.go",)
    good = (
        """
        name: api
        # file: copilot/api/addons/table.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources: {Table: {Type: 'AWS::DynamoDB::Table'}}
        # file: copilot/api/addons/other.yml
        Resources: {}
        """,
    )
    bad = (
        Bad(
            """
            name: api
            # file: copilot/api/addons/table.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources:
            ^^^^^^^^^ SL812
            """
        ),
        Bad(
            """
            name: api
            # file: copilot/api/addons/table.yml
            Resources:
              Policy: {Type: 'AWS::IAM::ManagedPolicy'}
            Outputs:
              PolicyArn: !Ref Policy
            #            ^^^^^^^^^^^ SL812
            """
        ),
        Bad(
            """
            name: api
            # file: copilot/api/addons/table.yml
            Parameters:
              App: String
            #      ^^^^^^ SL812
            Resources: {}
            """
        ),
    )
    also_good = (
        """
        name: api
        # file: copilot/api/addons/table.yml
        Resource: {Table: {Type: 'AWS::DynamoDB::Table'}}
        """,
        """
        name: api
        # file: copilot/api/addons/a.yml
        Resources:
          Table:
          Topic: {Type: 'AWS::SNS::Topic'}
        Parameters: {App: , Env: {Type: [String]}, Name: {Type: String}}
        Outputs: {Topic: {Type: [String], Value: !Ref Topic}}
        # file: copilot/api/addons/b.yml
        Resources:
        """,
    )
    also_bad = (
        Bad(
            """
            name: api
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL812
            # file: copilot/api/addons/b.yml
            Outputs: {}
            """
        ),
        Bad(
            """
            name: api
            # file: copilot/api/addons/a.yml
            Resources: {Table: , Topic: {Type: [AWS::SNS::Topic]}, Queue: null}
            #           ^^^^^ SL812
            #                                  ^^^^^^^^^^^^^^^^^ SL812
            """
        ),
    )

    def check_environment_addon(self, template: Template) -> Iterator[Finding]:
        """Copilot looks at nothing but the parameters."""
        if is_parameters_file(template.name) or template.is_merged:
            yield from self._section(template, "Parameters", AT_ONCE)

    def check_template(self, template: Template) -> Iterator[Finding]:
        yield from self.check_environment_addon(template)
        if template.is_merged:
            yield from self._missing_resources(template)
            for section in ("Resources", "Outputs"):
                yield from self._section(template, section, WITH_THE_TEMPLATE)

    def _missing_resources(self, template: Template) -> Iterator[Finding]:
        addons = template.addons
        missing = addons.section("Resources") is None and "Resources" not in addons.misspelt
        if missing and template is addons.templates[0]:
            help_ = "CloudFormation needs at least one resource"
            yield self.finding(template.start, "no template has `Resources`", help=help_)

    def _section(self, template: Template, name: str, effect: str) -> Iterator[Finding]:
        node = template.section(name)
        first = is_parameters_file(template.name) or node is template.addons.section(name)
        if node is None:
            return
        if isinstance(node, Mapping):
            for entry in () if is_parameters_file(template.name) else node.entries.values():
                yield from self._entry(entry, name, effect, in_flow=node.flow)
        elif _is_wrong(node, name) and (first or not isinstance(node, Scalar)):
            help_ = "leave it out" if node.is_null and name == "Outputs" else ""
            yield self.finding(node, f"`{name}` is not a map", effect=effect, help=help_)

    def _entry(self, entry: Node, section: str, effect: str, *, in_flow: bool) -> Iterator[Finding]:
        name = entry.key.text if entry.key else ""
        if not isinstance(entry, Mapping):
            # Between braces Copilot writes nothing as two quotes.
            is_nothing = in_flow and section != "Parameters" and entry.span.start == entry.span.end
            if not entry.is_null or is_nothing:
                help_ = "write its value as `Value:` below the name" if section == "Outputs" else ""
                yield self.finding(entry, f"{name!r} is not a map", effect=effect, help=help_)
            return
        kind = entry.get("Type")
        if section == "Resources" and kind is not None and not isinstance(kind, Scalar):
            yield self.finding(kind, f"the type of {name!r} is not text", effect=effect)


def _is_wrong(node: Node, section: str) -> bool:
    """Whether Copilot minds a section that is not a map: it takes null for no parameters."""
    return section != "Parameters" or not node.is_null

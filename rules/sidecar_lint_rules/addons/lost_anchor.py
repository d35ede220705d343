from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    ADDON_SECTIONS,
    Bad,
    Finding,
    Mapping,
    Node,
    Related,
    Rule,
    Sequence,
    Severity,
    Span,
    Stage,
    Template,
    is_parameters_file,
    is_template,
)
from sidecar_lint_rules.addons._refused import WITH_THE_TEMPLATE


class LostAnchor(Rule):
    """An alias refers to an anchor that is not, or only further down, in what Copilot keeps.

    Copilot writes a new template of the sections that it knows, in its own order: Metadata,
    Parameters, Mappings, Conditions, Transform, Resources, Outputs. Anchors and aliases go with
    them. An anchor in any other section is lost, and one in a later section comes too late.
    """

    code, name = "SL824", "lost-anchor"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = WITH_THE_TEMPLATE
    sources = ("internal/pkg/addon/cloudformation.go: cfnTemplate", "Copilot 1.34.1: svc package")
    good = (
        """
        name: api
        # file: copilot/api/addons/a.yml
        Parameters:
          App: &text {Type: String}
          Env: *text
          Name: *text
        Resources: {}
        """,
    )
    bad = (
        Bad(
            """
            name: api
            # file: copilot/api/addons/a.yml
            x-text: &text {Type: String}
            Parameters:
              App: *text
            #      ^^^^^ SL824
            Resources: {}
            """
        ),
    )
    also_good = (
        """
        # file: copilot/api/addons/a.yml
        x-base: &base
          Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        <<: *base
        Resources: {}
        """,
    )
    also_bad = (
        Bad(
            """
            # file: copilot/api/addons/a.yml
            x-parameters: &parameters {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Parameters: *parameters
            #           ^^^^^^^^^^^ SL824
            Resources: {}
            # file: copilot/api/addons/addons.parameters.yml
            Resources: &name shop
            Parameters: {Shop: *name}
            #                  ^^^^^ SL824
            """
        ),
        Bad(
            """
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Outputs: {Name: {Value: &name orders}}
            Resources: {Topic: {Type: 'AWS::SNS::Topic', Properties: {TopicName: *name}}}
            #                                                                    ^^^^^ SL824
            """
        ),
    )

    def check_template(self, template: Template) -> Iterator[Finding]:
        if is_parameters_file(template.name):
            kept: tuple[str, ...] = ("Parameters",)
        elif is_template(template.name):
            kept = ADDON_SECTIONS
        else:
            return
        sections = [(name, node) for name in kept if (node := template.section(name)) is not None]
        for at, (name, section) in enumerate(sections):
            seen = [_written(node) for _, node in sections[: at + 1]]
            for alias, target in _aliases(section).items():
                if not any(span.start <= target.start <= span.end for span in seen):
                    yield self._finding(alias, target, name)

    def _finding(self, alias: Span, target: Span, section: str) -> Finding:
        message = "the anchor is not in what Copilot has written by then"
        help_ = f"put the anchor into `{section}`, above this line, or write the value out"
        return self.finding(alias, message, help=help_, related=(Related(target, "the anchor's value"),))


def _written(node: Node) -> Span:
    """Where a section stands: an alias is no more than itself."""
    inherited = node.key is not None and node.span.start >= node.key.span.end
    return node.span if node.alias is None or inherited else node.alias


def _aliases(section: Node) -> dict[Span, Span]:
    """Where aliases are used in a section, and where the value of each is written."""
    found: dict[Span, Span] = {}
    pending = [section]
    while pending:
        node = pending.pop()
        if node.alias is not None:
            found.setdefault(node.alias, node.span)
        elif isinstance(node, Mapping):
            pending.extend(node.entries.values())
        elif isinstance(node, Sequence):
            pending.extend(node.items)
    return found

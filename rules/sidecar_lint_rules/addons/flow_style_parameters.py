from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    PARAMETERS_FILES,
    Bad,
    Finding,
    Mapping,
    Rule,
    Severity,
    Stage,
    Template,
    is_parameters_file,
)
from sidecar_lint_rules.addons._refused import WITH_THE_TEMPLATE


class FlowStyleParameters(Rule):
    """The values in the parameters file are written in braces.

    Copilot copies them as they are written below the parameters that it passes itself, one to a
    line. Braces do not fit there, empty ones neither, and the template is not YAML any more.
    """

    code, name = "SL820", "flow-style-parameters"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = WITH_THE_TEMPLATE
    sources = ("templates/workloads/partials/cf/addons.yml", "Copilot 1.34.1: svc package")
    good = (
        """
        name: api
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}, Size: {Type: String}}
        Resources: {}
        # file: copilot/api/addons/addons.parameters.yml
        Parameters:
          Size: !Join ['', [!Ref EnvName, -small]]
        """,
    )
    bad = (
        Bad(
            """
            name: api
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}, Size: {Type: String}}
            Resources: {}
            # file: copilot/api/addons/addons.parameters.yml
            Parameters: {Size: small}
            #           ^^^^^^^^^^^^^ SL820
            """
        ),
    )
    also_good = (
        """
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources: {}
        # file: copilot/api/addons/addons.parameters.yml
        Parameters: {Size: small}
        # file: copilot/api/addons/addons.parameters.yaml
        Parameters: {Size: small}
        """,
    )

    def check_template(self, template: Template) -> Iterator[Finding]:
        if not is_parameters_file(template.name) or not template.addons.templates:
            return
        if all(name in template.addons.names for name in PARAMETERS_FILES):
            return  # Copilot does not come that far
        node = template.section("Parameters")
        if isinstance(node, Mapping) and node.flow and node.alias is None:
            help_ = (
                "write each on a line of its own: `Name: value`"
                if node.entries
                else "write `Parameters:` alone"
            )
            yield self.finding(node, "the values are in braces", help=help_)

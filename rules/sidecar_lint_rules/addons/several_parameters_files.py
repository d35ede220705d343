from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import PARAMETERS_FILES, Bad, Finding, Rule, Severity, Stage, Template
from sidecar_lint_rules.addons._refused import AT_ONCE


class SeveralParametersFiles(Rule):
    """There is an `addons.parameters.yml` and an `addons.parameters.yaml`.

    Copilot takes one file with the values of parameters, and refuses two.
    """

    code, name = "SL818", "several-parameters-files"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = AT_ONCE
    sources = ("internal/pkg/addon/addons.go: parseParameters",)
    good = (
        """
        name: api
        # file: copilot/api/addons/addons.parameters.yaml
        Parameters: {}
        """,
    )
    bad = (
        Bad(
            """
            name: api
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}, Size: {Type: String}}
            Resources: {}
            # file: copilot/api/addons/addons.parameters.yaml
            Parameters:
              Size: small
            # file: copilot/api/addons/addons.parameters.yml
            Parameters:
            ^^^^^^^^^^^ SL818
              Size: large
            """
        ),
    )

    def check_template(self, template: Template) -> Iterator[Finding]:
        addons = template.addons
        first, second = PARAMETERS_FILES
        if template.name == second and first in addons.names and addons.templates:
            yield self.finding(
                template.start, f"there is an {first} too", help="put all values into one of them"
            )

    check_environment_addon = check_template

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Rule, Severity, Stage, Template, closest, is_parameters_file
from sidecar_lint_rules.addons._refused import AT_ONCE


class ParametersFileWithoutParameters(Rule):
    """The parameters file has no `Parameters`.

    The values stand below this key, which Copilot wants to see in the file even if there are none.
    """

    code, name = "SL819", "parameters-file-without-parameters"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = AT_ONCE
    sources = ("internal/pkg/addon/addons.go: parseParameters",)
    good = (
        """
        name: api
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources: {}
        # file: copilot/api/addons/addons.parameters.yml
        Parameters:
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
            Size: small
            ^^^^^^^^^^^ SL819
            """
        ),
        Bad(
            """
            name: api
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}, Size: {Type: String}}
            Resources: {}
            # file: copilot/api/addons/addons.parameters.yml
            parameters:
            ^^^^^^^^^^ SL819
              Size: small
            """,
            fixed="Parameters:\n",
        ),
    )

    def check_template(self, template: Template) -> Iterator[Finding]:
        root = template.root
        if root is None or not is_parameters_file(template.name) or not template.addons.templates:
            return
        if "Parameters" in root.entries:
            return
        near = next((key for key, _ in root if closest(key.text, ["Parameters"])), None)
        message = "the parameters file has no `Parameters`"
        if near:
            yield self.finding(near, message, replace="Parameters")
        else:
            yield self.finding(template.start, message, help="put the values below `Parameters:`")

    check_environment_addon = check_template

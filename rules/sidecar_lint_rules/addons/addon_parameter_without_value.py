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
)
from sidecar_lint_rules.addons._refused import AT_ONCE


class AddonParameterWithoutValue(Rule):
    """A template has a parameter that nothing gives a value.

    Copilot fills in `App`, `Env` and `Name`. Every other parameter needs a `Default`, or a value in
    `addons.parameters.yml`.
    """

    code, name = "SL816", "addon-parameter-without-value"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = AT_ONCE
    sources = ("internal/pkg/addon/addons.go: validateParameters",)
    good = (
        """
        name: api
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}, Size: {Default: ''}}
        Resources: {}
        """,
    )
    bad = (
        Bad(
            """
            name: api
            # file: copilot/api/addons/a.yml
            Parameters:
              App: {Type: String}
              Env: {Type: String}
              Name: {Type: String}
              Size: {Type: String}
            # ^^^^ SL816
            Resources: {}
            """
        ),
    )
    also_bad = (
        Bad(
            """
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}, Size: {Type: String}}
            #                                                                            ^^^^ SL816
            Resources: {}
            # file: copilot/api/addons/addons.parameters.yml
            Parameters: {}
            """
        ),
    )

    def check_template(self, template: Template) -> Iterator[Finding]:
        addons = template.addons
        if not template.is_merged:
            return
        file = addons.parameters_files[0] if addons.parameters_files else None
        if file and not isinstance(file.section("Parameters"), Mapping):
            return  # that is another mistake
        name = file.name if file else PARAMETERS_FILES[-1]
        for parameter in template.own(addons.parameters, "Parameters"):
            node = parameter.node
            has_value = "Default" in node.entries if isinstance(node, Mapping) else not node.is_null
            if not has_value and parameter.name not in addons.reserved and parameter.name not in addons.given:
                message = f"nothing gives the parameter {parameter.name!r} a value"
                help_ = f"give it a `Default`, or a value in addons/{name} under `Parameters`"
                yield self.finding(parameter.key, message, help=help_)

    check_environment_addon = check_template

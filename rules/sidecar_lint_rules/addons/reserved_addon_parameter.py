from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Rule, Severity, Stage, Template
from sidecar_lint_rules.addons._refused import AT_ONCE


class ReservedAddonParameter(Rule):
    """The parameters file gives `App`, `Env` or `Name` a value.

    These three get their values from Copilot, and it refuses a file that has them.
    """

    code, name = "SL814", "reserved-addon-parameter"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = AT_ONCE
    sources = ("internal/pkg/addon/addons.go: validateParameters",)
    good = (
        """
        name: api
        # file: copilot/api/addons/addons.parameters.yml
        Parameters:
          Application: shop
        """,
    )
    bad = (
        Bad(
            """
            name: api
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources: {}
            # file: copilot/api/addons/addons.parameters.yml
            Parameters:
              App: shop
            # ^^^ SL814
            """
        ),
    )

    def check_template(self, template: Template) -> Iterator[Finding]:
        if not template.addons.templates:
            return
        for given in template.own(template.addons.given, "Parameters"):
            if given.name in template.addons.reserved:
                message = f"{given.name!r} is a parameter that Copilot fills in itself"
                yield self.finding(given.key, message, help="leave it out")

    check_environment_addon = check_template

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Addons, Bad, Finding, Rule, Severity, Stage, Template, closest
from sidecar_lint_rules.addons._refused import AT_ONCE


class UnknownAddonParameter(Rule):
    """The parameters file gives a value to a parameter that no template declares.

    Copilot compares the two before it deploys, and case matters.
    """

    code, name = "SL815", "unknown-addon-parameter"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = AT_ONCE
    sources = ("internal/pkg/addon/addons.go: validateParameters",)
    good = (
        """
        name: api
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}, Size: {Type: String}}
        Resources: {}
        # file: copilot/api/addons/addons.parameters.yml
        Parameters:
          Size: small
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
            Parameters:
              size: small
            # ^^^^ SL815
            """,
            fixed="  Size: small",
        ),
    )
    also_good = (
        """
        # file: copilot/api/addons/a.yml
        Parameter: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}, Size: {Type: String}}
        Resources: {}
        # file: copilot/api/addons/addons.parameters.yml
        Parameters: {Size: small}
        """,
    )

    def check_template(self, template: Template) -> Iterator[Finding]:
        addons = template.addons
        if not addons.is_known or not addons.templates or "Parameters" in addons.misspelt:
            return
        free = addons.once(_free)
        for given in template.own(addons.given, "Parameters"):
            if given.name not in addons.parameters and given.name not in addons.reserved:
                message = f"no template declares the parameter {given.name!r}"
                near = closest(given.name, free)
                help_ = "leave it out, or declare it under `Parameters` of a template"
                yield self.finding(given.key, message, help="" if near else help_, replace=near)

    check_environment_addon = check_template


def _free(addons: Addons) -> tuple[str, ...]:
    """The parameters that nothing gives a value."""
    return tuple(sorted(addons.parameters.keys() - addons.given.keys() - set(addons.reserved)))

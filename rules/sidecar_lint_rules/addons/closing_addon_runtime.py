from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Definition, Finding, Rule, Scalar, Severity, Stage, Template, as_mapping
from sidecar_lint_rules.overrides._runtimes import closing


class ClosingAddonRuntime(Rule):
    """A function in the addons is on a runtime that AWS Lambda closes.

    From one day on Lambda creates no function on it, so that the addons cannot be deployed to a new environment;
    from another on it updates none. AWS has moved these days before: `dates:` in the configuration takes others,
    and `sidecar-lint rules --dates` shows what counts. It is information until the first day, a warning from then on.

    The fix has to be asked for: between two runtimes of a language, libraries and the form of handlers may have
    changed (nodejs24.x takes no handler with a callback, nodejs18.x and later have another AWS SDK).
    """

    code, name = "SL846", "closing-addon-runtime"
    severity, stage = Severity.INFO, Stage.DEPLOY
    effect = "AWS Lambda creates no function on the runtime, and later updates none"
    uses_dates = True
    sources = ("AWS Lambda developer guide: Lambda runtimes, as of 2026-11",)
    good = (
        """
        name: api
        # file: copilot/api/addons/function.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}, Runtime: {Type: String}}
        Resources:
          Clean:
            Type: AWS::Lambda::Function
            Properties: {Runtime: nodejs24.x}
          Sweep:
            Type: AWS::Lambda::Function
            Properties: {Runtime: !Ref Runtime}
          Build:
            Type: AWS::CodeBuild::Project
            Properties: {Runtime: nodejs18.x}
        """,
    )
    bad = (
        Bad(
            """
            name: api
            # file: copilot/api/addons/function.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources:
              Clean:
                Type: AWS::Lambda::Function
                Properties:
                  Runtime: nodejs18.x
            #              ^^^^^^^^^^ SL846
              Sweep:
                Type: AWS::Serverless::Function
                Properties: {Runtime: "python3.9"}
            #                         ^^^^^^^^^^^ SL846
            """,
            fixed="      Runtime: nodejs24.x\n",
        ),
    )

    def check_template(self, template: Template) -> Iterator[Finding]:
        for key, node in as_mapping(template.section("Resources")):
            resource = Definition(template, key, node)
            runtime = as_mapping(resource.get("Properties")).get("Runtime")
            if resource.text("Type") in _FUNCTIONS and isinstance(runtime, Scalar) and runtime.tag is None:
                yield from self._closing(runtime)

    check_environment_addon = check_template

    def _closing(self, runtime: Scalar) -> Iterator[Finding]:
        found = closing(self.calendar, runtime.text)
        if found is None:
            return
        end = found.first
        yield self.finding(
            runtime,
            f"the function is on {runtime.text}, which AWS {found.closes}",
            effect=found.effect,
            help=f"{end.advice}; {found.source}",
            replace=end.successor if _language(end.successor) == _language(runtime.text) else None,
            severity=end.severity,
        )


def _language(runtime: str) -> str:
    """`nodejs` of `nodejs18.x`."""
    return re.sub("[0-9.].*", "", runtime)


_FUNCTIONS: Final = ("AWS::Lambda::Function", "AWS::Serverless::Function")

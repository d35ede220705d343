from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    ADDON_SECTIONS,
    Bad,
    Finding,
    Rule,
    Severity,
    Stage,
    Template,
    is_template,
    meant_section,
)
from sidecar_lint_rules.addons._refused import AT_ONCE, WITH_THE_TEMPLATE

#: Sections of CloudFormation and SAM with an effect, which Copilot does not take over.
_DROPPED: Final = ("Rules", "Globals", "Hooks")
#: Sections without one.
_HARMLESS: Final = ("AWSTemplateFormatVersion", "Description")
#: What becomes of addons without the sections that there must be.
_REFUSED: Final = {"Parameters": AT_ONCE, "Resources": WITH_THE_TEMPLATE}


class DroppedAddonSection(Rule):
    """A template has a section that Copilot leaves out of the addons.

    It keeps Metadata, Parameters, Mappings, Conditions, Transform, Resources and Outputs, in this
    spelling. Everything else is gone from the template that CloudFormation gets.
    """

    code, name = "SL822", "dropped-addon-section"
    severity, stage = Severity.ERROR, Stage.SILENT
    effect = "Copilot leaves the section out"
    sources = ("internal/pkg/addon/cloudformation.go: cfnTemplate",)
    good = (
        """
        name: api
        # file: copilot/api/addons/a.yml
        AWSTemplateFormatVersion: '2010-09-09'
        Description: A table
        x-shared: {}
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources: {}
        """,
    )
    bad = (
        Bad(
            """
            name: api
            # file: copilot/api/addons/a.yml
            Resources: {Policy: {Type: 'AWS::IAM::ManagedPolicy'}}
            outputs:
            ^^^^^^^ SL822
              PolicyArn: {Value: !Ref Policy}
            """,
            fixed="Outputs:\n",
        ),
        Bad(
            """
            name: api
            # file: copilot/api/addons/a.yml
            Globals: {Function: {Timeout: 10}}
            ^^^^^^^ SL822
            Transform: AWS::Serverless-2016-10-31
            Resources: {Function: {Type: 'AWS::Serverless::Function'}}
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
        Parameters: {Size: small}
        outputs: {}
        """,
    )
    also_bad = (
        Bad(
            """
            # file: copilot/api/addons/a.yml
            parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            ^^^^^^^^^^ SL822
            Resource: {}
            ^^^^^^^^ SL822
            """
        ),
    )

    def check_template(self, template: Template) -> Iterator[Finding]:
        if not is_template(template.name) or template.root is None:
            return
        for key, _ in template.root:
            if key.text in (*ADDON_SECTIONS, *_HARMLESS):
                continue
            near = meant_section(key.text, template)
            if key.text in _DROPPED:
                message = f"Copilot does not take `{key.text}` over"
                help_ = "write what it says in the resources" if key.text == "Globals" else "leave it out"
                yield self.finding(key, message, help=help_, severity=Severity.WARNING)
            elif near:
                needed = near in ("Parameters", "Resources") and template.addons.section(near) is None
                yield self.finding(
                    key,
                    f"no section is called {key.text!r}",
                    replace=near,
                    effect=_REFUSED[near] if needed else None,
                    stage=Stage.DEPLOY if needed else None,
                )

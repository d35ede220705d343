from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import Addons, Bad, Finding, Mapping, Rule, Severity, Stage, Template


class UnreadAddon(Rule):
    """A template in `addons/` has a name that Copilot does not read.

    It reads files that end in `.yml` or `.yaml`. YAML takes JSON as it is, so another ending is all
    that a JSON template needs.
    """

    code, name = "SL823", "unread-addon"
    severity, stage = Severity.ERROR, Stage.SILENT
    effect = "Copilot deploys without it"
    sources = ("internal/pkg/addon/addons.go: yamlMatcher",)
    good = (
        """
        name: api
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources: {}
        # file: copilot/api/addons/dashboard.json
        {"widgets": []}
        """,
        """
        name: api
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources:
          Nested: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: copilot/api/addons/b.json}}
        # file: copilot/api/addons/b.json
        {"Resources": {"Data": {"Type": "AWS::S3::Bucket"}}}
        """,
    )
    bad = (
        Bad(
            """
            name: api
            # file: copilot/api/addons/bucket.json
            {"Resources": {"Data": {"Type": "AWS::S3::Bucket"}}}
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL823
            """
        ),
    )
    also_bad = (
        Bad(
            """
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources: {}
            # file: copilot/api/addons/bucket.json
            {"Resources": {"Data": {"Type": "AWS::S3::Bucket"}}}
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL823
            """
        ),
    )

    def check_template(self, template: Template) -> Iterator[Finding]:
        others = template.addons.templates
        if not template.name.endswith(".json") or _words(template.name)[-1] in template.addons.once(
            _mentioned
        ):
            return
        has_resources = template.root is not None and isinstance(template.section("Resources"), Mapping)
        if has_resources or not others:
            message = f"Copilot does not read {template.name}"
            help_ = f"call it {template.name.removesuffix('.json')}.yml: JSON is YAML too"
            yield self.finding(template.start, message, help=help_)

    check_environment_addon = check_template


def _mentioned(addons: Addons) -> frozenset[str]:
    """The JSON files that templates name."""
    words = (word for template in addons.templates for word in _words(template.source.text))
    return frozenset(word for word in words if word.endswith(".json"))


def _words(text: str) -> list[str]:
    return re.split(r"[^\w.-]+", text)

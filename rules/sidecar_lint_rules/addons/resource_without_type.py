from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Mapping, Rule, Severity, Stage, Template


class ResourceWithoutType(Rule):
    """A resource of an addon has no `Type`.

    Usually a field of a resource is indented by a level too little, so that it stands beside the resource:
    `Properties` is then taken for a resource of its own.
    """

    code, name = "SL830", "resource-without-type"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "CloudFormation refuses the addons: every resource must have a type"
    sources = ("AWS CloudFormation user guide: Resources",)
    good = (
        """
        name: api
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources: {Table: {Type: 'AWS::DynamoDB::Table'}}
        """,
    )
    bad = (
        Bad(
            """
            name: api
            # file: copilot/api/addons/a.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources:
              Orders:
                Type: AWS::SQS::Queue
              Properties:
            # ^^^^^^^^^^ SL830
                DelaySeconds: 5
            """
        ),
    )
    also_good = (
        """
        # file: copilot/api/addons/a.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Transform: OurMacro
        Resources: {Topic: {Properties: {TopicName: a}}}
        """,
    )

    def check_template(self, template: Template) -> Iterator[Finding]:
        if not template.is_merged or template.root is None or template.addons.is_opaque:
            return
        for resource in template.own(template.addons.definitions("Resources"), "Resources"):
            if isinstance(resource.node, Mapping) and resource.get("Type") is None:
                help_ = "write its `Type:`"
                if resource.name in _FIELDS:
                    help_ = "indent it, to be under the resource that it belongs to"
                yield self.finding(resource.key, f"the resource {resource.name!r} has no `Type`", help=help_)

    check_environment_addon = check_template


#: What a resource may have beside its type.
_FIELDS = (
    "Condition",
    "CreationPolicy",
    "DeletionPolicy",
    "DependsOn",
    "Metadata",
    "Properties",
    "UpdatePolicy",
    "UpdateReplacePolicy",
)

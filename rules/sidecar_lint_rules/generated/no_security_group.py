from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    Bad,
    Finding,
    Manifest,
    Mapping,
    Rule,
    Severity,
    Stage,
    deployed_template,
)

#: Where services and jobs have their security groups.
_PLACES: Final = (
    ("Resources", "Service", "Properties", "NetworkConfiguration", "AwsvpcConfiguration", "SecurityGroups"),
    ("Resources", "StateMachine", "Properties", "DefinitionSubstitutions", "SecurityGroups", "Fn::Join", 1),
)


class NoSecurityGroup(Rule):
    """`deny_default` takes the only security group away.

    With `security_groups: {deny_default: true}` tasks are not put into the environment's security group.
    Where there is none under `groups` and none from addons, Copilot writes `SecurityGroups:` with nothing
    behind it into the template, and CloudFormation takes no null.
    """

    code, name = "SL744", "no-security-group"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: SecurityGroups is null in the template"
    sources = ("internal/pkg/template/templates/workloads/partials/cf/vpc.yml",)
    good = ("network: {vpc: {security_groups: {deny_default: true, groups: [sg-0a1b2c3d]}}}",)
    bad = (
        Bad(
            """
            type: Backend Service
            network:
              vpc:
                security_groups:
                  deny_default: true
            #                   ^^^^ SL744
            """
        ),
    )
    also_good = (
        """
        type: Backend Service
        network: {vpc: {security_groups: {deny_default: true}}}
        # file: copilot/api/overrides/cdk.json
        {}
        """,
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        node = manifest.get("network", "vpc", "security_groups")
        denied = node.get("deny_default") if isinstance(node, Mapping) else None
        deployed = deployed_template(manifest) if denied else None
        if denied is None or deployed is None:
            return
        found = (deployed.get(*place) for place in _PLACES)
        if any(groups is not None and not groups.value for groups in found):
            help_ = "name a security group under `groups`, or leave `deny_default` out"
            yield self.finding(denied, "the tasks are in no security group", help=help_)

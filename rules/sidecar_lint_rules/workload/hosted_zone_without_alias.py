from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, is_written


class HostedZoneWithoutAlias(Rule):
    """`hosted_zone` is written where there is no `alias`.

    Copilot adds the records of the aliases to that zone. With no alias there is nothing to add.
    """

    code, name = "SL056", "hosted-zone-without-alias"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = 'Copilot refuses the manifest: "alias" must be specified with "hosted_zone"'
    sources = ("internal/pkg/manifest/validate.go: RoutingRule.validate",)
    good = ("http: {path: /, alias: example.com, hosted_zone: Z0123456789}",)
    bad = (
        Bad(
            """
            http:
              path: /
              alias: []
              hosted_zone: Z0123456789
            # ^^^^^^^^^^^ SL056
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for rule, name in manifest.http_rules():
            zone = rule.get("hosted_zone")
            if zone is not None and not is_written(rule, "alias"):
                message = f"{name} has a hosted zone and no alias"
                help_ = "write alias: and the domain name, or hosted_zone only where there is an alias"
                yield self.finding(zone.key or zone, message, help=help_)

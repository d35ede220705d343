from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    Bad,
    Finding,
    Manifest,
    Mapping,
    Rule,
    Scalar,
    Severity,
    Stage,
    items_of,
    source_ips,
)

_MOST: Final = 4


class TooManyConditions(Rule):
    """A rule of the load balancer has more aliases and source addresses than it can hold.

    A listener rule takes five condition values. Copilot always keeps one for the path, so `alias`
    and `allowed_source_ips` of one rule can have four entries between them.
    """

    code, name = "SL060", "too-many-conditions"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: a listener rule has five conditions at most, the path included"
    sources = (
        "internal/pkg/manifest/validate.go: validateConditionValuesPerRule",
        "AWS: Quotas for your Application Load Balancers",
    )
    good = ("http: {path: /, alias: [a.com, b.com], allowed_source_ips: [10.0.0.0/8, 172.16.0.0/12]}",)
    bad = (
        Bad(
            """
            http:
              path: /
              alias: [a.com, b.com, c.com]
              allowed_source_ips: [10.0.0.0/8, 172.16.0.0/12]
            # ^^^^^^^^^^^^^^^^^^ SL060
            """
        ),
        Bad(
            """
            http:
              path: /
              alias: [a.com, b.com, c.com, d.com, e.com]
            # ^^^^^ SL060
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for rule, name in manifest.http_rules():
            aliases, ips = _aliases(rule), len(source_ips(rule))
            if aliases + ips <= _MOST:
                continue
            place = rule.get("allowed_source_ips") if ips else rule.get("alias")
            message = f"{name} has {aliases} aliases and {ips or 'no'} source addresses, and {_MOST} of both together are possible"
            help_ = "write some of them in a further rule with the same path, under additional_rules"
            yield self.finding((place.key if place else None) or rule, message, help=help_)


def _aliases(rule: Mapping) -> int:
    alias = rule.get("alias")
    if isinstance(alias, Scalar):
        return int(alias.known)  # `${ALIASES}` may become a list of any length
    return len(items_of(alias))

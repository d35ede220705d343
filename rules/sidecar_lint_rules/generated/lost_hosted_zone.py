from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    Bad,
    Finding,
    Manifest,
    Mapping,
    Node,
    Rule,
    Scalar,
    Sequence,
    Severity,
    Stage,
    enumerated,
)

_RECORDS: Final = ("AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup")


class LostHostedZone(Rule):
    """A `hosted_zone` of `additional_rules` gets no record.

    Copilot makes records in hosted zones for the aliases of `http` itself, and for no others. The rule answers to the
    name, but nothing tells a browser where the name leads. With the same alias under `http`, there is a record for it.
    """

    code, name = "SL754", "lost-hosted-zone"
    severity, stage = Severity.WARNING, Stage.SILENT
    effect = "no DNS record is made for it, so the name leads nowhere unless you make one"
    sources = ("internal/pkg/deploy/cloudformation/stack/lb_web_svc.go, backend_svc.go: convertHostedZone",)
    good = (
        """
        http:
          path: /
          alias: [shop.example.com, {name: api.example.com, hosted_zone: Z02}]
          hosted_zone: Z01
          additional_rules:
            - {path: /api, alias: shop.example.com, hosted_zone: Z01}
            - {path: /admin, alias: [{name: api.example.com, hosted_zone: Z02}]}
        """,
        """
        http: {path: /, additional_rules: [{path: /api, alias: api.example.com, hosted_zone: Z01}]}
        # file: copilot/api/addons/names.yml
        Resources:
          Name: {Type: 'AWS::Route53::RecordSet', Properties: {Name: api.example.com}}
        """,
    )
    bad = (
        Bad(
            """
            http:
              path: /
              alias: shop.example.com
              hosted_zone: Z01
              additional_rules:
                - path: /api
                  alias: api.example.com
                  hosted_zone: Z01
            #     ^^^^^^^^^^^ SL754
                - path: /admin
                  alias:
                    - {name: admin.example.com, hosted_zone: Z02}
            #                                   ^^^^^^^^^^^ SL754
            """
        ),
    )
    also_good = (
        """
        http:
          path: /
          additional_rules: [{path: /api, alias: api.example.com, hosted_zone: Z01}]
        # file: copilot/api/overrides/cfn.patches.yml
        - {op: add, path: /Resources/Names, value: {Type: 'AWS::Route53::RecordSetGroup', Properties: {RecordSets: []}}}
        """,
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        found = list(self._lost(manifest))
        if found and not _makes_records(manifest):
            yield from found

    def _lost(self, manifest: Manifest) -> Iterator[Finding]:
        rules = [rule for rule, _ in manifest.http_rules()]
        made = {name.text for rule in rules[:1] for name, zone in _names(rule) if zone}
        for rule in rules[1:] if manifest.get("http", "alb") is None else ():
            lost: dict[int, tuple[Node, list[str]]] = {}
            for name, zone in _names(rule):
                if zone and name.text not in made:
                    lost.setdefault(zone.span.start, (zone, []))[1].append(name.text)
            for zone, names in lost.values():
                message = f"no record of {enumerated(names, ' and ')} is made in this zone"
                help_ = (
                    "write the alias under `http.alias` as well, with its zone, or make the record yourself"
                )
                because = [("SL710", zone.key or zone)]
                yield self.finding(zone.key or zone, message, help=help_, follows_from=because)


def _names(rule: Mapping) -> Iterator[tuple[Scalar, Node | None]]:
    """The aliases of a rule, each with the zone that is written for it."""
    alias, everywhere = rule.get("alias"), rule.get("hosted_zone")
    for item in alias.items if isinstance(alias, Sequence) else [alias]:
        name = item.get("name") if isinstance(item, Mapping) else item
        zone = item.get("hosted_zone") if isinstance(item, Mapping) else None
        if isinstance(name, Scalar) and name.known and name.text:
            yield name, zone or everywhere


def _makes_records(manifest: Manifest) -> bool:
    """Whether an addon or a patch makes records, or may do so."""
    if manifest.overrides_template("RecordSets", "Route53", "HostedZoneId"):
        return True
    addons = manifest.workload.addons if manifest.workload else None
    return addons is not None and (
        addons.is_opaque or any(each.text("Type") in _RECORDS for each in addons.resources.values())
    )

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

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
    document_of,
    enumerated,
)

if TYPE_CHECKING:
    from sidecar_lint import Addons, Workspace

_RECORDS: Final = ("AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup")
#: What is in each patch that makes one.
_OF_RECORDS: Final = ("RecordSets", "Route53", "HostedZoneId")


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
        """
        http:
          path: /
          alias: ['*.example.com', Shop.example.org]
          hosted_zone: Z01
          additional_rules:
            - {path: /api, alias: [api.example.com, v2.api.example.com], hosted_zone: Z01}
            - {path: /admin, alias: shop.example.ORG, hosted_zone: Z01}
        """,
        """
        http: {path: /, additional_rules: [{path: /api, alias: api.example.com, hosted_zone: Z01}]}
        # file: copilot/web/manifest.yml
        name: web
        type: Load Balanced Web Service
        image: {location: 'nginx:1', port: 80}
        http: {path: /, alias: [www.example.com, API.example.com], hosted_zone: Z01}
        """,
        """
        http: {path: /, additional_rules: [{path: /api, alias: api.example.com, hosted_zone: Z01}]}
        # file: copilot/environments/addons/names.yml
        Parameters: {App: {Type: String}, Env: {Type: String}}
        Resources:
          Name: {Type: 'AWS::Route53::RecordSet', Properties: {Name: api.example.com}}
        """,
    )

    also_bad = (
        Bad(
            """
            http:
              path: /
              alias: ['*.shop.example.com', '*.example.org']
              hosted_zone: Z01
              additional_rules:
                - path: /api
                  alias: [api.example.com, example.org]
                  hosted_zone: Z01
            #     ^^^^^^^^^^^ SL754
            # file: copilot/web/manifest.yml
            name: web
            type: Load Balanced Web Service
            image: {location: 'nginx:1', port: 80}
            http: {path: /, alias: [www.example.com, {name: api.example.com}]}
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        found = list(self._lost(manifest))
        if found and not _makes_records(manifest):
            yield from found

    def _lost(self, manifest: Manifest) -> Iterator[Finding]:
        rules = [rule for rule, _ in manifest.http_rules()]
        for rule in rules[1:] if manifest.get("http", "alb") is None else ():
            lost: dict[int, tuple[Node, list[str]]] = {}
            for name, zone in _names(rule):
                if zone and not _is_recorded(name.text, manifest):
                    lost.setdefault(zone.span.start, (zone, []))[1].append(name.text)
            for zone, names in lost.values():
                message = f"no record of {enumerated(names, ' and ')} is made in this zone"
                help_ = (
                    "write the alias under `http.alias` as well, with its zone, or make the record yourself"
                )
                because = [("SL710", zone.key or zone)]
                yield self.finding(zone.key or zone, message, help=help_, follows_from=because)


def _recorded(manifest: Manifest) -> set[str]:
    """The names, in lower case, for which Copilot makes records: the aliases of `http` that have a zone."""
    main = [rule for rule, _ in manifest.http_rules()][:1]
    return {name.text.lower() for rule in main for name, zone in _names(rule) if zone}


def _is_recorded(name: str, manifest: Manifest) -> bool:
    """Whether Copilot makes a record of a name, or of a wildcard that stands for it, for any workload."""
    labels = name.lower().split(".")
    answering = {name.lower(), *_wildcards(labels)}
    return not (answering.isdisjoint(_recorded(manifest)) and answering.isdisjoint(_of_others(manifest)))


def _wildcards(labels: list[str]) -> Iterator[str]:
    """The names with `*` that answer for a name: DNS puts any number of labels in place of it."""
    return (".".join(("*", *labels[at:])) for at in range(1, len(labels)))


def _of_others(manifest: Manifest) -> frozenset[str]:
    """The names for which Copilot makes records of the other workloads, in any environment."""
    if manifest.workload is None:
        return frozenset()
    made = manifest.workload.workspace.once(_by_workload)
    own = manifest.workload.folder_name
    return frozenset().union(*(names for workload, names in made.items() if workload != own))


def _by_workload(workspace: Workspace) -> dict[str, set[str]]:
    """The names for which Copilot makes records, by the folder of the workload."""
    documents = {name: document_of(workload) for name, workload in workspace.workloads.items()}
    return {
        name: {made for manifest in document.manifests for made in _recorded(manifest)}
        for name, document in documents.items()
        if document
    }


def _names(rule: Mapping) -> Iterator[tuple[Scalar, Node | None]]:
    """The aliases of a rule, each with the zone that is written for it."""
    alias, everywhere = rule.get("alias"), rule.get("hosted_zone")
    for item in alias.items if isinstance(alias, Sequence) else [alias]:
        name = item.get("name") if isinstance(item, Mapping) else item
        zone = item.get("hosted_zone") if isinstance(item, Mapping) else None
        if isinstance(name, Scalar) and name.known and name.text:
            yield name, zone or everywhere


def _makes_records(manifest: Manifest) -> bool:
    """Whether an addon or a patch makes records, or may do so; one of the workload, or of the environments."""
    if manifest.overrides_template(*_OF_RECORDS):
        return True
    workload = manifest.workload
    if workload is None:
        return False
    workspace = workload.workspace
    if workspace.environment_overrides.mention(*_OF_RECORDS):
        return True
    return any(map(_has_records, (workload.addons, workspace.environment_addons)))


def _has_records(addons: Addons) -> bool:
    """Whether addons make records, or may do so."""
    return addons.is_opaque or any(each.text("Type") in _RECORDS for each in addons.resources.values())

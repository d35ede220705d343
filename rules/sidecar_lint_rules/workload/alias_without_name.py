from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, named_aliases


class AliasWithoutName(Rule):
    """An entry of `alias` has no `name`.

    A list of aliases has domain names, or maps with `name`, which is the domain name, and
    `hosted_zone`.
    """

    code, name = "SL057", "alias-without-name"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = 'Copilot refuses the manifest: "name" must be specified'
    sources = ("internal/pkg/manifest/validate.go: AdvancedAlias.validate",)
    good = (
        "http: {path: /, alias: [{name: example.com, hosted_zone: Z0123456789}]}",
        "http: {path: /, alias: [example.com, www.example.com]}",
    )
    bad = (
        Bad(
            """
            http:
              path: /
              alias:
                - hosted_zone: Z0123456789
            #     ^^^^^^^^^^^^^^^^^^^^^^^^ SL057
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for section, _ in (*manifest.http_rules(), *manifest.nlb_listeners()):
            for alias in named_aliases(section):
                if alias.get("name") is None:
                    place = alias.entries.get("name") or alias
                    yield self.finding(place, "the alias has no name", help="write name: and the domain name")

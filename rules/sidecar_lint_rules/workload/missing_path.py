from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, lost, lost_in


class MissingPath(Rule):
    """A rule of the load balancer has no `path`.

    `http` and each of its `additional_rules` say which requests they are for. As soon as anything is
    written under `http`, `path` must be there too.
    """

    code, name = "SL054", "missing-path"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = 'Copilot refuses the manifest: "path" must be specified'
    sources = ("internal/pkg/manifest/validate.go: RoutingRule.validate, http.go: HTTP.IsEmpty",)
    good = (
        "http: {path: /, alias: example.com}",
        "http: {}\ntype: Backend Service",
        """
        http: {path: /}
        environments: {prod: {http: {alb: shared, alias: example.com}}}
        """,
        "http: true",
    )
    bad = (
        Bad(
            """
            http:
            ^^^^ SL054
              alias: example.com
            """
        ),
        Bad(
            """
            http:
              path: /
              additional_rules:
                - alias: example.com
            #     ^^^^^^^^^^^^^^^^^^ SL054
                - path:
            #     ^^^^ SL054
                  target_port: 80
            """
        ),
    )
    also_bad = (
        Bad(
            """
            http:
            ^^^^ SL054
              alias: example.com
              pth: /
              additional_rules: [{alias: other.example.com, paths: /}]
            #                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL054
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for rule, name in manifest.http_rules():
            if rule.get("path") is not None or (name == "http" and manifest.http_says_nothing):
                continue
            place = rule.entries.get("path") or rule.key or rule
            help_ = "write path: and what the paths of its requests begin with, such as /"
            document = manifest.document
            follows_from = (
                lost(manifest, "http", "path") if name == "http" else lost_in(document, rule, "path")
            )
            yield self.finding(place, f"{name} has no path", help=help_, follows_from=follows_from)

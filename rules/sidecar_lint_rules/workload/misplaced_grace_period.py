from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import LOAD_BALANCED, Bad, Finding, Manifest, Mapping, Node, Related, Rule, Severity, Stage


class MisplacedGracePeriod(Rule):
    """`grace_period` is written more than once, or under a further rule or listener.

    The grace period belongs to the service: for so long ECS disregards failing health checks of a
    new task, whichever load balancer makes them. Copilot takes it in `http.healthcheck` or in
    `nlb.healthcheck`, once.
    """

    code, name = "SL061", "misplaced-grace-period"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: a service has one grace period"
    sources = ("internal/pkg/manifest/validate.go: validateGracePeriod",)
    good = (
        """
        http: {path: /, healthcheck: {grace_period: 90s}}
        nlb: {port: 443/tls, healthcheck: {interval: 10s}}
        """,
        """
        http: {path: /, additional_rules: [{path: /api, healthcheck: {grace_period: 90s}}]}
        type: Backend Service
        """,
    )
    bad = (
        Bad(
            """
            http:
              path: /
              additional_rules:
                - path: /api
                  healthcheck: {grace_period: 90s}
            #                   ^^^^^^^^^^^^ SL061
            """
        ),
        Bad(
            """
            http: {path: /, healthcheck: {grace_period: 90s}}
            nlb: {port: 443/tls, healthcheck: {grace_period: 60s}}
            #                                  ^^^^^^^^^^^^ SL061
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if manifest.kind != LOAD_BALANCED:
            return
        for section, name in (*manifest.http_rules(), *manifest.nlb_listeners()):
            period = _grace_period(section)
            if period is not None and name not in ("http", "nlb"):
                home = f"{name.partition('.')[0]}.healthcheck"
                message = f"{name} cannot have a grace_period"
                yield self.finding(period.key or period, message, help=f"write it under {home}")
        yield from self._twice(manifest)

    def _twice(self, manifest: Manifest) -> Iterator[Finding]:
        first, second = (_grace_period(manifest.mapping(name)) for name in ("http", "nlb"))
        if first is not None and second is not None:
            other = (Related(first.place, "the other one"),)
            message = "grace_period is under http and under nlb"
            yield self.finding(second.key or second, message, help="keep one of the two", related=other)


def _grace_period(section: Mapping) -> Node | None:
    healthcheck = section.get("healthcheck")
    return healthcheck.get("grace_period") if isinstance(healthcheck, Mapping) else None

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import REQUEST_DRIVEN, STATIC_SITE, Bad, Finding, Manifest, Rule, Severity, Stage, closest


class InvalidPlacement(Rule):
    """`network.vpc.placement` is neither `public` nor `private`.

    It says in which subnets of the environment tasks run, and is compared exactly. Subnets of your
    own go in a map: `placement: {subnets: [...]}`. A Request-Driven Web Service is in no subnet
    unless it is `private`, so it cannot be `public`.
    """

    code, name = "SL070", "invalid-placement"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: it knows no such subnets"
    in_schema = True
    sources = ("internal/pkg/manifest/validate.go: PlacementString.validate, RequestDrivenWebServiceConfig",)
    good = (
        "network: {vpc: {placement: private}}",
        "network: {vpc: {placement: {subnets: [subnet-0123]}}}",
        "network: {vpc: {placement: '${PLACEMENT}'}}",
    )
    bad = (
        Bad(
            """
            network:
              vpc:
                placement: Private
            #              ^^^^^^^ SL070
            """,
            fixed="placement: private",
        ),
        Bad(
            """
            type: Request-Driven Web Service
            network: {vpc: {placement: public}}
            #                          ^^^^^^ SL070
            """
        ),
    )
    also_bad = (
        Bad(
            """
            type: Request-Driven Web Service
            network: {vpc: {placement: Private}}
            #                          ^^^^^^^ SL070
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        placement = manifest.scalar("network", "vpc", "placement")
        if placement is None or not placement.known or manifest.kind == STATIC_SITE:
            return
        app_runner = manifest.kind == REQUEST_DRIVEN
        allowed = ("private",) if app_runner else ("public", "private")
        if placement.text in allowed:
            return
        if app_runner and placement.text == "public":
            message = f"a {manifest.kind} cannot be placed in public subnets"
            yield self.finding(placement, message, help="write private, or leave placement out")
            return
        nearest = closest(placement.text, allowed)
        choice = "" if nearest else f"write {' or '.join(allowed)}"
        message = f"placement {placement.text!r} is not {' or '.join(allowed)}"
        yield self.finding(placement, message, replace=nearest, help=choice)

from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    EnvironmentManifest,
    Finding,
    NamedTuple,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    items_of,
)


class SeveralRegions(Rule):
    """An environment names two regions, or a region where an availability zone belongs.

    An environment is in one region: its subnets are in zones of it (`eu-west-1a`), and the load balancers
    take certificates of it. Only the certificate of the CDN is elsewhere, in us-east-1.
    """

    code, name = "SL725", "several-regions"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "CloudFormation refuses what is in another region than the environment"
    sources = (
        "AWS::EC2::Subnet: AvailabilityZone",
        "AWS::ElasticLoadBalancingV2::Listener: Certificates",
    )
    good = (
        """
        # file: copilot/environments/test/manifest.yml
        http:
          public: {certificates: [arn:aws:acm:eu-west-1:123456789012:certificate/0123]}
          private: {certificates: [arn:aws:iam::123456789012:server-certificate/shop]}
        cdn: {certificate: arn:aws:acm:us-east-1:123456789012:certificate/4567}
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            http:
              public:
                certificates:
                  - arn:aws:acm:eu-west-1:123456789012:certificate/0123
                  - arn:aws:acm:us-east-1:123456789012:certificate/4567
            #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL725
            """
        ),
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            network:
              vpc:
                cidr: 10.0.0.0/16
                subnets:
                  public:
                    - {cidr: 10.0.0.0/24, az: eu-west-1a}
                    - {cidr: 10.0.1.0/24, az: eu-west-2}
            #                                 ^^^^^^^^^ SL725
                  private:
                    - {cidr: 10.0.2.0/24, az: eu-west-1a}
                    - {cidr: 10.0.3.0/24, az: eu-west-2}
            #                                 ^^^^^^^^^ SL725
            """
        ),
    )
    also_good = (
        """
        # file: copilot/environments/test/manifest.yml
        network:
          vpc:
            cidr: 10.0.0.0/16
            subnets: {public: [{cidr: 10.0.0.0/24, az: eu-west-1a}, {cidr: 10.0.1.0/24, az: eu-west-1b}]}
        http: {public: {certificates: [[arn]]}}
        """,
    )

    def check_environment(self, environment: EnvironmentManifest) -> Iterator[Finding]:
        first: _InRegion | None = None
        for place in (*_zones(environment), *_certificates(environment)):
            if place.is_whole:
                message = f"{place.node.text!r} is a region, not an availability zone"
                yield self.finding(place.node, message, help="write one of its zones: add a letter")
            elif first is not None and place.region != first.region:
                related = (Related(first.node.place, f"this is in {first.region}"),)
                message = f"{place.what} is in {place.region}, and the environment in {first.region}"
                yield self.finding(place.node, message, help="use one region for all of it", related=related)
            else:
                first = first or place


class _InRegion(NamedTuple):
    """What is in a region; `is_whole` where it is the region itself."""

    what: str
    region: str
    node: Scalar
    is_whole: bool = False


#: `eu-west-1a`, and zones that are named after it, such as `us-west-2-lax-1a`.
_REGION = r"(?s)([a-z]{2}(?:-[a-z]{1,20}){1,2}-[0-9])(.*)"

_CERTIFICATE = r"arn:[a-z-]{1,20}:acm:([a-z0-9-]{1,40}):"


def _zones(environment: EnvironmentManifest) -> Iterator[_InRegion]:
    for subnet in environment.vpc.subnets if environment.vpc.is_adjusted else ():
        if (
            subnet.zone is not None
            and subnet.zone.known
            and (found := re.fullmatch(_REGION, subnet.zone.text))
        ):
            yield _InRegion("the zone", found[1], subnet.zone, not found[2])


def _certificates(environment: EnvironmentManifest) -> Iterator[_InRegion]:
    for certificates in (environment.public_certificates, environment.private_certificates):
        for node in items_of(certificates):
            if isinstance(node, Scalar) and node.known and (found := re.match(_CERTIFICATE, node.text)):
                yield _InRegion("the certificate", found[1], node)

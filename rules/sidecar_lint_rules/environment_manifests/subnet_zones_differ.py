from __future__ import annotations

from collections.abc import Iterator, Sequence

from sidecar_lint import (
    Bad,
    Causes,
    EnvironmentManifest,
    Finding,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    Subnet,
    if_all_lost,
    zones,
)
from sidecar_lint_rules.environment_manifests._subnets import unread


class SubnetZonesDiffer(Rule):
    """The public and the private subnets do not match in their availability zones.

    Where subnets have an `az`, the public ones and the private ones must be in the same zones, in two at
    least, with one range for each zone. Either all subnets have an `az`, or none has.
    """

    code, name = "SL866", "subnet-zones-differ"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: the subnets do not fit the availability zones"
    sources = ("internal/pkg/manifest/validate_env.go: validateManagedVPC",)
    good = (
        """
        # file: copilot/environments/test/manifest.yml
        network:
          vpc:
            cidr: 10.0.0.0/16
            subnets:
              public:
                - {cidr: 10.0.0.0/24, az: eu-west-1a}
                - {cidr: 10.0.1.0/24, az: eu-west-1b}
              private:
                - {cidr: 10.0.2.0/24, az: eu-west-1b}
                - {cidr: 10.0.3.0/24, az: eu-west-1a}
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            network:
              vpc:
                cidr: 10.0.0.0/16
                subnets:
                  public:
                    - {cidr: 10.0.0.0/24, az: eu-west-1a}
                    - {cidr: 10.0.1.0/24, az: eu-west-1b}
            #                                 ^^^^^^^^^^ SL866
                  private:
                    - {cidr: 10.0.2.0/24, az: eu-west-1a}
                    - {cidr: 10.0.3.0/24, az: eu-west-1c}
            """
        ),
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            network:
              vpc:
                cidr: 10.0.0.0/16
                subnets:
                  public: [{cidr: 10.0.0.0/24, az: eu-west-1a}]
            #                                      ^^^^^^^^^^ SL866
                  private: [{cidr: 10.0.2.0/24, az: eu-west-1a}]
            """
        ),
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            network:
              vpc:
                cidr: 10.0.0.0/16
                subnets:
                  public: [{cidr: 10.0.0.0/24, az: eu-west-1a}, {cidr: 10.0.1.0/24, az: eu-west-1b}]
                  private: [{cidr: 10.0.2.0/24, az: eu-west-1a}, {cidr: 10.0.2.0/24, az: eu-west-1b}]
            #                                                           ^^^^^^^^^^^ SL866
            """
        ),
    )
    also_bad = (
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            network:
              vpc:
                cidr: 10.0.0.0/16
                subnets:
                  public: [{cidr: 10.0.0.0/24}, {cidr: 10.0.1.0/24}]
                  private: [{cidr: 10.0.2.0/24, az: eu-west-1a}, {cidr: 10.0.3.0/24, az: eu-west-1b}]
            #                                       ^^^^^^^^^^ SL866
            """
        ),
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            network:
              vpc:
                cidr: 10.0.0.0/16
                subnets:
                  public: [{cidr: 10.0.0.0/24, az: eu-west-1a}, {cidr: 10.0.1.0/24, az: eu-west-1b}]
                  private:
                    - {cidr: 10.0.2.0/24, az: eu-west-1a}
                    - {cidr: 10.0.2.0/24, az: eu-west-1a}
                    - {cidr: 10.0.3.0/24, az: eu-west-1b}
                    - {cidr: 10.0.4.0/24, az: eu-west-1b}
            #                ^^^^^^^^^^^ SL866
            """
        ),
    )

    def check_environment(self, environment: EnvironmentManifest) -> Iterator[Finding]:
        vpc = environment.vpc
        if not vpc.is_settled:
            return
        public, private = zones(vpc.public), zones(vpc.private)
        if public.keys() != private.keys():
            because = if_all_lost(unread(environment, name) for name in public.keys() ^ private.keys())
            yield self._differ(public, private, because)
        elif len(public) == 1:
            (zone,) = public.values()
            message = f"every `az` is {zone.text!r}"
            yield self.finding(zone, message, help="spread the subnets over two zones, or leave `az` out")
        elif public:
            yield from self._ranges("public", vpc.public, len(public))
            yield from self._ranges("private", vpc.private, len(public))

    def _differ(self, public: dict[str, Scalar], private: dict[str, Scalar], because: Causes) -> Finding:
        found = {**private, **public}
        lonely = sorted((found[name] for name in public.keys() ^ private.keys()), key=lambda each: each.span)
        first, *more = lonely
        kind, against = ("public", "private") if first.text in public else ("private", "public")
        missing = public if against == "public" else private
        message = f"there is a {kind} subnet in {first.text!r}, and no {against} one"
        help_ = (
            f"write a {against} subnet in the same zone"
            if missing
            else "write `az` for every subnet, or for none"
        )
        related = tuple(Related(node.place, "only one kind has this zone, too") for node in more)
        return self.finding(first, message, help=help_, related=related, follows_from=because)

    def _ranges(self, kind: str, subnets: Sequence[Subnet], count: int) -> Iterator[Finding]:
        ranges: dict[str, Scalar] = {}
        repeated = None
        for subnet in subnets:
            if subnet.cidr and ranges.setdefault(subnet.cidr.text, subnet.cidr) is not subnet.cidr:
                repeated = repeated or subnet.cidr
        if len(ranges) == count:
            return
        message = f"the {kind} subnets have {_counted(len(ranges), 'range')} for {_counted(count, 'availability zone')}"
        place = repeated if repeated and len(ranges) < count else list(ranges.values())[-1]
        yield self.finding(place, message, help="give each zone one range of its own")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"

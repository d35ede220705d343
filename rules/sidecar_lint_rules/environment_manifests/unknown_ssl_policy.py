from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, EnvironmentManifest, Finding, Rule, Scalar, Severity, Stage, closest


class UnknownSslPolicy(Rule):
    """`ssl_policy` is not the name of a security policy of load balancers.

    All of them begin with `ELBSecurityPolicy-`. Copilot takes any text. A policy that AWS has added since is
    not flagged.
    """

    code, name = "SL863", "unknown-ssl-policy"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "CloudFormation refuses the HTTPS listener: there is no such policy"
    sources = ("Elastic Load Balancing: security policies for Application Load Balancers",)
    good = (
        """
        # file: copilot/environments/test/manifest.yml
        http:
          public: {ssl_policy: ELBSecurityPolicy-TLS13-1-2-2021-06}
          private: {ssl_policy: '${POLICY}'}
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            http:
              public:
                ssl_policy: TLS13-1-2-2021-06
            #               ^^^^^^^^^^^^^^^^^ SL863
            """,
            fixed="ssl_policy: ELBSecurityPolicy-TLS13-1-2-2021-06",
        ),
    )

    def check_environment(self, environment: EnvironmentManifest) -> Iterator[Finding]:
        for load_balancer in ("public", "private"):
            policy = environment.scalar("http", load_balancer, "ssl_policy")
            if policy is not None and policy.known and not policy.text.startswith(_PREFIX):
                yield self._unknown(policy)

    def _unknown(self, policy: Scalar) -> Finding:
        meant = f"{_PREFIX}{policy.text}"
        nearest = meant if meant in _KNOWN else closest(policy.text, _KNOWN)
        help_ = "" if nearest else f"write a name that begins with `{_PREFIX}`"
        return self.finding(policy, f"{policy.text!r} is not a security policy", replace=nearest, help=help_)


_PREFIX = "ELBSecurityPolicy-"
#: Those of Application Load Balancers, for suggestions only.
_KNOWN = tuple(
    f"{_PREFIX}{name}"
    for name in (
        "2016-08",
        "FS-1-2-Res-2020-10",
        "TLS-1-2-2017-01",
        "TLS-1-2-Ext-2018-06",
        "TLS13-1-2-2021-06",
        "TLS13-1-2-Res-2021-06",
        "TLS13-1-3-2021-06",
    )
)

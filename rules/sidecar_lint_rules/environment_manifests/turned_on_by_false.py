from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, EnvironmentManifest, Finding, Mapping, Rule, Scalar, Severity, Stage


class TurnedOnByFalse(Rule):
    """Something is turned on by a field that says that it is off.

    `flow_logs: false` turns the flow logs of the VPC on, as `true` does: Copilot looks only whether the field
    is written. `cdn` turns CloudFront on for any map, `{terminate_tls: false}` too.
    """

    code, name = "SL879", "turned-on-by-false"
    severity, stage = Severity.ERROR, Stage.SILENT
    effect = "Copilot looks only whether the field is there, and keeps flow logs for 14 days"
    sources = (
        "internal/pkg/manifest/env.go: VPCFlowLogs, EnvironmentCDNConfig",
        "templates/environment/cf.yml",
    )
    good = (
        """
        # file: copilot/environments/test/manifest.yml
        network: {vpc: {flow_logs: true}}
        cdn: false
        # file: copilot/environments/prod/manifest.yml
        network: {vpc: {flow_logs: {retention: 30}}}
        cdn: {terminate_tls: true}
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            network:
              vpc:
                flow_logs: false
            #              ^^^^^ SL879
            cdn:
            ^^^ SL879
              terminate_tls: false
            """
        ),
    )

    def check_environment(self, environment: EnvironmentManifest) -> Iterator[Finding]:
        logs, cdn = environment.scalar("network", "vpc", "flow_logs"), environment.get("cdn")
        if (
            logs is not None
            and logs.as_bool is False
            and not environment.overrides_template("DeliverLogsPermissionArn")
        ):
            message = "`flow_logs: false` turns the flow logs on"
            yield self.finding(logs, message, help="remove it: without it there are none")
        if isinstance(cdn, Mapping) and _is_off(cdn):
            message = "a map under `cdn` turns CloudFront on, whatever is in it"
            help_ = "write `cdn: true` if it is meant, else remove it"
            yield self.finding(
                cdn.key or cdn,
                message,
                help=help_,
                effect="Copilot puts CloudFront before the load balancer",
                severity=Severity.WARNING,
            )


def _is_off(cdn: Mapping) -> bool:
    """Whether all that a map says is that TLS is not to be ended."""
    terminates = cdn.get("terminate_tls")
    others = any(cdn.get(name) is not None for name in ("certificate", "static_assets"))
    return isinstance(terminates, Scalar) and terminates.as_bool is False and not others

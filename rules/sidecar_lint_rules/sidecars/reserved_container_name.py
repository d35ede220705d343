from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import LOG_ROUTER, TRACING_CONTAINER, Bad, Finding, Manifest, Rule, Severity, Stage


class ReservedContainerName(Rule):
    """A sidecar has the name of a container that Copilot adds itself.

    The service's own container is called as the service, the log router of `logging`
    `firelens_log_router`, and the collector of `observability.tracing` `aws-otel-collector`. Copilot
    writes both containers into the task definition.
    """

    code, name = "SL135", "reserved-container-name"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "ECS refuses the task definition: two containers have one name"
    sources = ("workloads/partials/cf/sidecars.yml", "workloads/partials/cf/workload-container.yml")
    good = (
        "sidecars: {firelens_log_router: {image: fluent-bit}, aws-otel-collector: {image: otel}}",
        "sidecars: {aws-otel-collector: {image: otel}}\nobservability: {tracing: awsxray}\ntype: Scheduled Job",
    )
    bad = (
        Bad(
            """
            sidecars:
              api: {image: nginx}
            # ^^^ SL135
              firelens_log_router: {image: fluent-bit}
            # ^^^^^^^^^^^^^^^^^^^ SL135
              aws-otel-collector: {image: otel}
            # ^^^^^^^^^^^^^^^^^^ SL135
            logging: {destination: {Name: cloudwatch}}
            observability: {tracing: awsxray}
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        owners = {manifest.name: "the service's own container"} if manifest.main_is_known else {}
        if manifest.firelens:
            owners[LOG_ROUTER] = "the log router that logging adds"
        if manifest.traces:
            owners[TRACING_CONTAINER] = "the collector that observability.tracing adds"
        for sidecar in manifest.sidecars:
            if sidecar.key is not None and sidecar.name in owners:
                message = f"{sidecar.name!r} is the name of {owners[sidecar.name]}"
                yield self.finding(sidecar.key, message, help="give the sidecar another name")

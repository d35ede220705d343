from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, deployed_log_output, sends_to_itself


class RouterSendsToItself(Rule):
    """The log router forwards the logs to its own input.

    ECS configures the log router to take the logs of the other containers on port 24224 of
    127.0.0.1. The output `forward` sends to that same place where no `Host` is written, or
    `localhost` with that port: what goes out comes in again. `Host` has to name another machine, or
    `Port` the port of a sidecar.
    """

    code, name = "SL225", "router-sends-to-itself"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "every entry comes back as a new one, until the memory of the log router is used up"
    sources = (
        "amazon-ecs-agent: firelensconfig_unix.go (the generated input)",
        "fluent-bit: plugins/out_forward/forward.c, flb_output_net_default",
        "aws-samples/amazon-ecs-firelens-examples#35",
    )
    good = (
        "logging: {destination: {Name: forward, Host: logs.example.com}}",
        """
        logging: {destination: {Name: forward, Host: 127.0.0.1, Port: 24225}}
        sidecars: {collector: {image: otel/opentelemetry-collector-contrib, port: 24225}}
        """,
    )
    bad = (
        Bad(
            """
            logging:
              destination:
                Name: forward
            #         ^^^^^^^ SL225
            """
        ),
        Bad(
            """
            logging:
              destination:
                Name: forward
                Host: localhost
            #         ^^^^^^^^^ SL225
                Port: 24224
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        output = deployed_log_output(manifest)
        if output is None or not sends_to_itself(manifest, output):
            return
        host = output.options.get("host")
        place = host.node if host else output.name
        message = "the output forward sends to port 24224 of this task, which is the log router's own"
        yield self.finding(place, message, help="write the Host that is to get the logs, or a sidecar's Port")

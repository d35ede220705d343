from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage

_USES = {"24224": "to receive the logs", "8877": "for its health check"}


class LogRouterPortTaken(Rule):
    """A container wants a port that the log router has.

    All containers of a task share one network. With FireLens on, the log router that Copilot adds
    listens on port 24224 for logs and on 8877 for its health check, so another container cannot.
    """

    code, name = "SL206", "log-router-port-taken"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the container or the log router fails to listen on the port, and the task stops"
    sources = ("amazon-ecs-agent: firelensconfig_unix.go",)
    good = (
        """
        logging: {retention: 7}
        sidecars:
          fluentd: {image: fluent/fluentd, port: 24224}
        """,
        """
        logging: {destination: {Name: stdout}}
        sidecars:
          fluentd: {image: fluent/fluentd, port: 24225}
        """,
    )
    bad = (
        Bad(
            """
            logging:
              destination: {Name: stdout}
            sidecars:
              fluentd:
                image: fluent/fluentd
                port: 24224
            #         ^^^^^ SL206
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if not manifest.firelens:
            return
        for container in manifest.containers.values():
            port = container.port
            if port is None or not port.known:
                continue
            number, _, protocol = port.text.lower().partition("/")
            if number in _USES and protocol in ("", "tcp"):
                message = f"the log router uses port {number} {_USES[number]}"
                yield self.finding(port, message, help="let the container listen on another port")

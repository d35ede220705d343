from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    FLUENT_BIT,
    MISPLACED_OPTIONS,
    Bad,
    Finding,
    Manifest,
    Rule,
    Severity,
    Stage,
    is_misplaced,
    router_type,
)

_MATCH = "leave it out: ECS writes it, for the logs of this container"
_TWICE = "the output has it twice, and Fluent Bit goes by the one that it reads last"


class MisplacedDestinationOption(Rule):
    """An option in `logging.destination` that is not one of an output plugin.

    Everything under `destination` is handed to the output plugin, apart from `include-pattern`,
    `exclude-pattern` and `log-driver-buffer-limit`. What configures the log router itself has fields of its own under
    `logging`, and `awslogs-…` belongs to a log driver that Copilot does not use here. Plugins written
    in C refuse an option that they do not know, and Fluent Bit ends. `Match` no output refuses; but
    ECS writes one already, for the logs of this container.
    """

    code, name = "SL203", "misplaced-destination-option"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "it is handed to the output plugin, which refuses or ignores it"
    sources = (
        "amazon-ecs-agent: firelensconfig_unix.go",
        "Amazon ECS developer guide: FireLens task definition parameters",
    )
    good = (
        "logging: {destination: {Name: datadog, log-driver-buffer-limit: 2097152}, enableMetadata: false}",
    )
    bad = (
        Bad(
            """
            logging:
              destination:
                Name: cloudwatch
                enable-ecs-log-metadata: true
            #   ^^^^^^^^^^^^^^^^^^^^^^^ SL203
                Match: '*'
            #   ^^^^^ SL203
                awslogs-group: /api
            #   ^^^^^^^^^^^^^ SL203
            """
        ),
    )
    also_good = (
        """
        type: Request-Driven Web Service
        logging: {region: us-west-2, destination: {Name: cloudwatch}}
        """,
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if not manifest.is_ecs or router_type(manifest) != FLUENT_BIT:
            return
        for key, _ in manifest.mapping("logging", "destination"):
            plain = key.text.lower()
            if plain in MISPLACED_OPTIONS:
                message = f"{key.text!r} is not an option of an output plugin"
                yield self.finding(key, message, help=MISPLACED_OPTIONS[plain])
            elif plain == "match":
                yield self.finding(
                    key, "ECS writes 'Match' itself", help=_MATCH, effect=_TWICE, stage=Stage.SILENT
                )
            elif is_misplaced(plain):
                message = f"{key.text!r} is an option of the awslogs driver, not of FireLens"
                yield self.finding(key, message, help="write the option of the output plugin instead")

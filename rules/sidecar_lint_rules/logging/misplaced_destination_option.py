from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    FLUENT_BIT,
    MISPLACED_OPTIONS,
    Bad,
    Finding,
    Manifest,
    Node,
    Rule,
    Scalar,
    Severity,
    Stage,
    is_misplaced,
    router_type,
)
from sidecar_lint_rules.logging._config_files import config_file_fault

#: What names a file that the log router is to include.
_CONFIG_FILES = ("config-file-value", "configfilepath")
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
                awslogs-region: eu-west-1
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if not manifest.is_ecs or router_type(manifest) != FLUENT_BIT:
            return
        first: Scalar | None = None
        for key, value in manifest.mapping("logging", "destination"):
            plain = key.text.lower()
            if plain in MISPLACED_OPTIONS:
                message = f"{key.text!r} is not an option of an output plugin"
                fault = _config_file_fault(manifest, plain, value)
                help_ = (
                    f"move it to `logging.configFilePath`, and {fault}" if fault else MISPLACED_OPTIONS[plain]
                )
                yield self.finding(key, message, help=help_)
            elif plain == "match":
                yield self.finding(
                    key, "ECS writes 'Match' itself", help=_MATCH, effect=_TWICE, stage=Stage.SILENT
                )
            elif is_misplaced(plain):
                message = f"{key.text!r} is an option of the awslogs driver, not of FireLens"
                destination = manifest.mapping("logging", "destination")
                # Whoever means that driver has several of its options.
                cause = (self.code, first) if first else ("SL202", destination.key or destination)
                first = first or key
                yield self.finding(
                    key,
                    message,
                    help="leave it out: the output plugin has options of its own",
                    follows_from=[cause],
                )


def _config_file_fault(manifest: Manifest, option: str, value: Node) -> str:
    """What to do about a file that the log router could not include where it belongs, either."""
    is_file = option in _CONFIG_FILES and isinstance(value, Scalar) and value.known
    fault = (
        config_file_fault(value.text, manifest.mapping("logging"))
        if is_file and isinstance(value, Scalar)
        else None
    )
    return fault.help if fault else ""

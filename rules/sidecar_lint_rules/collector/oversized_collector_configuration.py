from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage
from sidecar_lint_rules.collector._certainty import weight_in_parameter

if TYPE_CHECKING:
    from sidecar_lint import Configuration, ConfigurationSize

STANDARD, ADVANCED = 4096, 8192
#: With 291 lines of 14 bytes between them, the last line is the one that does not fit.
_HEAD = "# file: otel-config.yaml\nreceivers:\nexporters:\n"
_LAST = "  debug/last:\n^^^^^^^^^^^^^ SL924\n"


def _stored(comment: str) -> Bad:
    """A configuration that an input file of `copilot secret init` holds."""
    return Bad(
        f"""
        environments: {{test: {{count: 1}}}}
        sidecars:
          otel:
            image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
            secrets: {{AOT_CONFIG_CONTENT: '/copilot/shop/${{COPILOT_ENVIRONMENT_NAME}}/secrets/otel'}}
        # file: secrets.yml
        otel:
          test: |
            receivers: {{otlp: }}
            #{comment}
        #   {"^" * len(f"#{comment}")} SL924
        """
    )


class OversizedCollectorConfiguration(Rule):
    """A collector's configuration is larger than the parameter that it goes into.

    A standard parameter of Systems Manager holds 4,096 bytes, an advanced one 8,192. `copilot secret
    init` does not ask for an advanced one, so the account's default counts, which is standard where
    nobody has changed it. What usually helps: comments and empty lines, four spaces of indentation where
    two would do, and an anchor (`&name`, `*name`) for what is written twice.

    A text with characters beyond ASCII has more bytes than characters. Where only the bytes are too
    many, it is a warning. Of a file that no manifest is known to use, nobody knows whether a parameter holds
    it: this is only information. A secret of Secrets Manager and a variable hold more.
    """

    code, name = "SL924", "oversized-collector-configuration"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "Systems Manager refuses the parameter"
    sources = (
        "AWS Systems Manager: PutParameter, ValidationException",
        "aws/copilot-cli: internal/pkg/aws/ssm",
    )
    good = (
        """
        # file: otel-config.yaml
        receivers:
          otlp:
            protocols:
              grpc:
        exporters:
          awsxray:
        service:
          pipelines:
            traces:
              receivers: [otlp]
              exporters: [awsxray]
        """,
    )
    bad = (Bad(_HEAD + "".join(f"  debug/{number:04}:\n" for number in range(291)) + _LAST),)

    also_good = (
        f"""
        sidecars:
          otel:
            image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
            variables:
              AOT_CONFIG_CONTENT: |
                receivers: {{otlp: }}
                # {"a" * STANDARD}
        """,
    )
    also_bad = (_stored("é" * (STANDARD // 2)), _stored("a" * STANDARD))

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        size = configuration.size
        if configuration.stored is False or not size.over:
            return
        severity, effect = weight_in_parameter(self, configuration)
        fits_none = size.bytes > ADVANCED
        limit = "8,192 of an advanced one" if fits_none else "4,096 of a standard one"
        only_bytes = size.characters <= (ADVANCED if fits_none else STANDARD)
        over = size.bytes - (ADVANCED if fits_none else STANDARD)
        yield self.finding(
            configuration.overflow,
            f"the configuration has {size.bytes:,} bytes, {over:,} more than the {limit}",
            help=_help(size),
            severity=severity or (Severity.WARNING if only_bytes else None),
            effect=effect,
        )


def _help(size: ConfigurationSize) -> str:
    """What would make it smaller, and by how much."""
    parts = []
    if size.comments:
        parts.append(f"comments and empty lines take {size.comments:,} bytes")
    if size.indentation:
        parts.append(f"two spaces of indentation would save {size.indentation:,}")
    if STANDARD < size.bytes <= ADVANCED:
        parts.append("an advanced parameter, made without Copilot, would hold it")
    return "; ".join(parts) or "anchors (`&name`, `*name`) help where blocks are repeated"

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Finding,
    LogOutput,
    Manifest,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    deployed_log_output,
    enumerated,
    is_inherited_option,
    log_output,
)


class InheritedOutputOptions(Rule):
    """An environment names another output and inherits the options of the first one.

    Copilot merges `logging.destination` key by key: what an environment does not write stays as it
    is above, and nothing can be taken away. An environment that changes `Name` alone therefore
    hands the new output the options of the old one. Options that differ must not be in the base:
    write the whole `destination` in each environment.
    """

    code, name = "SL208", "inherited-output-options"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "Fluent Bit refuses an option that the output does not know, and ends, and every task with it"
    sources = (
        "internal/pkg/manifest/transform.go, mergo: maps are merged by key",
        "aws/aws-for-fluent-bit#348",
    )
    good = (
        """
        logging:
          destination: {Name: cloudwatch, region: us-west-2, log_group_name: /api}
        environments:
          prod:
            logging: {destination: {log_group_name: /prod/api}}
        """,
        """
        environments:
          test:
            logging: {destination: {Name: cloudwatch, region: us-west-2, log_group_name: /api}}
          prod:
            logging: {destination: {Name: datadog}}
        """,
    )
    bad = (
        Bad(
            """
            logging:
              destination: {Name: cloudwatch, region: us-west-2, log_group_name: /api, log_stream_prefix: a}
            environments:
              prod:
                logging:
                  destination:
                    Name: datadog
            #             ^^^^^^^ SL208
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        after = deployed_log_output(manifest)
        if after is None:
            return
        inherited = [key for key in after.unknown_keys if is_inherited_option(manifest, key)]
        before = log_output(manifest.base) if inherited else None
        if before is not None:
            yield self._inherited(before, after, inherited)

    def _inherited(self, before: LogOutput, after: LogOutput, keys: list[Scalar]) -> Finding:
        first, other = before.plugin, after.plugin
        names = enumerated(key.text for key in keys)
        return self.finding(
            after.name,
            f"the output {other.name} inherits options written for {first.name} that it does not know: {names}",
            effect=None if other.is_strict else f"{other.name} ignores them",
            stage=None if other.is_strict else Stage.SILENT,
            severity=None if other.is_strict else Severity.INFO,
            help="write destination in each environment rather than in the base",
            related=tuple(Related(key.span, f"written for {first.name}") for key in keys),
        )

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Related, Rule, Scalar, Severity, Stage

#: Fluent Bit's own options for every output, those of the ECS agent, and what many outputs share.
_COMMON = frozenset(
    (
        "alias",
        "compress",
        "endpoint",
        "exclude-pattern",
        "format",
        "host",
        "include-pattern",
        "json_date_format",
        "json_date_key",
        "log-driver-buffer-limit",
        "log_key",
        "log_level",
        "match",
        "name",
        "port",
        "region",
        "retry_limit",
        "role_arn",
        "sts_endpoint",
        "time_key",
        "time_key_format",
        "uri",
        "workers",
    )
)
_COMMON_GROUPS = ("tls", "net.", "storage.", "aws_", "http_")
#: Outputs of which one is the other's second implementation.
_TWINS = (
    {"cloudwatch", "cloudwatch_logs"},
    {"firehose", "kinesis_firehose"},
    {"kinesis", "kinesis_streams"},
    {"es", "opensearch"},
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
    effect = (
        "the other output gets options that it does not know; many outputs refuse them, and the task stops"
    )
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
        if manifest.is_base or not manifest.is_ecs:
            return
        before = manifest.base.scalar("logging", "destination", "Name")
        after = manifest.scalar("logging", "destination", "Name")
        if before is None or after is None or not _is_another(before, after):
            return
        inherited = list(_inherited(manifest))
        if inherited:
            names = ", ".join(key.text for key in inherited)
            message = f"output {after.text!r} inherits the options of {before.text!r}: {names}"
            related = tuple(Related(key.span, f"an option of {before.text}") for key in inherited)
            help_ = "write destination in each environment rather than in the base"
            yield self.finding(after, message, help=help_, related=related)


def _is_another(before: Scalar, after: Scalar) -> bool:
    names = {before.text.lower(), after.text.lower()}
    known = before.known and after.known and bool(after.text)
    return known and len(names) > 1 and names not in _TWINS


def _inherited(manifest: Manifest) -> Iterator[Scalar]:
    """The keys of the base's options that the environment does not write again."""
    base = manifest.base.mapping("logging", "destination")
    for key, value in manifest.mapping("logging", "destination"):
        plain = key.text.lower()
        if (
            base.entries.get(key.text) is value
            and plain not in _COMMON
            and not plain.startswith(_COMMON_GROUPS)
        ):
            yield key

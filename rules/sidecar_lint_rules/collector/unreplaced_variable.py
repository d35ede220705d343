from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sidecar_lint import Bad, Edit, Finding, Fix, Rule, Scalar, Severity, Span, Stage, quoted

if TYPE_CHECKING:
    from sidecar_lint import Configuration

#: A name as people give variables: capitals, and nothing that makes a regular expression or a reference of it.
_NAME: Final = r"(?<![$\\\w])\$([A-Z][A-Z0-9_]{2,63})(?![\w$])"
_SECRET: Final = r"(?i)pass|secret|token|key|regex|pattern|expression|statement|condition|replacement"


class UnreplacedVariable(Rule):
    """A value of the collector's configuration has `$NAME`, which it does not replace any more.

    Up to v0.40 the AWS distribution replaced `$NAME` and `${NAME}` alike. Since v0.41 only `${env:NAME}` and
    `${NAME}` are; `$NAME` stays as it is.
    """

    code, name = "SL933", "unreplaced-variable"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "the collector takes the text itself, with its `$`"
    sources = (
        "opentelemetry-collector: confmap/expand.go; its release v0.104.0",
        "aws-observability/aws-otel-collector: pkg/config/config_factory.go of v0.40.2 and v0.41.0",
    )
    good = (
        """
        # file: otel-config.yaml
        receivers: {otlp: {protocols: {grpc: }}}
        exporters: {awsxray: {region: '${env:AWS_REGION}', resource_arn: '$$NAME', role_arn: cost in $US}}
        service: {pipelines: {traces: {receivers: [otlp], exporters: [awsxray]}}}
        """,
    )
    bad = (
        Bad(
            """
            # file: otel-config.yaml
            receivers: {otlp: {protocols: {grpc: }}}
            exporters: {awsxray: {region: $AWS_REGION}}
            #                             ^^^^^^^^^^^ SL933
            service: {pipelines: {traces: {receivers: [otlp], exporters: [awsxray]}}}
            """,
            fixed="region: '${env:AWS_REGION}'",
        ),
    )
    also_good = (
        """
        # file: otel-config.yaml
        receivers: {otlp: {protocols: {grpc: }}}
        exporters: {awsxray: {region: eu-west-1, api_key: 'a$WORDS+more'}}
        service: {pipelines: {traces: {receivers: [otlp], exporters: [awsxray]}}}
        """,
    )
    also_bad = (
        Bad(
            r"""
            # file: otel-config.yaml
            receivers: {otlp: {protocols: {grpc: }}}
            exporters: {awsxray: {region: "\t$AWS_REGION", api_key: '$API_KEY', indexed_attributes: [$NAME]}}
            #                             ^^^^^^^^^^^^^^^ SL933
            #                                                        ^^^^^^^^ SL933
            #                                                                                        ^^^^^ SL933
            service: {pipelines: {traces: {receivers: [otlp], exporters: [awsxray]}}}
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        if not configuration.reader.is_strict:
            return
        for scalar in configuration.scalars:
            for match in (
                re.finditer(_NAME, scalar.text) if "$" in scalar.text and _may_be_one(scalar) else ()
            ):
                yield self._finding(configuration.source.text, scalar, match)

    def _finding(self, text: str, scalar: Scalar, match: re.Match[str]) -> Finding:
        start = text.find(scalar.text, scalar.span.start, scalar.span.end)
        written = f"${{env:{match[1]}}}"
        span = Span(start + match.start(), start + match.end()) if start != -1 else scalar.place
        can_mend = start != -1 and not scalar.alias
        fixes = (Fix(f"write {written}", (_edit(scalar, match, span, written),)),) if can_mend else ()
        return self.finding(span, f"{match[0]} is not replaced", help=f"write {written}", fixes=fixes)


def _edit(scalar: Scalar, match: re.Match[str], span: Span, written: str) -> Edit:
    """The reference in the place of the name; a plain text gets quotes, since a brace may end it."""
    if scalar.style:
        return Edit(span, written)
    whole = scalar.text[: match.start()] + written + scalar.text[match.end() :]
    return Edit(scalar.span, quoted(whole, "'"))


def _may_be_one(scalar: Scalar) -> bool:
    """Whether a `$` of a text is likely a variable's: in a password it may be a letter as any other."""
    key = scalar.key.text if scalar.key else ""
    return not re.search(_SECRET, key) or re.fullmatch(_NAME, scalar.text) is not None

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Bad, Finding, Rule, Severity, Stage

if TYPE_CHECKING:
    from sidecar_lint import Configuration


class PartlyCheckedCollector(Rule):
    """A part of a collector's configuration is not judged, since what reads it is not known well enough.

    The newest release that is known here would refuse something, and a later one is taken to be the same.
    Of releases before v0.36.0, of an image whose tag names no release, and of one that is not known to be the
    AWS distribution, only what never changed is an error; the rest is told at a lower severity, or where it
    may well be right, not at all. This says that there is something of that kind. Nothing is said of a
    configuration that the newest known release takes.
    """

    code, name = "SL931", "partly-checked-collector"
    severity, stage = Severity.INFO, Stage.TASK
    effect = "what only the release that reads it knows is not known here"
    sources = ("tables/collector.yml and tables/collector_history.json",)
    good = (
        """
        sidecars:
          otel:
            image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
            variables:
              AOT_CONFIG_CONTENT: |
                receivers: {otlp: {protocols: {grpc: }}}
                exporters: {awsxray: }
                service: {pipelines: {traces: {receivers: [otlp], exporters: [awsxray]}}}
        """,
    )
    also_good = (
        """
        sidecars:
          otel:
            image: otel/opentelemetry-collector-contrib:0.131.0
            command: ["--config=env:OTEL_CONFIG"]
            variables:
              OTEL_CONFIG: |
                receivers: {fluentforward: {endpoint: 'localhost:24225'}}
                exporters: {debug: }
                service: {pipelines: {logs: {receivers: [fluentforward], exporters: [debug]}}}
        """,
    )
    bad = (
        Bad(
            """
            sidecars:
              otel:
                image: public.ecr.aws/aws-observability/aws-otel-collector:v0.30.0
                variables:
                  AOT_CONFIG_CONTENT: |
                    receivers: {otlp: {protocols: {grpc: }}}
                    exporters: {otlp: {endpoint: 'example.com:4317', batcher: {}}}
            #                                                        ^^^^^^^ SL931
                    service: {pipelines: {traces: {receivers: [otlp], exporters: [otlp]}}}
            """
        ),
    )
    also_bad = (
        Bad(
            """
            sidecars:
              otel:
                image: public.ecr.aws/aws-observability/aws-otel-collector:v0.30.0
                variables:
                  AOT_CONFIG_CONTENT: |
                    receivers: {otlp: {protocols: {grpc: }}}
                    exporters: {otlp: {endpoint: 'example.com:4317', batcher: {}}, otlp/2: {endpoint: 'example.com:4317', batcher: {}}}
            #                                                        ^^^^^^^ SL931
                    service: {pipelines: {traces: {receivers: [otlp], exporters: [otlp, otlp/2]}}}
            """
        ),
    )

    def check_collector(self, configuration: Configuration) -> Iterator[Finding]:
        unjudged, reader = configuration.unjudged, configuration.reader
        if not unjudged or configuration.surroundings.is_upstream:
            return  # that another distribution has what it has need not be told
        more = f", and {len(unjudged) - 1} more" if len(unjudged) > 1 else ""
        if reader.later:
            message = f"{reader.later} is newer than what is known here, and judged as {reader.newest_known}"
        elif not reader.is_adot:
            message = f"this is not judged{more}: the image is not known to be the AWS distribution"
        else:
            message = (
                f"this is not judged{more}: {reader.newest_known} refuses it, and an earlier release may not"
            )
        yield self.finding(unjudged[0], message)

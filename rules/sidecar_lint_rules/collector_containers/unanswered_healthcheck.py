from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sidecar_lint import (
    ADOT_COLLECTOR,
    Bad,
    Finding,
    Manifest,
    Mapping,
    NamedTuple,
    Rule,
    Scalar,
    Sequence,
    Severity,
    Stage,
    collectors_of,
    is_container_overridden,
    task_collectors,
)

if TYPE_CHECKING:
    from sidecar_lint import Configuration

_PROGRAM: Final = "/healthcheck"
_PORT: Final = "13133"
_SILENCE: Final = "the check always fails: nothing listens at port {}"


class UnansweredHealthcheck(Rule):
    """A collector is asked for its health where nothing of its configuration answers.

    `/healthcheck`, the program in the image of the AWS distribution, asks `http://127.0.0.1:13133/`, or
    another port that `--port` names. The extension `health_check` answers there, where the service
    starts it, at the port and the path that it is given; the files that come with the image start it.

    This rests on the sources of the collector and of its extension.
    """

    code, name = "SL930", "unanswered-healthcheck"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the check always fails: connection refused"
    sources = (
        "aws-observability/aws-otel-collector: cmd/healthcheck/main.go",
        "opentelemetry-collector-contrib: extension/healthcheckextension",
        "aws-observability/aws-otel-collector, issue 2309",
    )
    good = (
        """
        sidecars:
          otel:
            image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
            healthcheck: {command: [CMD, /healthcheck]}
            variables:
              AOT_CONFIG_CONTENT: |
                extensions: {health_check: }
                receivers: {otlp: {protocols: {grpc: }}}
                exporters: {awsxray: }
                service:
                  extensions: [health_check]
                  pipelines: {traces: {receivers: [otlp], exporters: [awsxray]}}
        """,
        """
        sidecars:
          otel:
            image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
            healthcheck: {command: [CMD, /healthcheck, --port=13134]}
            variables:
              AOT_CONFIG_CONTENT: |
                extensions: {health_check: {endpoint: '0.0.0.0:13134'}}
                receivers: {otlp: {protocols: {grpc: }}}
                exporters: {awsxray: }
                service:
                  extensions: [health_check]
                  pipelines: {traces: {receivers: [otlp], exporters: [awsxray]}}
        """,
        """
        sidecars:
          otel:
            image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
            healthcheck: {command: [CMD-SHELL, '/healthcheck || exit 1']}
            variables:
              AOT_CONFIG_CONTENT: |
                receivers: {otlp: {protocols: {grpc: }}}
                exporters: {awsxray: }
                service: {pipelines: {traces: {receivers: [otlp], exporters: [awsxray]}}}
          asking:
            image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
            healthcheck: {command: [CMD, /healthcheck, '${PORT}']}
            variables:
              AOT_CONFIG_CONTENT: |
                receivers: {otlp: {protocols: {grpc: }}}
                exporters: {awsxray: }
                service: {pipelines: {traces: {receivers: [otlp], exporters: [awsxray]}}}
          helping:
            image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
            healthcheck: {command: [CMD, /healthcheck, --help]}
            variables:
              AOT_CONFIG_CONTENT: |
                receivers: {otlp: {protocols: {grpc: }}}
                exporters: {awsxray: }
                service: {pipelines: {traces: {receivers: [otlp], exporters: [awsxray]}}}
          verbose:
            image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
            healthcheck: {command: [CMD, /healthcheck, --port, '13134', -v]}
            variables:
              AOT_CONFIG_CONTENT: |
                receivers: {otlp: {protocols: {grpc: }}}
                exporters: {awsxray: }
                service: {pipelines: {traces: {receivers: [otlp], exporters: [awsxray]}}}
        """,
    )
    bad = (
        Bad(
            """
            sidecars:
              otel:
                image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
                healthcheck: {command: [CMD, /healthcheck]}
            #                                ^^^^^^^^^^^^ SL930
                variables:
                  AOT_CONFIG_CONTENT: |
                    receivers: {otlp: {protocols: {grpc: }}}
                    exporters: {awsxray: }
                    service:
                      pipelines: {traces: {receivers: [otlp], exporters: [awsxray]}}
            """,
        ),
        Bad(
            """
            sidecars:
              otel:
                image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
                healthcheck: {command: [CMD, /healthcheck]}
            #                                ^^^^^^^^^^^^ SL930
                variables:
                  AOT_CONFIG_CONTENT: |
                    extensions: {health_check: {endpoint: '0.0.0.0:13134'}}
                    receivers: {otlp: {protocols: {grpc: }}}
                    exporters: {awsxray: }
                    service:
                      extensions: [health_check]
                      pipelines: {traces: {receivers: [otlp], exporters: [awsxray]}}
            """,
        ),
        Bad(
            """
            sidecars:
              otel:
                image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
                healthcheck: {command: [CMD, /healthcheck, --port=13133]}
            #                                ^^^^^^^^^^^^ SL930
                variables:
                  AOT_CONFIG_CONTENT: |
                    extensions: {health_check: {endpoint: '0.0.0.0:13134'}}
                    receivers: {otlp: {protocols: {grpc: }}}
                    exporters: {awsxray: }
                    service:
                      extensions: [health_check]
                      pipelines: {traces: {receivers: [otlp], exporters: [awsxray]}}
            """
        ),
        Bad(
            """
            sidecars:
              otel:
                image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
                healthcheck: {command: [CMD, /healthcheck, --port, '13134']}
            #                                ^^^^^^^^^^^^ SL930
                variables:
                  AOT_CONFIG_CONTENT: |
                    extensions: {health_check: {endpoint: '0.0.0.0:13133', path: /up}}
                    receivers: {otlp: {protocols: {grpc: }}}
                    exporters: {awsxray: }
                    service:
                      extensions: [health_check]
                      pipelines: {traces: {receivers: [otlp], exporters: [awsxray]}}
            """
        ),
    )
    also_bad = (
        Bad(
            """
            sidecars:
              otel:
                image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
                command: [--config=/etc/ecs/ecs-default-config.yaml]
                healthcheck: {command: [CMD, /healthcheck, --port=13134]}
            #                                ^^^^^^^^^^^^ SL930
              mine:
                image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
                command: [--config=/etc/mine.yaml]
                healthcheck: {command: [CMD, /healthcheck, --port=13134]}
            """
        ),
        Bad(
            """
            sidecars:
              otel:
                image: public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1
                healthcheck: {command: [CMD, /healthcheck]}
            #                                ^^^^^^^^^^^^ SL930
                variables:
                  AOT_CONFIG_CONTENT: |
                    extensions: {health_check: }
                    receivers: {otlp: {protocols: {grpc: }}}
                    exporters: {awsxray: }
                    service: {pipelines: {traces: {receivers: [otlp], exporters: [awsxray]}}}
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for collector in collectors_of(manifest):
            image = collector.container.image_reference
            asked = (
                _asked(collector.container.healthcheck) if image and image.kind == ADOT_COLLECTOR else None
            )
            if asked and is_container_overridden(manifest, collector.container.name, "HealthCheck"):
                continue
            if asked and collector.configuration:
                word, port = asked
                if fault := _fault(collector.configuration, port):
                    yield self.finding(word, fault.message, help=fault.help, effect=fault.effect)
        yield from self._of_image(manifest)

    def _of_image(self, manifest: Manifest) -> Iterator[Finding]:
        """Of collectors with a file of the image, which all start the extension at its usual port."""
        configured = {collector.container.name for collector in collectors_of(manifest)}
        for collector in task_collectors(manifest):
            container = collector.container
            asked = _asked(container.healthcheck) if container and container.name not in configured else None
            if asked is None or container is None or not collector.is_known or collector.file_fault:
                continue
            word, port = asked
            if port != _PORT and not is_container_overridden(manifest, container.name, "HealthCheck"):
                message = f"the image's own configuration answers at port {_PORT}, and this asks port {port}"
                help_ = f"write [CMD, {_PROGRAM}]"
                yield self.finding(word, message, help=help_, effect=_SILENCE.format(port))


def _asked(healthcheck: Mapping | None) -> tuple[Scalar, str] | None:
    """The word that calls the program, and the port that it asks; None where that is not what a check does."""
    node = healthcheck.get("command") if healthcheck else None
    items = node.items if isinstance(node, Sequence) else []
    words = [word for word in items if isinstance(word, Scalar) and word.known]
    texts = [word.text for word in words]
    if texts[:2] != ["CMD", _PROGRAM] or len(words) < len(items):
        return None
    arguments = [part for text in texts[2:] for part in text.lstrip("-").split("=", 1)]
    if not arguments:
        return words[1], _PORT
    return (words[1], arguments[1]) if arguments[0] == "port" and len(arguments) == 2 else None  # noqa: PLR2004


class _Fault(NamedTuple):
    """Why nothing answers, what to do, and what happens."""

    message: str
    help: str
    effect: str


def _fault(configuration: Configuration, port: str) -> _Fault | None:
    """Why nothing answers at a port; None where something may."""
    silence = _SILENCE.format(port)
    answers = configuration.health_checks
    if answers is None:
        return None
    if not answers:
        message = "the collector's configuration starts no health_check extension, which would answer this"
        structure = configuration.structure
        there = structure.components["extensions"] if structure else ()
        is_configured = any(each.id and each.id.type == "health_check" for each in there)
        help_ = "name it in `service.extensions`"
        if not is_configured:
            help_ = f"add `health_check:` under `extensions`, and {help_}"
        return _Fault(message, help_, silence)
    if any(each.port == port and each.path == "/" for each in answers):
        return None
    other = answers[0]
    if other.port != port:
        message = f"the extension health_check listens at port {other.port}, and this asks port {port}"
        return _Fault(message, f"write [CMD, {_PROGRAM}, --port={other.port}]", silence)
    message = f"the extension health_check answers at {other.path!r}, and this asks for '/'"
    return _Fault(message, "leave out `path` of the extension", "the check always fails: 404")

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    ADOT_COLLECTOR,
    Bad,
    Container,
    Document,
    Edit,
    EnvFileLine,
    Finding,
    Fix,
    Manifest,
    Mapping,
    NamedTuple,
    Rule,
    Scalar,
    Severity,
    Span,
    Stage,
    file_variables,
    task_collectors,
)

_PREFIX: Final = "OTEL_EXPORTER_OTLP_"
_KEY: Final = rf"{_PREFIX}(?:(TRACES|METRICS|LOGS)_)?ENDPOINT"
_BARE: Final = r"[A-Za-z0-9][A-Za-z0-9._-]*(?::[0-9]{1,5})?(?:/\S*)?"
_LOCAL: Final = r"https?://(?:localhost|127\.0\.0\.1|\[::1\]):([0-9]{1,5})(/\S*)?"
_USUAL: Final = {"4317": "grpc", "4318": "http"}
_PORTS: Final = {protocol: port for port, protocol in _USUAL.items()}


class _Task(NamedTuple):
    """Where a task takes OTLP: ports with `grpc` or `http`. `is_all` where nothing else may listen.

    `declared` are the ports that containers name; `text` is the manifest's.
    """

    text: str
    ports: dict[str, str]
    declared: frozenset[str]
    is_all: bool

    @classmethod
    def of(cls, manifest: Manifest) -> _Task:
        """That of a manifest: beside the service there are collectors alone, if nothing else listens."""
        collectors = task_collectors(manifest)
        ports = {port: protocol for each in collectors for port, protocol in each.otlp.items()}
        declared = frozenset(str(each.port) for each in manifest.ports.exposed)
        is_all = all(each.is_known for each in collectors) and all(map(_is_collector, manifest.sidecars))
        return cls(manifest.document.source.text, ports, declared, is_all)


class OtlpEndpoint(Rule):
    """Where a program sends its telemetry, `OTEL_EXPORTER_OTLP_ENDPOINT`, is written wrongly.

    The specification of OpenTelemetry wants a URL: many libraries refuse `localhost:4317`, and others take
    it for a connection with TLS. Port 4317 is for gRPC and 4318 for HTTP, unless the collector's
    configuration says otherwise; `OTEL_EXPORTER_OTLP_PROTOCOL` has to fit. To the endpoint of all signals
    a library that sends HTTP adds `/v1/traces` and the like; that of one signal is taken as it is. Where
    everything is known that may listen in the task, a port that nothing listens at is told as well.

    This rests on the specification and on the sources of the collector.
    """

    code, name = "SL153", "otlp-endpoint"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "nothing is sent: the collector gets no telemetry from this container"
    sources = (
        "OpenTelemetry specification: protocol/exporter.md",
        "open-telemetry/opentelemetry-python, issue 1801",
    )
    good = (
        """
        variables: {OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318', OTEL_EXPORTER_OTLP_PROTOCOL: http/protobuf}
        observability: {tracing: awsxray}
        """,
        """
        variables: {OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://localhost:4318/v1/traces'}
        observability: {tracing: awsxray}
        """,
        """
        variables:
          OTEL_EXPORTER_OTLP_PROTOCOL: ${PROTOCOL}
          OTEL_EXPORTER_OTLP_ENDPOINT: http://localhost:4317
        """,
        """
        variables:
          OTEL_EXPORTER_OTLP_ENDPOINT: http://localhost:9999
        sidecars: {proxy: {image: 'envoyproxy/envoy:v1.30.1'}}
        observability: {tracing: awsxray}
        """,
        """
        type: Static Site
        variables: {OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4317'}
        """,
    )
    bad = (
        Bad(
            """
            variables:
              OTEL_EXPORTER_OTLP_ENDPOINT: localhost:4317
            #                              ^^^^^^^^^^^^^^ SL153
            """,
            fixed="OTEL_EXPORTER_OTLP_ENDPOINT: http://localhost:4317",
        ),
        Bad(
            """
            variables:
              OTEL_EXPORTER_OTLP_PROTOCOL: http/protobuf
              OTEL_EXPORTER_OTLP_ENDPOINT: http://localhost:4317
            #                                               ^^^^ SL153
            """,
            fixed="OTEL_EXPORTER_OTLP_ENDPOINT: http://localhost:4318",
        ),
        Bad(
            """
            type: Backend Service
            variables:
              OTEL_EXPORTER_OTLP_ENDPOINT: http://localhost:55681
            #                                               ^^^^^ SL153
            observability: {tracing: awsxray}
            """,
        ),
        Bad(
            """
            variables:
              OTEL_EXPORTER_OTLP_ENDPOINT: http://localhost:4318/v1/traces
            #                                                   ^^^^^^^^^^ SL153
            """,
        ),
        Bad(
            """
            variables: {OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://localhost:4318'}
            #                                               ^^^^^^^^^^^^^^^^^^^^^^^ SL153
            observability: {tracing: awsxray}
            """
        ),
        Bad(
            """
            variables:
              OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: grpc
              OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: http://localhost:4318
            #                                                      ^^^^ SL153
            """
        ),
        Bad(
            """
            variables:
              OTEL_EXPORTER_OTLP_PROTOCOL: grpc
              OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:4318"
            #                                                ^^^^ SL153
            observability: {tracing: awsxray}
            """
        ),
        Bad(
            """
            variables:
              OTEL_EXPORTER_OTLP_ENDPOINT: &endpoint http://localhost:4318/v1/traces
            #                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL153
            #                                                             ^^^^^^^^^^ SL153
            sidecars:
              web:
                image: nginx:1.27
                variables: {OTEL_EXPORTER_OTLP_ENDPOINT: *endpoint}
            """
        ),
    )

    also_bad = (
        Bad(
            """
            env_file: api.env
            #         ^^^^^^^ SL153
            # file: api.env
            OTEL_EXPORTER_OTLP_ENDPOINT=localhost:4317
            OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://localhost:4317
            """
        ),
    )

    also_good = (
        """
        env_file: api.env
        # file: api.env
        OTEL_EXPORTER_OTLP_ENDPOINT=localhost:4317
        OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317
        """,
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        task: _Task | None = None
        has_endpoint = manifest.document.once(_has_endpoint)
        for container in (manifest.main, *manifest.sidecars) if manifest.is_ecs else ():
            variables = container.mapping("variables")
            for key, value in variables if has_endpoint else ():
                match = re.fullmatch(_KEY, key.text)
                if match and isinstance(value, Scalar) and value.known and value.text:
                    task = task or _Task.of(manifest)
                    yield from self._endpoint(task, value, match[1] or "", _protocol(variables, match[1]))
            yield from self._of_file(manifest, container)

    def _of_file(self, manifest: Manifest, container: Container) -> Iterator[Finding]:
        """Of an endpoint in the environment file, which need not say which protocol is used."""
        for variable in file_variables(manifest, container, _is_bare):
            finding = self._without_scheme(variable.value)
            yield finding._replace(message=variable.told(finding.message))

    def _endpoint(self, task: _Task, value: Scalar, signal: str, protocol: str) -> Iterator[Finding]:
        if re.fullmatch(_BARE, value.text):
            yield self._without_scheme(value)
        elif match := re.fullmatch(_LOCAL, value.text):
            port, path = match[1], match[2] or ""
            fault = _port_fault(task, port, protocol)
            if fault:
                message, right = fault
                span = _span(task, value, match.start(1), match.end(1))
                fixes = (
                    (Fix(f"write {right}", (Edit(span, right),)),) if right and span != value.place else ()
                )
                yield self.finding(span, message, help=f"write {right}" if right else _OTHERWISE, fixes=fixes)
            elif (protocol or _USUAL.get(port)) == "http":
                yield from self._path(task, value, signal, path, match)

    def _without_scheme(self, value: Scalar) -> Finding:
        scheme = "http" if value.text.startswith(("localhost", "127.")) else "https"
        at = value.span.start + bool(value.style)
        fix = Fix(f"write {scheme}:// before it", (Edit(Span(at, at), f"{scheme}://"),))
        return self.finding(
            value,
            f"{value.text!r} is not a URL: its scheme is missing",
            effect="libraries refuse it, or take it for an address with TLS",
            help=f"write {scheme}://{value.text}",
            fixes=(fix,) if value.is_verbatim else (),
        )

    def _path(
        self, task: _Task, value: Scalar, signal: str, path: str, match: re.Match[str]
    ) -> Iterator[Finding]:
        if not signal and re.fullmatch("/v1/(?:traces|metrics|logs)/?", path):
            span = _span(task, value, match.start(2), match.end(2))
            message = "the library adds /v1/traces and the like to this endpoint itself"
            yield self.finding(
                span,
                message,
                effect="requests go to a path that nothing answers: 404",
                help="leave the path out",
            )
        elif signal and path.strip("/") == "":
            wanted = f"/v1/{signal.lower()}"
            message = f"the endpoint of one signal is taken as it is, and this has no {wanted}"
            yield self.finding(
                value,
                message,
                effect="requests go to a path that nothing answers: 404",
                help=f"write {wanted} at its end",
            )


def _has_endpoint(document: Document) -> bool:
    """Whether a variable of the file is an endpoint."""
    return any(re.fullmatch(_KEY, key.text) for key, _ in document.written_variables)


def _is_bare(line: EnvFileLine) -> bool:
    """Whether it is an endpoint without a scheme."""
    return re.fullmatch(_KEY, line.name) is not None and re.fullmatch(_BARE, line.value) is not None


#: What to do where no receiver takes the protocol.
_OTHERWISE = (
    "let the receiver otlp listen there, or write a port that it has and OTEL_EXPORTER_OTLP_PROTOCOL to fit"
)


def _protocol(variables: Mapping, signal: str | None) -> str:
    """`grpc` or `http`, where a variable says so; empty where none does."""
    names = [f"{_PREFIX}{signal}_PROTOCOL"] if signal else []
    for name in (*names, f"{_PREFIX}PROTOCOL"):
        node = variables.get(name)
        if isinstance(node, Scalar):
            return (
                node.text.partition("/")[0]
                if node.known and node.text in ("grpc", "http/protobuf", "http/json")
                else "?"
            )
    return ""


def _port_fault(task: _Task, port: str, protocol: str) -> tuple[str, str] | None:
    """What is wrong with a port of this task, and the right one, where there is one."""
    ports = task.ports
    takes = ports.get(port) or ("" if ports else _USUAL.get(port, ""))
    if takes and protocol in _PORTS and protocol != takes:
        right = next(
            (each for each, name in ports.items() if name == protocol), "" if ports else _PORTS[protocol]
        )
        return f"port {port} is for {_word(takes)}, and the protocol is {_word(protocol)}", right
    if port in ports or not ports or not task.is_all or port in task.declared:
        return None
    right = next((each for each, name in ports.items() if name == protocol), "")
    listed = ", ".join(f"{each} ({_word(name)})" for each, name in ports.items())
    return f"no receiver of the task listens at port {port}; OTLP is taken at {listed}", right


def _word(protocol: str) -> str:
    return "gRPC" if protocol == "grpc" else "HTTP"


def _is_collector(container: Container) -> bool:
    image = container.image_reference
    return image is not None and image.kind == ADOT_COLLECTOR


def _span(task: _Task, value: Scalar, start: int, end: int) -> Span:
    """A part of a value, where it is written as it is; the value otherwise."""
    return value.part(task.text, start, end) or value.place

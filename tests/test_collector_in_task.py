"""A collector in its task: the check of its health, the files of its image, where it sends to."""

from __future__ import annotations

import pytest
from collectors import findings

from sidecar_lint import lint_text

ADOT = "public.ecr.aws/aws-observability/aws-otel-collector"
MANIFEST = """\
name: api
type: Backend Service
image: {{location: a, port: 80}}
sidecars:
  otel:
    image: {image}
    {more}
"""
CONFIGURATION = """\
    variables:
      AOT_CONFIG_CONTENT: |
        extensions: {extensions}
        receivers: {{otlp: {{protocols: {{grpc: }}}}}}
        exporters: {{awsxray: }}
        service: {{extensions: [{started}], pipelines: {{traces: {{receivers: [otlp], exporters: [awsxray]}}}}}}
"""


def codes(more: str, *rules: str, image: str = f"{ADOT}:v0.43.1") -> list[str]:
    """The codes of some rules that tell something in a manifest with a collector."""
    report = lint_text(MANIFEST.format(image=image, more=more), "manifest.yml")
    return [each.code for each in report.findings if each.code in rules]


@pytest.mark.parametrize(
    ("command", "extensions", "started", "is_told"),
    [
        ("[CMD, /healthcheck]", "{health_check: }", "health_check", False),
        ("[CMD, /healthcheck]", "{health_check: }", "", True),
        ("[CMD, /healthcheck]", "{health_check: {path: /up}}", "health_check", True),
        ("[CMD, /healthcheck, --port=13134]", "{health_check: }", "health_check", True),
        (
            "[CMD, /healthcheck, -port, '13134']",
            "{health_check: {endpoint: 'a:13134'}}",
            "health_check",
            False,
        ),
        ("[CMD, /healthcheck]", "{health_check: {endpoint: '${env:HOST}:13133'}}", "health_check", False),
        ("[CMD, /healthcheck]", "${file:/x}", "health_check", False),
        ("[CMD, /awscollector]", "{}", "", False),
    ],
)
def test_who_answers_the_check(command: str, extensions: str, started: str, *, is_told: bool) -> None:
    more = (
        f"healthcheck: {{command: {command}}}\n{CONFIGURATION.format(extensions=extensions, started=started)}"
    )
    assert codes(more, "SL930") == ["SL930"] * is_told


@pytest.mark.parametrize(
    ("path", "tag", "is_told"),
    [
        ("/etc/ecs/ecs-xray.yaml", "v0.43.1", False),
        ("/etc/ecs/ecs-xray.yaml", "v0.13.0", True),
        ("/etc/ecs/ecs-xray.yml", "latest", True),
        ("/etc/ecs/container-insights/otel-task-metrics-config.yaml", "latest", False),
        ("/etc/ecs/otel-instance-metrics-config.yaml", "latest", True),
        ("/etc/mine.yaml", "latest", False),
        ("/etc/ecs/ecs-amp-prometheus.yaml", "v0.40.2", False),
        ("/etc/ecs/ecs-amp.yaml", "v0.41.0", True),
        ("/etc/ecs/ecs-amp.yaml", "v0.43.1", False),
        ("/etc/ecs/ecs-amp-prometheus.yaml", "v0.43.1", True),
        ("/etc/ecs/ecs-amp-prometheus.yaml", "v0.43.2", False),
        ("/etc/ecs/${X}.yaml", "latest", False),
    ],
)
def test_files_of_the_image(path: str, tag: str, *, is_told: bool) -> None:
    assert codes(f'command: ["--config={path}"]', "SL934", image=f"{ADOT}:{tag}") == ["SL934"] * is_told


BASE = """\
extensions: {{{extensions}}}
receivers: {{otlp: {{protocols: {{grpc: }}}}}}
exporters:
  {exporter}
service:
  extensions: [{started}]
  pipelines: {{{signal}: {{receivers: [otlp], exporters: [{name}]}}}}
"""


def sent(exporter: str, signal: str, extensions: str = "", **options: object) -> list[str]:
    """What is said of an exporter to CloudWatch."""
    started = ", ".join(part.partition(":")[0] for part in extensions.split("; ") if part)
    text = BASE.format(
        exporter=exporter,
        signal=signal,
        extensions=extensions.replace("; ", ", "),
        started=started,
        name=exporter.partition(":")[0],
    )
    return [each.message for each in findings(text, **options) if each.code == "SL937"]


SIGNED = "auth: {authenticator: sigv4auth}"


@pytest.mark.parametrize(
    ("exporter", "signal", "extensions", "words"),
    [
        (f"otlphttp: {{traces_endpoint: 'https://xray.a-b-1.amazonaws.com/v1/traces', {SIGNED}}}", "traces", "sigv4auth: ", None),
        (f"otlphttp: {{endpoint: 'https://xray.a-b-1.amazonaws.com', {SIGNED}}}", "traces", "sigv4auth: ", None),
        (f"otlphttp: {{endpoint: 'https://xray.a-b-1.amazonaws.com', {SIGNED}}}", "metrics", "sigv4auth: ", "pipeline of metrics"),
        (f"otlphttp: {{traces_endpoint: 'http://xray.a-b-1.amazonaws.com/v1/traces', {SIGNED}}}", "traces", "sigv4auth: ", "https only"),
        (f"otlphttp: {{traces_endpoint: 'https://xray.a-b-1.amazonaws.com', {SIGNED}}}", "traces", "sigv4auth: ", "path must be"),
        (f"otlphttp: {{traces_endpoint: 'https://logs.a-b-1.amazonaws.com/v1/logs', headers: {{x-aws-log-group: a, x-aws-log-stream: b}}, {SIGNED}}}", "traces", "sigv4auth: ", "logs takes logs"),
        ("otlphttp: {traces_endpoint: 'https://xray.a-b-1.amazonaws.com/v1/traces'}", "traces", "", "not signed"),
        ("otlphttp: {traces_endpoint: 'https://xray.a-b-1.amazonaws.com/v1/traces', headers: [{name: Authorization, value: x}]}", "traces", "", None),
        (f"otlphttp: {{traces_endpoint: 'https://xray.a-b-1.amazonaws.com/v1/traces', compression: zstd, {SIGNED}}}", "traces", "sigv4auth: ", "gzip or none"),
        (f"otlphttp: {{traces_endpoint: 'https://xray.a-b-1.amazonaws.com/v1/traces', {SIGNED}}}", "traces", "sigv4auth: {region: b-c-2}", "signed for b-c-2"),
        (f"otlphttp: {{traces_endpoint: 'https://xray.a-b-1.amazonaws.com/v1/traces', {SIGNED}}}", "traces", "sigv4auth: {service: logs}", "must be signed for 'xray'"),
        (f"otlphttp: {{logs_endpoint: 'https://logs.a-b-1.amazonaws.com/v1/logs', headers: {{X-AWS-Log-Group: a}}, {SIGNED}}}", "logs", "sigv4auth: ", "x-aws-log-stream is missing"),
        ("otlp: {endpoint: 'https://xray.a-b-1.amazonaws.com:443'}", "traces", "", "speaks gRPC"),
        ("otlphttp: {endpoint: 'https://example.com'}", "traces", "", None),
    ],
)  # fmt: skip
def test_what_cloudwatch_takes(exporter: str, signal: str, extensions: str, words: str | None) -> None:
    said = sent(exporter, signal, extensions)
    assert len(said) == (words is not None)
    assert words is None or words in said[0]


def test_an_older_signer_has_to_be_told_the_service() -> None:
    exporter = (
        f"otlphttp: {{metrics_endpoint: 'https://monitoring.a-b-1.amazonaws.com/v1/metrics', {SIGNED}}}"
    )
    assert sent(exporter, "metrics", "sigv4auth: ") == []
    assert len(sent(exporter, "metrics", "sigv4auth: ", versions=("v0.48.0",))) == 1
    assert sent(exporter, "metrics", "sigv4auth: {service: monitoring}", versions=("v0.48.0",)) == []
    assert sent(exporter, "metrics", "sigv4auth: ", versions=("unknown",)) == []


@pytest.mark.parametrize(("port", "is_told"), [("80", True), ("81", False)])
def test_a_port_that_its_configuration_takes(port: str, *, is_told: bool) -> None:
    more = CONFIGURATION.format(extensions="{}", started="").replace(
        "grpc: ", f"grpc: {{endpoint: '0.0.0.0:{port}'}}"
    )
    assert codes(more.lstrip(), "SL154") == ["SL154"] * is_told

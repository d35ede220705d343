"""What containers of a task call each other, and where they listen."""

from __future__ import annotations

import pytest

from sidecar_lint import lint_text
from sidecar_lint.manifests.task_hosts import hosts

ADOT = "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("redis://redis:6379/0", ["redis"]),
        ("postgres://user:pa@ss@db:5432/x", ["user"]),  # no URL: its user would have to be quoted
        ("postgres://user:pass@db:5432/x", ["db"]),
        ("jdbc:postgresql://db:5432/x", ["db"]),
        ("kafka-1:9092,kafka-2:9092", ["kafka-1", "kafka-2"]),
        ("api:3000", ["api"]),
        ("node:20", []),
        ("redis", []),
        ("a b:3000", []),
        ("http://", []),
        ("x" * 5000 + ":80", []),
        ("http://" + "a" * 5000, []),
    ],
)
def test_hosts_of_a_text(text: str, names: list[str]) -> None:
    assert [each.name for each in hosts(text)] == names


def codes(text: str, *rules: str) -> list[tuple[str, str]]:
    """The findings of some rules in a manifest, with their severities."""
    found = lint_text(f"name: api\ntype: Backend Service\n{text}", "manifest.yml").findings
    return [(each.code, each.severity.value) for each in found if each.code in rules]


def test_a_service_that_connects_may_know_other_names() -> None:
    text = "image: {{location: a, port: 80}}\nvariables: {{URL: http://cache:80}}\nsidecars: {{cache: {{image: a}}}}\n{0}"
    assert codes(text.format(""), "SL152") == [("SL152", "warning")]
    assert codes(text.format("network: {connect: true}\n"), "SL152") == [("SL152", "info")]
    assert codes(text.format("").replace("cache:80", "CACHE.local"), "SL152") == []


def test_the_name_of_the_container_itself_is_left_alone() -> None:
    assert codes("image: {location: a, port: 80}\nvariables: {URL: 'http://api:80'}", "SL152") == []


@pytest.mark.parametrize("name", ["ALLOWED_HOSTS", "CORS_ORIGIN", "VIRTUAL_HOST", "WEB_SERVER"])
def test_variables_that_call_nobody_are_left_alone(name: str) -> None:
    text = (
        f"image: {{location: a, port: 80}}\nvariables: {{{name}: nginx}}\nsidecars: {{nginx: {{image: a}}}}"
    )
    assert codes(text, "SL152") == []


def test_containers_that_copilot_adds_have_no_names_either() -> None:
    text = "image: {location: a, port: 80}\nvariables: {URL: 'http://aws-otel-collector:4317'}\n"
    assert codes(text, "SL152") == []
    assert codes(f"{text}observability: {{tracing: awsxray}}", "SL152") == [("SL152", "warning")]


OTLP = "image: {{location: a, port: 80}}\nvariables: {{OTEL_EXPORTER_OTLP_{0}: '{1}'{2}}}\nobservability: {{tracing: awsxray}}\n"


@pytest.mark.parametrize(
    ("name", "value", "more", "count"),
    [
        ("ENDPOINT", "http://localhost:4317", "", 0),
        ("ENDPOINT", "http://localhost:4317", ", OTEL_EXPORTER_OTLP_PROTOCOL: grpc", 0),
        ("ENDPOINT", "http://localhost:4317", ", OTEL_EXPORTER_OTLP_PROTOCOL: http/protobuf", 1),
        ("ENDPOINT", "http://localhost:4318", ", OTEL_EXPORTER_OTLP_PROTOCOL: grpc", 1),
        ("ENDPOINT", "http://127.0.0.1:9999", "", 1),
        ("ENDPOINT", "https://collector.example.com:9999", "", 0),
        ("ENDPOINT", "collector.example.com", "", 1),
        ("ENDPOINT", "http://localhost:4318/v1/traces", "", 1),
        ("TRACES_ENDPOINT", "http://localhost:4318/v1/traces", "", 0),
        ("TRACES_ENDPOINT", "http://localhost:4318", "", 1),
        ("TRACES_ENDPOINT", "http://localhost:4317", "", 0),
        ("ENDPOINT", "", "", 0),
        ("ENDPOINT", "http://localhost:4317", ", OTEL_EXPORTER_OTLP_PROTOCOL: other", 0),
    ],
)
def test_where_telemetry_is_sent(name: str, value: str, more: str, count: int) -> None:
    assert len(codes(OTLP.format(name, value, more), "SL153")) == count


def test_a_port_may_be_another_containers() -> None:
    text = OTLP.format("ENDPOINT", "http://localhost:9999", "")
    assert codes(f"{text}sidecars: {{other: {{image: a}}}}", "SL153") == []


@pytest.mark.parametrize(("port", "count"), [(4317, 1), (8888, 1), (13133, 1), (8125, 0), (80, 0)])
def test_ports_of_the_file_in_the_image(port: int, count: int) -> None:
    text = f"image: {{location: a, port: {port}}}\nsidecars: {{otel: {{image: '{ADOT}'}}}}"
    assert len(codes(text, "SL154")) == count


def test_ports_of_a_collector_that_is_configured_elsewhere_are_not_known() -> None:
    text = f"image: {{location: a, port: 4317}}\nsidecars: {{otel: {{image: '{ADOT}', secrets: {{AOT_CONFIG_CONTENT: x}}}}}}"
    assert codes(text, "SL154") == []


def test_two_collectors_meet() -> None:
    text = f"image: {{location: a, port: 80}}\nsidecars: {{otel: {{image: '{ADOT}'}}}}\nobservability: {{tracing: awsxray}}"
    assert codes(text, "SL154") == [("SL154", "warning")]

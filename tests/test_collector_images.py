"""The configuration that a Dockerfile copies into the image of a collector: which file it is, and when none is."""

from __future__ import annotations

from pathlib import Path

import pytest

from sidecar_lint import lint_paths
from sidecar_lint.collector.command import config_sources
from sidecar_lint.rulebook.registry import load_rules

MANIFEST = "copilot/api/manifest.yml"
RULES = [rule for rule in load_rules() if rule.code == "SL911"]
ADOT = "FROM public.ecr.aws/aws-observability/aws-otel-collector:v0.45.0\n"
CONFIGURATION = """receivers: {otlp: {protocols: {grpc: {}}}}
processors: {batch: {timeout: 10}}
exporters: {debug: {}}
service: {pipelines: {traces: {receivers: [otlp], processors: [batch], exporters: [debug]}}}
"""


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _write("copilot/.workspace", "application: demo\n")
    _write("otel/config.yaml", CONFIGURATION)


def _write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text)


def _files_found(dockerfile: str, build: str = "otel/Dockerfile", command: str = "") -> list[str]:
    """The files in which something is found when the manifest is linted."""
    _write("otel/Dockerfile", dockerfile)
    words = f", command: '{command}'" if command else ""
    sidecars = f"sidecars: {{otel: {{image: {{build: {build}}}{words}}}}}"
    _write(MANIFEST, f"name: api\ntype: Worker Service\nimage: {{location: a}}\n{sidecars}\n")
    return [Path(report.source.path).name for report in lint_paths([MANIFEST], RULES) if report.findings]


@pytest.mark.parametrize(
    "dockerfile",
    [
        f"{ADOT}COPY config.yaml /etc/otel-config.yaml\n",
        f'FROM alpine AS tools\nRUN true\n{ADOT}ADD --chown=1:1 ["./config.yaml", "/etc/otel-config.yaml"]\n',
        "FROM otel/opentelemetry-collector-contrib:0.115.1\nCOPY config.yaml /etc/otelcol-contrib/config.yaml\n",
        f'{ADOT}COPY config.yaml /etc/my/\nCMD ["--config", "file:/etc/my/config.yaml"]\n',
    ],
)
def test_the_file_that_is_copied_is_linted(dockerfile: str) -> None:
    assert _files_found(dockerfile) == ["config.yaml"]


def test_it_is_found_from_the_folder_of_the_build() -> None:
    build = "{dockerfile: otel/Dockerfile, context: .}"
    assert _files_found(f"{ADOT}COPY otel/config.yaml /etc/otel-config.yaml\n", build) == ["config.yaml"]
    assert _files_found(f"{ADOT}COPY config.yaml /etc/otel-config.yaml\n", build) == []


def test_the_file_that_the_manifest_names_counts() -> None:
    dockerfile = f'{ADOT}COPY config.yaml /etc/my.yaml\nCMD ["--config=/etc/{{}}.yaml"]\n'
    assert _files_found(dockerfile.format("other"), command="--config=/etc/my.yaml") == ["config.yaml"]
    assert _files_found(dockerfile.format("my"), command="--config=/etc/other.yaml") == []
    assert _files_found(dockerfile.format("my"), command="--config=/etc/${FILE}.yaml") == []


@pytest.mark.parametrize(
    "dockerfile",
    [
        "FROM node:22\nCOPY config.yaml /app/config.yaml\n",
        f"FROM alpine AS tools\n{ADOT}COPY --from=tools config.yaml /etc/otel-config.yaml\n",
        f"{ADOT}COPY config.yaml other.yaml /etc/\n",
        f"{ADOT}COPY $FILE.yaml /etc/otel-config.yaml\n",
        f'{ADOT}COPY config.yaml /etc/my.yaml\nCMD ["--config=/etc/otel-config.yaml"]\n',
        f'{ADOT}COPY config.yaml /etc/my.yaml\nCMD ["--config=/etc/my.yaml", "--set=exporters.debug.verbosity=basic"]\n',
        f'{ADOT}COPY config.yaml /etc/my.yaml\nCMD ["--config=/etc/otel-config.yaml", "--config=/etc/my.yaml"]\n',
        f'{ADOT}COPY config.yaml /etc/my.yaml\nENTRYPOINT ["/start.sh"]\n',
        f"{ADOT}COPY config.yaml /etc/otel-config.yaml\nRUN sed -i s/10/10s/ /etc/otel-config.yaml\n",
    ],
)
def test_what_may_be_another_file_is_left_alone(dockerfile: str) -> None:
    assert _files_found(dockerfile) == []


@pytest.mark.parametrize(
    ("words", "given"),
    [
        (["--config=env:A"], ["env:A"]),
        (["--config", "env:A", "--set=a=b"], ["env:A", "a=b"]),
        (["-config=/a.yaml", "'--config=yaml:a::b: c'"], ["/a.yaml", "yaml:a::b:"]),
        (["sh", "-c", "exec /otelcol --config 'file:/a' --feature-gates=a"], ["file:/a"]),
        (["--feature-gates=config=a", "--no-config=b", "--config-dir=c"], []),
    ],
)
def test_everything_that_a_collector_puts_together_is_seen(words: list[str], given: list[str]) -> None:
    assert [each.text for each in config_sources(words)] == given

"""Numbers of thousands of digits, and texts on which a pattern could try everything: nothing crashes or hangs."""

from __future__ import annotations

import pytest

from sidecar_lint import lint_text, natural
from sidecar_lint.language.cursor import cursor
from sidecar_lint.syntax.durations import read_duration

_MANIFEST = "name: api\ntype: Backend Service\nimage: {{location: nginx, port: 80}}\n{}\n"
_NINES = "9" * 20_000
_LENGTH = 50_000
_COLLECTOR = "public.ecr.aws/aws-observability/aws-otel-collector"
_CONFIGURATION = "receivers: {otlp: {protocols: {grpc: {endpoint: '0.0.0.0:²'}}}}"
_SIDECAR = f'sidecars: {{a: {{image: {_COLLECTOR}:v{_NINES}.1.1, variables: {{AOT_CONFIG_CONTENT: "{_CONFIGURATION}"}}}}}}'


@pytest.mark.parametrize(
    "section",
    [
        f"cpu: '{_NINES}'",
        f"cpu: {_NINES}",
        f"sidecars: {{a: {{image: x, healthcheck: {{command: [x], interval: {_NINES}s, retries: '{_NINES}'}}}}}}",
        f"logging: {{destination: {{Name: s3, region: x, bucket: y, total_file_size: '{_NINES}'}}}}",
        f"logging: {{destination: {{Name: s3, region: x, bucket: y, upload_chunk_size: '{_NINES}M'}}}}",
        f"logging: {{destination: {{Name: forward, Host: x, Port: '{_NINES}', Retry_Limit: '{_NINES}x'}}}}",
        f"count: {{range: 1-{_NINES}}}",
        f"variables: {{A: x}} # sidecar-lint: ignore[SL{_NINES}]",
        _SIDECAR,
        "http: {alias: {}, path: /}",
        "entrypoint: {}",
    ],
    ids=lambda text: text[:60],
)
def test_no_rule_crashes(section: str) -> None:
    found = lint_text(_MANIFEST.format(section)).findings
    assert [each.message for each in found if each.code in ("SL000", "SL039")] == []


@pytest.mark.parametrize("text", ["9" * _LENGTH, "9." * _LENGTH, "1s" * _LENGTH + "!", "1" * _LENGTH + "s"])
def test_no_duration(text: str) -> None:
    assert read_duration(text) is None


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("a" + " " * _LENGTH, "a"),
        ("a b" * _LENGTH, "a b" * _LENGTH),
        ('"' + "a" * _LENGTH + '"', "a" * _LENGTH),
    ],
    ids=["blanks", "words", "quotes"],
)
def test_a_key_of_any_length(written: str, key: str) -> None:
    line = f"{written}: x"
    found = cursor(line, len(line))
    assert found is not None
    assert found.key == key


def test_a_key_that_never_ends() -> None:
    line = "a" + " " * _LENGTH + "!"
    found = cursor(line, len(line))
    assert found is not None
    assert found.key is None


@pytest.mark.parametrize(("digits", "number"), [("007", 7), ("", 0), ("0", 0), ("12", 12)])
def test_a_number(digits: str, number: int) -> None:
    assert natural(digits) == number


def test_a_number_without_end_is_a_large_one() -> None:
    assert natural(_NINES) > 1 << 64

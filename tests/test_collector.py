"""The collector's configuration. What is refused here, the AWS distribution v0.49.0 refuses."""

from __future__ import annotations

import json

import pytest
import yaml
from collectors import (
    REFUSED,
    SOUND,
    TAKEN,
    changed,
    errors,
    findings,
    with_exporter,
    with_extension,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from sidecar_lint.collector.configuration import Configuration
from sidecar_lint.collector.needs import needs
from sidecar_lint.syntax.source import Source


@pytest.mark.parametrize("text", TAKEN.values(), ids=TAKEN)
def test_what_the_collector_takes(text: str) -> None:
    source = Source.from_bytes("otel-config.yaml", text.encode())
    assert errors(source.text) == []


@pytest.mark.parametrize(("text", "code"), REFUSED.values(), ids=REFUSED)
def test_what_the_collector_refuses(text: str, code: str) -> None:
    assert code in errors(text)


@pytest.mark.parametrize(
    "text",
    [text for text in (*TAKEN.values(), *(text for text, _ in REFUSED.values())) if text[:1] != "\ufeff"],
)
def test_comments_and_line_ends_do_not_matter(text: str) -> None:
    said = sorted(each.message for each in findings(text))
    assert sorted(each.message for each in findings(f"# a comment\n{text}")) == said
    if "\r" not in text:
        assert sorted(each.message for each in findings(text.replace("\n", "\r\n"))) == said


def test_only_what_every_collector_refuses_where_it_is_another_one() -> None:
    text = with_exporter("elasticsearch: {endpoints: [a], timeout: 5d}")
    assert errors(text, distribution="other") == []
    assert errors(changed("[debug]", "[debugg]"), distribution="other") == ["SL914"]


@pytest.mark.parametrize(
    ("exporter", "versions", "codes"),
    [
        ("logging", ("v0.41.2",), []),
        ("logging", ("v0.42.0",), ["SL905"]),
        ("logging", ("v0.17.0", "latest"), ["SL905"]),
        ("debug", ("v0.40.0",), ["SL905"]),
        ("debug", ("v0.41.0",), []),
        ("debugg", ("v0.17.0",), ["SL905"]),
        ("debugg", ("v0.99.0",), ["SL905"]),
        ("debugg", ("stable",), []),  # a warning
        ("debug: {loglevel: debug}", ("v0.41.2",), ["SL908"]),
        ("debug: {loglevel: debug}", ("v0.49.0",), ["SL908"]),
        ("otlp_http: {endpoint: 'https://x'}", ("v0.47.0",), ["SL905"]),
        ("otlphttp: {endpoint: 'https://x'}", ("v0.47.0",), []),
    ],
)
def test_what_a_release_has(exporter: str, versions: tuple[str, ...], codes: list[str]) -> None:
    text = with_exporter(exporter if ":" in exporter else f"{exporter}:")
    assert errors(text, versions=versions) == codes


def test_an_alias_is_told_where_all_images_know_the_new_name() -> None:
    text = with_exporter("otlphttp: {endpoint: 'https://x'}")
    said = {
        versions: [each.severity for each in findings(text, versions=versions) if each.code == "SL906"]
        for versions in ((), ("latest",), ("v0.49.0", "v0.47.0"), ("v0.47.0",))
    }
    assert said == {(): ["info"], ("latest",): ["info"], ("v0.49.0", "v0.47.0"): [], ("v0.47.0",): []}


def _size(text: str, **options: object) -> list[tuple[str, str]]:
    found = findings(text, **{"stored": True} | options)
    return [(each.severity, each.help) for each in found if each.code == "SL924"]


def test_the_size_is_that_of_bytes_and_what_would_help_is_told() -> None:
    room = 4096 - len(SOUND)
    assert _size(SOUND + "#" * (room - 1) + "\n") == []
    over = SOUND + "#" * room + "\n"
    assert _size(over) == [
        (
            "error",
            f"comments and empty lines take {room + 1:,} bytes; an advanced parameter, made without Copilot, would hold it",
        )
    ]
    assert _size(over, stored=False) == []
    assert _size(over, stored=None)[0][0] == "info"
    assert _size(SOUND + "#" + "é" * 2000 + "\n")[0][0] == "warning"
    assert "advanced" not in _size(SOUND + "# x\n" * 3000)[0][1]


def test_a_hash_in_a_text_is_no_comment() -> None:
    from sidecar_lint.collector.size import without_comments

    text = "a: 'b # c' # d\n\ne: |\n  f # g\n\n  h\ni: j#k\n"
    assert without_comments(text) == "a: 'b # c'\ne: |\n  f # g\n\n  h\ni: j#k\n"


def _needs(text: str) -> list[tuple[tuple[str, ...], str]]:
    return [(calls.actions, calls.why) for calls in needs(Configuration(Source("a", text)))]


def test_what_components_in_use_need() -> None:
    assert _needs(SOUND) == []
    assert _needs(with_exporter("awsxray:")) == [
        (("xray:PutTraceSegments",), "the exporter awsxray sends traces to X-Ray")
    ]
    (emf,) = needs(Configuration(Source("x", with_exporter("awsemf: {log_retention: 7}", "metrics"))))
    assert emf.actions == ("logs:PutLogEvents", "logs:CreateLogStream")
    assert emf.perhaps == ("logs:CreateLogGroup", "logs:PutRetentionPolicy")
    assert _needs(with_exporter("awsemf: {output_destination: stdout}", "metrics")) == []
    taken = with_exporter("awsxray: {role_arn: 'arn:aws:iam::1:role/a'}")
    assert [actions for actions, _ in _needs(taken)] == [()], "the role holds what it needs"
    assert _needs(changed("debug:\n", "debug:\n  awsxray:\n")) == []
    url = "https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write"
    written = _needs(with_exporter(f"prometheus_remote_write: {{endpoint: '{url}'}}", "metrics"))
    assert written[0][0] == ("aps:RemoteWrite",)
    assert _needs(with_extension("ecs_observer:"))[0][0][0] == "ecs:ListTasks"


_PIECES = st.sampled_from(
    [*SOUND.splitlines(keepends=True), "  otlp::x: 1\n", "a: &a [*a]\n", "${env:", "}", "$$", "{{", "\t", "- ", "? ",
     "<<: ", "'", '"', "!!int ", "\0", "\ud7ff", "é", "\r", "|\n", "---\n", "%", "0x", "2021-01-01", ".inf", "::"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=40).map("".join) | st.text(max_size=60))
def test_any_text_has_an_answer_within_it(text: str) -> None:
    for finding in findings(text):
        assert 0 <= finding.span.start <= finding.span.end <= len(text)
        assert finding.message


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["otlp", "${env:A}", "", "10s", "a b", "[x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["otlp", "a", "endpoint", "b::c"]), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
_NAMES = ("otlp", "batch", "awsemf", "prometheus", "attributes", "filter", "health_check", "debug / a", "x/")


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(("receivers", "processors", "exporters", "extensions", "service")),
        st.dictionaries(
            st.sampled_from((*_NAMES, "pipelines", "telemetry", "extensions")), _VALUES, max_size=4
        ),
    )
)
def test_any_shape_has_an_answer(value: object) -> None:
    for text in (json.dumps(value), yaml.safe_dump(value)):
        findings(text)

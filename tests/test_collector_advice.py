"""What is said of a collector's configuration: what to write, and each mistake once."""

from __future__ import annotations

import pytest
from collectors import findings

from sidecar_lint import lint_text
from sidecar_lint.linting.engine import lint_source
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.syntax.source import Source

OTLP = "receivers: {otlp: {protocols: {grpc: }}}\n"


def _of(text: str, code: str) -> list[str]:
    return [each.help for each in findings(OTLP + text) if each.code == code]


@pytest.mark.parametrize(
    ("written", "help_"),
    [
        ("exporters: {otlp_grpc: {endpoint: 'a:4317', insecure: true}}", "write it under `tls`"),
        (
            "processors: {metrics_transform: {transforms: [{metric_name: a, action: update}]}}",
            "write `include`",
        ),
        (
            "processors: {metricstransform: {transforms: [{metric_name: a, action: update}]}}",
            "write `include`",
        ),
        (
            "processors: {cumulative_to_delta: {metrics: [a]}}",
            "it is a setting of `exclude` and of `include`: write it under the one that you mean",
        ),
        ("extensions: {health_check: {port: 13133}}", "write `endpoint`, such as `0.0.0.0:13133`"),
        ("exporters: {awsxray: {qqqqqqqq: 1}}", "leave it out"),
    ],
)
def test_where_an_unknown_setting_belongs_is_said(written: str, help_: str) -> None:
    assert _of(written, "SL908") == [help_]


def _signed(*exporters: str) -> str:
    urls = {
        "t": "traces_endpoint: https://xray.us-east-1",
        "m": "metrics_endpoint: https://monitoring.us-east-1",
    }
    paths = {"t": "traces", "m": "metrics"}
    written = ", ".join(
        f"otlp_http/{each}: {{{urls[each]}.amazonaws.com/v1/{paths[each]}, auth: {{authenticator: sigv4auth}}}}"
        for each in exporters
    )
    pipelines = ", ".join(
        f"{paths[each]}: {{receivers: [otlp], exporters: [otlp_http/{each}]}}" for each in exporters
    )
    return (
        f"exporters: {{{written}}}\nextensions: {{sigv4auth: {{region: us-east-1, service: xray}}}}\n"
        f"service: {{extensions: [sigv4auth], pipelines: {{{pipelines}}}}}\n"
    )


def test_a_signer_of_one_exporter_is_mended_itself() -> None:
    assert _of(_signed("m"), "SL937") == ["write service: monitoring"]
    assert _of(_signed("m", "t"), "SL937") == ["give each endpoint a sigv4auth of its own: sigv4auth/NAME"]


@pytest.mark.parametrize(
    ("exporter", "code"),
    [
        ("otlp_grpc: {endpoint: 'https://xray.us-east-1.amazonaws.com/v1/traces'}", "SL937"),
        ("prometheus_remote_write: {endpoint: 'x-y.example.com/api/v1/remote_write'}", "SL913"),
        ("prometheus_remote_write: {endpoint: 'metrics.example.com:9201/write'}", "SL932"),
    ],
)
def test_an_endpoint_is_wrong_once(exporter: str, code: str) -> None:
    name = exporter.partition(":")[0]
    kind = "metrics" if "prometheus" in name else "traces"
    text = f"exporters: {{{exporter}}}\nservice: {{pipelines: {{{kind}: {{receivers: [otlp], exporters: [{name}]}}}}}}\n"
    report = lint_source(Source("otel-config.yaml", OTLP + text), load_rules())
    assert [each.code for each in report.findings] == [code]


def test_a_type_with_a_new_name_is_told_once() -> None:
    text = (
        "exporters: {otlphttp/a: {endpoint: 'https://a'}, otlphttp/b: {endpoint: 'https://b'}}\n"
        "service: {pipelines: {traces: {receivers: [otlp], exporters: [otlphttp/a, otlphttp/b]}}}\n"
    )
    (found,) = (each for each in findings(OTLP + text) if each.code == "SL906")
    assert len(found.related) == 1
    assert len(found.fixes[0].edits) == 4


@pytest.mark.parametrize(
    ("release", "said"), [("v0.50.0", "it is one of"), ("v0.40.0", "in v0.50.0 it is one of")]
)
def test_values_are_those_of_the_newest_release(release: str, said: str) -> None:
    text = (
        "processors: {resourcedetection: {detectors: [fargate]}}\nexporters: {debug: }\n"
        "service: {pipelines: {traces: {receivers: [otlp], processors: [resourcedetection], exporters: [debug]}}}\n"
    )
    found = findings(OTLP + text, versions=(release,))
    assert [each.help.startswith(said) for each in found if each.code == "SL913"] == [True]


def test_components_are_those_of_the_release() -> None:
    (new,) = (
        each.help for each in findings("exporters: {zzz: }\n", versions=("v0.50.0",)) if each.code == "SL905"
    )
    (old,) = (
        each.help for each in findings("exporters: {zzz: }\n", versions=("v0.40.0",)) if each.code == "SL905"
    )
    assert ("otlp_http" in new, "otlp_http" in old) == (True, False)


@pytest.mark.parametrize(
    ("settings", "help_"),
    [
        ("", "use `debug`"),
        ("{loglevel: debug}", "use `debug`, and `verbosity` (basic, normal or detailed) for `loglevel`"),
    ],
)
def test_what_took_the_place_of_an_exporter_has_other_settings(settings: str, help_: str) -> None:
    assert _of(f"exporters: {{logging: {settings}}}\nservice:\n", "SL905") == [help_]


@pytest.mark.parametrize(
    ("image", "help_"),
    [
        ("v0.50.0", "write `ecs`; it is one of "),
        ("v0.40.0", "write `ecs`"),
    ],
)
def test_the_values_of_another_release_are_not_listed(image: str, help_: str) -> None:
    collector = "{receivers: {otlp: {protocols: {grpc: }}}, processors: {resourcedetection: {detectors: [esc]}}, exporters: {debug: }, service: {pipelines: {traces: {receivers: [otlp], processors: [resourcedetection], exporters: [debug]}}}}"
    text = (
        "name: api\ntype: Backend Service\nimage: {location: nginx}\nsidecars:\n  o:\n    image: "
        f"public.ecr.aws/aws-observability/aws-otel-collector:{image}\n"
        f"    variables: {{AOT_CONFIG_CONTENT: '{collector}'}}\n"
    )
    report = lint_text(text)
    (found,) = (each.help for each in report.findings if each.code == "SL913")
    assert found.startswith(help_)
    assert ("one of" in found) is ("one of" in help_)

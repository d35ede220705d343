"""One mistake, one finding: what the built-in rules say of a manifest with a single mistake."""

from __future__ import annotations

from copy import deepcopy
from textwrap import indent
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mutations import BASES, Path, paths

from sidecar_lint import Finding, Report, Severity, Stage, lint_text

WINDOWS = """\
name: api
type: Backend Service
cpu: 1024
memory: 2048
platform: windows/amd64
image: {location: registry.example.com/api:1}
"""
FIRELENS = "logging: {image: 'registry.example.com/router:1', destination: {Name: cloudwatch, region: eu-west-1, log_group_name: b, log_stream_prefix: c-}}\n"


def _whole(text: str) -> list[tuple[str, str, tuple[str, ...], list[str]]]:
    """Errors and warnings: the code, what is marked, where it holds, and what is said to follow."""
    return [
        (
            finding.code,
            text[finding.span.start : finding.span.end],
            finding.environments,
            [each.message for each in finding.related],
        )
        for finding in lint_text(text).findings
        if finding.severity is not Severity.INFO
    ]


def test_what_windows_lacks_is_one_finding_at_the_platform() -> None:
    text = f"{WINDOWS}{FIRELENS}network: {{connect: true}}\nstorage: {{ephemeral: 30}}\n"
    assert _whole(text) == [
        (
            "SL414",
            "windows/amd64",
            ("*",),
            [
                "therefore: FireLens does not run on Windows",
                "therefore: Windows has no Service Connect",
                "therefore: larger ephemeral storage may not be available on Windows",
            ],
        )
    ]
    (told,) = (each for each in lint_text(text).findings if each.code == "SL414")
    assert told.stage is Stage.COPILOT, "as Service Connect on Windows is"
    assert _whole(f"{WINDOWS}{FIRELENS}") == [("SL406", "logging", ("*",), [])], "one is told where it is"


def test_what_windows_lacks_in_an_environment() -> None:
    platform = "platform: {osfamily: windows_server_2022_core, architecture: x86_64}"
    text = (
        WINDOWS.replace("platform: windows/amd64\n", FIRELENS)
        + f"environments:\n  prod:\n    {platform}\n    storage: {{readonly_fs: true}}\n  test: {{count: 2}}\n"
    )
    assert _whole(text) == [
        (
            "SL414",
            "windows_server_2022_core",
            ("prod",),
            [
                "therefore: FireLens does not run on Windows",
                "therefore: a Windows container cannot have `readonly_fs`",
            ],
        )
    ]
    base = text.replace("name: api", "name: api\nplatform: windows/amd64").replace(f"    {platform}\n", "")
    found = _whole(base)
    assert [(code, environments) for code, _, environments, _ in found] == [
        ("SL414", ("prod",)), ("SL406", ("*", "test")),
    ]  # fmt: skip


SERVICE = """\
name: api
type: Load Balanced Web Service
image: {location: 'registry.example.com/api:1', port: 80}
"""
HTTP = "http: {path: /}\n"
NGINX = "nginx: {image: 'nginx:1', port: 8080"


@pytest.mark.parametrize(
    ("text", "code", "at", "related"),
    [
        (
            f"http: {{path: /, target_container: nginx}}\nsidecars: [{{{NGINX}}}}}]\n",
            "SL005",
            f"[{{{NGINX}}}}}]",
            ["therefore: no container is named 'nginx'"],
        ),
        (
            f"{HTTP}count: {{min: 1, max: 3}}\n",
            "SL008",
            "min",
            ["therefore: count is a map with none of its fields", "likewise: 'max' is no field of count"],
        ),
        (
            "http:\npath: /\nhealthcheck: /x\n",
            "SL008",
            "path",
            ["this is empty", "therefore: the service has no http", "likewise: 'healthcheck' is no field of the top level"],
        ),
        (
            "http: {path: /, interval: 10s, timeout: 5s, healthy_threshold: 2}\n",
            "SL008",
            "interval",
            ["likewise: 'timeout' is no field of http", "likewise: 'healthy_threshold' is no field of http"],
        ),
        ("htttp: {path: /}\n", "SL007", "htttp", ["therefore: the service has no http"]),
        ("http: {pathh: /, alias: a}\n", "SL007", "pathh", ["therefore: http has no path"]),
        (
            (f"{HTTP}sidecars: {{{NGINX}, mount_points: [{{sourceVolume: v, path: /v}}]}}}}\n"
            "storage: {volumes: {v: {path: /v, read_only: false}}}\n"),
            "SL007",
            "sourceVolume",
            ["therefore: the mount point has no source_volume"],
        ),
        (
            (f"{HTTP}sidecars: {{{NGINX}, mount_points: [{{source_volume: v, containerPath: /v}}]}}}}\n"
            "storage: {volumes: {v: {path: /v, read_only: false}}}\n"),
            "SL007",
            "containerPath",
            ["therefore: the mount point has no path"],
        ),
        (
            f"{HTTP}storage: {{volumes: {{v: {{path: /v, efs: {{file_system_id: fs-12345678, root_dir: /}}}}}}}}\n",
            "SL007",
            "file_system_id",
            ["therefore: no file system is named for the volume 'v'"],
        ),
        (
            f"{HTTP}sidecars: {{otel: {{image: 'amazon/aws-otel-collector:v0.40.0', healthcheck: {{test: [CMD, /healthcheck], retries: 2}}}}}}\n",
            "SL007",
            "test",
            ["therefore: the health check of 'otel' has no command, and its image has no curl"],
        ),
    ],
)  # fmt: skip
def test_one_mistake_is_one_finding(text: str, code: str, at: str, related: list[str]) -> None:
    assert _whole(SERVICE + text) == [(code, at, ("*",), related)]


def test_a_sidecar_that_is_called_like_the_service_is_told_once() -> None:
    text = f"{SERVICE}{HTTP}sidecars: {{{NGINX}, depends_on: {{api: healthy}}}}, api: {{image: 'a:1'}}}}\n"
    assert [code for code, *_ in _whole(text)] == ["SL125", "SL135"], "the service has no health check either"
    with_check = text.replace("port: 80}", "port: 80, healthcheck: {command: [CMD, /check]}}")
    assert _whole(with_check) == [
        ("SL135", "api", ("*",), ["therefore: container 'api' has no health check, so it is never healthy"])
    ]


def test_an_unrelated_unknown_field_hides_nothing() -> None:
    assert [code for code, *_ in _whole(f"{SERVICE}http: {{bogus: 1, alias: a}}\n")] == ["SL054", "SL007"]


def test_a_misspelt_section_hides_only_what_is_in_it() -> None:
    text = f"{SERVICE}http: {{path: /, target_container: nginx}}\nsidecar: {{{NGINX}}}}}\n"
    assert [code for code, *_ in _whole(text)] == ["SL007"]
    assert [
        code for code, *_ in _whole(text.replace("target_container: nginx", "target_container: other"))
    ] == ["SL501", "SL007"]


def test_what_is_misspelt_in_one_item_says_nothing_of_another() -> None:
    mounts = "[{{source_volume: v, {}: /v}}]"
    text = (
        f"{SERVICE}{HTTP}storage: {{volumes: {{v: {{path: /v, read_only: false}}}}}}\n"
        f"sidecars: {{{NGINX}, mount_points: {mounts.format('paht')}}}}}\n"
        f"environments: {{test: {{sidecars: {{nginx: {{mount_points: {mounts.format('read_only')}}}}}}}}}\n"
    ).replace("read_only: /v", "read_only: true")
    assert [(code, environments) for code, _, environments, _ in _whole(text)] == [
        ("SL007", ("*", "test")), ("SL112", ("test",)),
    ]  # fmt: skip


def test_a_field_in_an_environment_that_stops_all_is_told_once() -> None:
    text = f"{SERVICE}{HTTP}environments:\n  test:\n    count: {{min: 1, max: 3}}\n"
    assert [(code, at, environments) for code, at, environments, _ in _whole(text)] == [
        ("SL008", "min", ("*", "test"))
    ]


COLLECTOR = """\
receivers: {otlp: {protocols: {grpc: }}}
exporters: {awsxray: , awsemf: }
service:
  pipelines:
    traces: {receivers: [otlp], exporters: [awsxray]}
    metrics: {receivers: [otlp], exporters: [awsemf]}
"""


@pytest.mark.parametrize(
    ("old", "new", "code", "at", "related"),
    [
        (
            "{awsxray:",
            "{awsxrays:",
            "SL905",
            "awsxrays",
            ["therefore: no pipeline has the exporter 'awsxrays'", "therefore: no exporter 'awsxray' is configured"],
        ),
        (
            "[awsxray]",
            "[awsxrays]",
            "SL914",
            "awsxrays",
            ["therefore: no pipeline has the exporter 'awsxray'"],
        ),
        ("pipelines:", "pipeline:", "SL904", "pipeline", ["therefore: the service has no pipeline"]),
        (
            "receivers: {",
            "receiver: {",
            "SL904",
            "receiver",
            [
                "therefore: no receiver is configured",
                "therefore: no receiver 'otlp' is configured",
                "therefore: no receiver 'otlp' is configured",
            ],
        ),
        (
            "exporters: [awsemf]",
            "exporter: [awsemf]",
            "SL904",
            "exporter",
            ["therefore: no pipeline has the exporter 'awsemf'", "therefore: the pipeline metrics has no exporter"],
        ),
    ],
)  # fmt: skip
def test_one_mistake_in_a_collector_is_one_finding(
    old: str, new: str, code: str, at: str, related: list[str]
) -> None:
    assert _whole(_with_collector(COLLECTOR)) == []
    text = COLLECTOR.replace(old, new)
    assert text != COLLECTOR
    assert _whole(_with_collector(text)) == [(code, at, ("*",), related)]


def _with_collector(configuration: str) -> str:
    """A service with a collector that has the configuration as a variable."""
    sidecar = "sidecars:\n  otel:\n    image: public.ecr.aws/aws-observability/aws-otel-collector:v0.40.0\n"
    variable = "    variables:\n      AOT_CONFIG_CONTENT: |\n"
    return SERVICE + HTTP + sidecar + variable + indent(configuration, " " * 8)


def _mutations(parent: Any, step: str | int) -> list[Any]:
    """What may stand in the place of an entry by mistake: nothing, another name, another kind of value."""
    value = parent[step]
    others: list[Any] = [{}, "bogus", ["bogus"], {"bogus": value}]
    return [None, *(others if isinstance(step, int) else [f"{step}x", f"{step[:1]}{step}", *others])]


@st.composite
def _mistakes(draw: st.DrawFn) -> tuple[str, str]:
    """A manifest with two mistakes, and the same with the second of them only."""
    document = BASES[draw(st.sampled_from(sorted(BASES)))]
    places = st.sampled_from([path for path in paths(document) if path not in (("name",), ("type",))])
    first, second = draw(places), draw(places)
    assume(first[: len(second)] != second and second[: len(first)] != first)
    mistakes = [(path, draw(st.integers(0, 9))) for path in (first, second)]
    return _mutated(document, mistakes), _mutated(document, mistakes[1:])


def _mutated(document: Any, mistakes: list[tuple[Path, int]]) -> str:
    document = deepcopy(document)
    for path, choice in mistakes:
        parent = document
        for step in path[:-1]:
            parent = parent[step]
        step, values = path[-1], _mutations(parent, path[-1])
        value = values[choice % len(values)]
        if value is None and isinstance(parent, dict):
            del parent[step]
        elif isinstance(value, str) and isinstance(step, str) and step in value:
            items = [(value if key == step else key, old) for key, old in parent.items()]
            parent.clear()
            parent.update(items)
        else:
            parent[step] = value
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True)


def _all(report: Report) -> set[str]:
    return {finding.message for finding in report.with_consequences}


def _following(finding: Finding) -> set[str]:
    said = (related.message.partition(": ") for related in finding.related)
    return {message for word, _, message in said if word in ("therefore", "likewise")}


@settings(max_examples=80, deadline=None)
@given(_mistakes())
def test_what_follows_from_a_mistake_is_gone_with_it(texts: tuple[str, str]) -> None:
    both, second = map(lint_text, texts)
    left = _all(second)
    for finding in both.findings:
        if finding.message not in left:
            assert not left & _following(finding), (finding.message, texts[0])

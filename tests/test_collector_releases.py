"""What is told of a collector's configuration, and how gravely, by the release that reads it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from collectors import findings, with_exporter, with_processor

from sidecar_lint.collector.catalogue import catalogue
from sidecar_lint.collector.history import history
from sidecar_lint.finding import Severity

NEWER, OLDER, ANCIENT, ODD = ("v0.99.0",), ("v0.40.0",), ("v0.30.0",), ("unknown",)


def told(text: str, *versions: str, code: str, **options: object) -> list[Severity]:
    """The severities of a rule's findings."""
    return [each.severity for each in findings(text, versions=versions, **options) if each.code == code]


@pytest.mark.parametrize(
    ("text", "code", "severities"),
    [
        # What never changed.
        (with_processor("batch: {timeout: 10}"), "SL911", "wwwwww"),
        (with_processor("batch: {timeout: 10x}"), "SL910", "eeeeee"),
        (with_processor("resourcedetection: {detectors: [ecss]}"), "SL913", "eeeeww"),
        (with_exporter("awscloudwatchlogs: {log_group_name: a}", "logs"), "SL912", "eeeeww"),
        (with_exporter("otlp: {endpoint: '${AWS::Region}:4317'}"), "SL922", "eeeeww"),
        # The name of a setting: nowhere in the component, elsewhere in it, gone since.
        (with_exporter("otlp: {endpoint: 'a:1', foo_bar: 1}"), "SL908", "eeeiii"),
        (with_exporter("otlp: {endpoint: 'a:1', endpont: 1}"), "SL908", "eeewww"),
        (with_exporter("otlp: {endpoint: 'a:1', insecure: true}"), "SL908", "eewiii"),
        (with_exporter("otlp: {endpoint: 'a:1', batcher: {}}"), "SL908", "ee----"),
        # Text for a number: taken as one before v0.41.0.
        (with_exporter("file: {path: a, rotation: {max_days: '3'}}"), "SL909", "ee--ii"),
        # A component that no release ever had.
        (with_processor("transform: {}"), "SL905", "eeeew-"),
        (with_processor("batchh: {}"), "SL905", "eeeeww"),
    ],
)
def test_how_grave_it_is(text: str, code: str, severities: str) -> None:
    readers = [
        ((), "adot"),
        (NEWER, "adot"),
        (OLDER, "adot"),
        (ANCIENT, "adot"),
        (ODD, "adot"),
        (ODD, "other"),
    ]
    found = [told(text, *versions, code=code, distribution=name) for versions, name in readers]
    assert "".join(each[0].value[0] if each else "-" for each in found) == severities


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            with_exporter("prometheus_remote_write: {endpoint: 'https://a', keep_classic_histograms: true}"),
            "SL908",
        ),
        (with_processor("cumulative_to_delta:", "metrics"), "SL905"),
    ],
)
def test_what_came_with_the_newest_release_is_known_to_it_alone(text: str, code: str) -> None:
    assert told(text, code=code) == told(text, "v0.50.0", code=code) == []
    assert told(text, "v0.49.0", code=code) == [Severity.ERROR]


def test_the_next_name_of_a_component_is_taken_without_a_word() -> None:
    for name in ("deltatorate", "delta_to_rate"):
        assert not {"SL905", "SL906"} & {
            each.code for each in findings(with_processor(f"{name}:", "metrics"))
        }


def test_a_setting_of_releases_without_sources_may_have_come_with_any_of_them() -> None:
    text = with_exporter("otlp: {endpoint: 'a:1', tls: {cipher_suites: [a]}}")  # in v0.39.0, not in v0.37.3
    assert told(text, "v0.38.0", code="SL908") == []
    assert told(text, "v0.37.3", code="SL908") == [Severity.ERROR]


def test_a_setting_that_came_later_is_told() -> None:
    text = with_exporter("otlp: {endpoint: 'a:1', sending_queue: {batch: {min_size: 5}}}")
    assert told(text, "v0.44.0", code="SL908") == []
    assert told(text, "v0.43.0", code="SL908") == [Severity.ERROR]  # not of what is below
    assert told(text, "v0.43.0", code="SL908", distribution="other") == []
    assert told(text, "v0.30.0", code="SL908") == []  # nobody knows


@pytest.mark.parametrize(
    "exporter", ["prometheusremotewrite: {endpoint: $URL}", "file: {path: a, rotation: {max_days: $N}}"]
)
def test_what_a_variable_stands_for_is_not_known_where_it_is_replaced(exporter: str) -> None:
    text = with_exporter(exporter, "metrics")
    said = [each.code for each in findings(text, versions=("v0.40.2",)) if each.severity is not Severity.INFO]
    assert said == []


def test_a_variable_that_is_not_replaced_is_one_mistake() -> None:
    text = with_exporter("file: {path: a, rotation: {max_days: $DAYS}}")
    assert [each.code for each in findings(text, versions=("v0.49.0",))] == ["SL933"]


def test_what_the_telemetry_of_an_older_collector_takes() -> None:
    text = with_exporter("debug:") + "  telemetry: {metrics: {address: '0.0.0.0:8888'}}\n"
    assert told(text, "v0.43.0", code="SL908") == []
    assert told(text, "v0.44.0", code="SL908") == [Severity.ERROR]


@pytest.mark.parametrize("exporter", ["debug:", "otlp: {endpoint: 'a:1', batcher: {}}", "elasticsearch: {}"])
def test_what_is_not_judged_is_said_to_be(exporter: str) -> None:
    text, is_sound = with_exporter(exporter), exporter == "debug:"
    said = {
        (versions, name): told(text, *versions, code="SL931", distribution=name)
        for versions in ((), NEWER, ANCIENT, ODD)
        for name in ("adot", "other")
    }
    once: list[Severity] = [] if is_sound else [Severity.INFO]
    assert said[(), "adot"] == []
    assert said[NEWER, "adot"] == once
    assert said[ODD, "other"] == once
    assert said[ANCIENT, "adot"] == (once if "batcher" in exporter else [])


def test_the_table_of_settings_fits_the_schema() -> None:
    made = json.loads((Path(__file__).parents[1] / "tables" / "collector_history.json").read_text("utf-8"))
    components = {name for name in catalogue().definitions if "." in name}
    assert set(made["components"]) == components - {"receivers.prometheus"} | {"service.telemetry"}
    for component, changes in made["components"].items():
        assert not any(history().is_nowhere(component, setting) for setting in changes["since"])


def test_no_name_of_another_purpose_is_offered() -> None:
    said = [each.help for each in findings(with_processor("transform: {}")) if each.code == "SL905"]
    assert "metrics_transform" not in said[0]
    assert "upstream" in said[0]

"""What is left to a YAML server with our schema: what the schema says, and nothing else that a rule knows."""

from __future__ import annotations

import pytest

from sidecar_lint import Document
from sidecar_lint.language.schema import said_by_schema
from sidecar_lint.linting.classify import classify
from sidecar_lint.manifests.file import ManifestFile
from sidecar_lint.syntax.source import Source

HEAD = "name: api\ntype: Backend Service\n"


def _said(text: str) -> set[str]:
    source = Source("copilot/api/manifest.yml", text)
    return {text[span.start : span.end] for span in said_by_schema(Document(source))}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("logging: {retention: 45}\n", {"45"}),
        ("cpus: 1\n", {"cpus"}),
        ("sidecars: {nginx: {image: nginx, healthCheck: {}, x-ours: 1}}\n", {"healthCheck"}),
        ("environments: {prod: {logging: {retention: 45}}}\n", {"45"}),
        ("sidecars: {my.nginx: {image: nginx}, envoy: {image: envoy}}\n", {"my.nginx"}),
    ],
)
def test_what_does_not_fit_is_said_by_the_schema(text: str, said: set[str]) -> None:
    assert _said(HEAD + text) == said


def test_a_type_that_is_none_is_said_by_the_schema() -> None:
    assert _said("name: api\ntype: backend service\n") == {"backend service"}


def test_an_environment_in_a_workloads_place_is_not_said_by_the_schema() -> None:
    assert _said("name: api\ntype: Environment\n") == set()


@pytest.mark.parametrize(
    "text",
    [
        "logging: {retention: 14}\n",
        "image: {healthcheck: {interval: 6m}}\n",
        "count: {range: 10-2, cpu_percentage: 70}\n",
        """sidecars: {nginx: {image: nginx, labels: {tags: '["a"]'}}}\n""",
    ],
)
def test_what_only_a_rule_knows_is_not_said_by_the_schema(text: str) -> None:
    assert _said(HEAD + text) == set()


@pytest.mark.parametrize("text", ["", "[]\n", "a: [\n", "name: api\n"])
def test_what_is_no_manifest_has_nothing_said_of_it(text: str) -> None:
    assert _said(text) == set()


def _said_in(path: str, text: str) -> set[str]:
    file = classify(Source(path, text), None).file
    assert isinstance(file, ManifestFile)
    return {text[span.start : span.end] for span in said_by_schema(file)}


ENVIRONMENT = "copilot/environments/test/manifest.yml"
PIPELINE = "copilot/pipelines/main/manifest.yml"


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        (ENVIRONMENT, "name: test\ntype: Environment\nenvironments: {}\n", {"environments"}),
        (ENVIRONMENT, "name: test\ntype: Environment\nobservability: {container_insights: 1}\n", {"1"}),
        (ENVIRONMENT, "name: test\ntype: environment\ncdn: [1]\n", {"environment"}),
        (PIPELINE, "version: 2\nstages: []\n", {"2"}),
        (PIPELINE, "version: 1\nstages: [{name: test, require_approval: true}]\n", {"require_approval"}),
    ],
)
def test_manifests_of_every_kind_are_left_to_the_schema(path: str, text: str, said: set[str]) -> None:
    assert _said_in(path, text) == said


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (ENVIRONMENT, "name: test\nenvironments: {}\n"),
        (ENVIRONMENT, "name: test\ntype: Backend Service\nenvironments: {}\nnetwork: [1]\n"),
        (ENVIRONMENT, "name: test\nversion: 1\nobservability: {container_insights: 1}\n"),
        (PIPELINE, "type: Backend Service\nversion: 2\nstages: []\n"),
    ],
)
def test_a_file_that_the_schema_takes_for_another_kind_is_not_left_to_it(path: str, text: str) -> None:
    assert _said_in(path, text) == set()

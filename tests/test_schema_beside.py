"""What is left to a YAML server with our schema: what the schema says, and nothing else that a rule knows."""

from __future__ import annotations

import pytest

from sidecar_lint import Document
from sidecar_lint.language.schema import said_by_schema
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

"""Completion: what a place allows and nothing else, also in a text that is no YAML at the moment."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workspaces import FIXTURES

from sidecar_lint import Document, Files, Scalar
from sidecar_lint.language.completion import Completion, complete
from sidecar_lint.language.cursor import cursor
from sidecar_lint.manifests.schema_check import node_at
from sidecar_lint.syntax.source import Source

ORDERS = str(FIXTURES / "shop" / "copilot" / "orders" / "manifest.yml")
WORKSPACE = Files().workspace(ORDERS)
assert WORKSPACE is not None
WORKLOAD = WORKSPACE.workloads["orders"]
TEXT = Files().read(ORDERS).text


def _complete(text: str) -> list[Completion]:
    """What is offered at the mark."""
    at = text.index("‸")
    return complete(Document(Source(ORDERS, text.replace("‸", "", 1)), WORKLOAD), at)


def _edited(old: str, new: str) -> list[str]:
    assert old in TEXT
    return [each.label for each in _complete(TEXT.replace(old, new, 1))]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("target_container: nginx", "target_container: ‸", ["orders", "nginx"]),
        ("target_container: nginx", "target_container: 'n‸'", ["orders", "nginx"]),
        ("source_volume: receipts", "source_volume: ‸", ["receipts"]),
        ("    collector: start", "    collector: ‸", ["start", "healthy", "complete", "success"]),
        ("    collector: start", "    ‸", ["firelens_log_router", "nginx", "collector"]),
        ("    collector: start", "    ‸: start", ["firelens_log_router", "nginx", "collector"]),
        ("depends_on:\n    collector: start", "depends_on: {‸}", ["firelens_log_router", "nginx", "collector"]),
        ("platform: linux/x86_64", "platform: ‸", ["linux/x86_64", "linux/arm64", "windows/x86_64"]),
        ("exec: true", "exec: ‸", ["true", "false"]),
        ("env_file: orders/orders.env", "env_file: orders/‸", ["orders/orders.env"]),
        ("build: nginx/Dockerfile", "build: nginx/‸", ["nginx/Dockerfile"]),
        ("build: nginx/Dockerfile", "build: ‸", ["copilot/", "nginx/", "orders/"]),
        ("    context: orders\n", "    context: ‸\n", ["copilot", "nginx", "orders"]),
        ("name: orders\n", "name: ‸\n", ["orders"]),
        ("  staging:\n", "  ‸:\n", ["prod", "staging", "test"]),
        ("  staging:\n", "  staging:\n    sidecars:\n      ‸\n", ["nginx", "collector"]),
        ("        path: /usr", "        ‸\n        path: /usr", ["read_only"]),
        ("    image:\n      build: nginx", "    image:\n      ‸\n      build: nginx", ["location"]),
        ("DB_PASSWORD: /copilot", "DB_PASSWORD: ‸ /copilot", [
            "/copilot/${COPILOT_APPLICATION_NAME}/${COPILOT_ENVIRONMENT_NAME}/secrets/DB_PASSWORD"
        ]),
        ("# Orders", "# Or‸ders", []),
        ("variables:\n", "variables:\n  ‸\n", []),
    ],
)  # fmt: skip
def test_what_is_offered(old: str, new: str, expected: list[str]) -> None:
    assert _edited(old, new) == expected


def test_the_retention_is_one_that_cloudwatch_knows() -> None:
    offered = _edited("retention: 14", "retention: ‸")
    assert offered[:3] == ["1", "3", "5"]
    assert len(offered) == len(set(offered)) == 22


def test_outputs_and_their_options() -> None:
    assert {"firehose", "cloudwatch_logs", "datadog"} <= set(_edited("Name: firehose", "Name: ‸"))
    offered = _edited("    delivery_stream: shop-orders", "    ‸")
    assert offered[0] == "delivery_stream"
    assert "region" not in offered, "it is written already"
    assert "log_stream_name" not in offered, "it belongs to another output"
    assert _edited("Name: firehose\n    region", "‸\n    region")[0] == "Name"


def test_a_manifest_without_a_type_needs_one_first() -> None:
    assert [each.label for each in _complete("‸")] == ["name", "type"]
    assert [each.label for each in _complete("name: a\n‸")] == ["type"]
    kinds = [each.label for each in _complete("name: a\ntype: ‸")]
    assert kinds[0] == "Load Balanced Web Service"
    assert len(kinds) == 6


def test_fields_are_those_of_the_type_and_place() -> None:
    job = [each.label for each in _complete("type: Scheduled Job\nname: a\n‸")]
    assert {"on", "sidecars", "logging"} <= set(job)
    assert "http" not in job
    assert job[0] == "image"
    site = [each.label for each in _complete("type: Static Site\nname: a\n‸")]
    assert "sidecars" not in site


@pytest.mark.parametrize(
    "broken",
    ["type: Backend Service\nsidecars: {a: ]\n", "a: 'b\n", "\tx: 1\n", "type: Backend Service\n- a\n"],
)
def test_a_broken_text_is_answered(broken: str) -> None:
    for at in range(len(broken) + 1):
        complete(Document(Source("x", broken)), at)


def test_what_belongs_together_is_written_together() -> None:
    text = "type: Backend Service\nname: a\nsidecars:\n  nginx:\n    image: x\n    ‸\n"
    mounts = next(each for each in _complete(text) if each.label == "mount_points")
    assert mounts.is_snippet
    assert mounts.text == "mount_points:\n      - source_volume: $1\n        path: $2"
    flow = _complete("type: Backend Service\nname: a\nsidecars: {nginx: {‸}}\n")
    assert next(each for each in flow if each.label == "mount_points").text == "mount_points: "


def test_an_environment_needs_nothing() -> None:
    offered = _complete(TEXT.replace("  staging:\n", "  staging:\n    ‸\n", 1))
    assert "count" not in [each.label for each in offered]
    assert {each.rank for each in offered} == {1}


def test_a_field_has_its_documentation() -> None:
    sidecars = next(
        each for each in _complete("type: Backend Service\nname: a\n‸") if each.label == "sidecars"
    )
    assert sidecars.detail
    assert "https://aws.github.io/copilot-cli/" in sidecars.documentation


def test_the_word_at_the_cursor_is_replaced_and_no_more() -> None:
    text = TEXT.replace("  target_container: nginx", "  target_con‸tainer: nginx", 1)
    offered = next(each for each in _complete(text) if each.label == "target_port")
    plain = text.replace("‸", "")
    assert plain[offered.replace.start : offered.replace.end] == "target_container"
    assert offered.text == "target_port", "the colon is there"


@given(st.integers(0, len(TEXT)), st.text("ab:-{}[]'\"# \n|>,", max_size=8))
def test_any_edit_is_answered(at: int, typed: str) -> None:
    text = TEXT[:at] + typed + TEXT[at:]
    for each in complete(Document(Source(ORDERS, text), WORKLOAD), at + len(typed)):
        assert 0 <= each.replace.start <= at + len(typed) <= each.replace.end <= len(text)


def test_the_cursor_finds_the_way_that_the_parser_finds() -> None:
    """At every scalar of the fixture, the way by indentation is the way through the tree."""
    document = Document(Source(ORDERS, TEXT))
    assert document.root is not None
    found = 0
    for scalar in document.scalars:
        at = cursor(TEXT, scalar.span.end)
        if at is None or scalar.key is None:
            continue
        found += 1
        node = node_at(document.root, at.full_path)
        assert isinstance(node, Scalar)
        assert node.span == scalar.span
    assert found > 30

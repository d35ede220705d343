"""What is left to a YAML server with our JSON Schema is said by it: each constraint, at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import editors
import pytest

from sidecar_lint import Rule, lint_text
from sidecar_lint.language.schema import said_by_schema
from sidecar_lint.manifests import schemas
from sidecar_lint.manifests.manifest import Document
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.syntax.source import Source
from sidecar_lint.testing import parse
from sidecar_lint.workspace.places import ManifestKind, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsp_client import Client

pytestmark = pytest.mark.editors

_RULES = [rule for rule in load_rules() if rule.in_schema]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with editors.yaml_language_server(tmp_path_factory.mktemp("yaml")) as client:
        yield client


def _diagnostics(client: Client, path: str, text: str) -> list[Any]:
    client.open(path, text)
    found: list[Any] = client.wait(lambda: editors.published(client, path))[-1]["params"]["diagnostics"]
    return found


def _left(rule: Rule, path: str, text: str) -> Iterator[int]:
    """The lines of findings that are left to the schema."""
    source = Source(path, text)
    said = said_by_schema(Document(source))
    for finding in lint_text(text, path, [rule]).findings:
        if finding.span in said:
            yield source.position(finding.span.start).line


def _manifests(rule: Rule) -> Iterator[str]:
    """The manifests of workloads in a rule's examples of what is wrong."""
    for bad in rule.bad:
        for name, text in parse(bad.text).files.items():
            if kind_of(name) is ManifestKind.WORKLOAD:
                yield text


@pytest.mark.parametrize("rule", _RULES, ids=lambda rule: f"{rule.code}-{rule.name}")
def test_what_is_left_to_the_schema_is_said_by_it(client: Client, rule: Rule) -> None:
    for number, text in enumerate(_manifests(rule)):
        path = f"copilot/{rule.name}-{number}/manifest.yml"
        left = set(_left(rule, path, text))
        if left:
            ranges = [each["range"] for each in _diagnostics(client, path, text)]
            said = {line for each in ranges for line in range(each["start"]["line"], each["end"]["line"] + 1)}
            assert left <= said, text


@pytest.mark.parametrize(
    "kind", ["Load Balanced Web Service", "Backend Service", "Request-Driven Web Service"]
)
def test_a_port_is_described_as_of_the_workloads_own_type(client: Client, kind: str) -> None:
    path = f"copilot/{schemas.FILES[kind]}/manifest.yml"
    _diagnostics(client, path, f"name: api\ntype: {kind}\nimage:\n  location: nginx\n  port: 80\n")
    shown = client.ask("textDocument/hover", path, position={"line": 4, "character": 3})["contents"]["value"]
    assert f"docs/manifest/{schemas.FILES[kind]}/#image-port" in shown.replace("\\", "")
    assert shown.count("docs/manifest/") == 1

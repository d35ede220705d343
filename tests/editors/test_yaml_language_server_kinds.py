"""What is left to a YAML server of the manifests of environments and pipelines is said by it, too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import editors
import pytest

from sidecar_lint import Rule, lint_text
from sidecar_lint.language.schema import said_by_schema
from sidecar_lint.linting.classify import classify
from sidecar_lint.manifests.file import ManifestFile
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.syntax.source import Source
from sidecar_lint.testing import parse
from sidecar_lint.workspace.places import ManifestKind, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsp_client import Client

pytestmark = pytest.mark.editors

ENVIRONMENT = "copilot/environments/{}/manifest.yml"
PIPELINE = "copilot/pipelines/{}/manifest.yml"
#: Manifests with a mistake that rules and schema know, and one with a type that leads the schema astray.
MANIFESTS = [
    (ENVIRONMENT, "name: test\ntype: Environment\nenvironments: {}\nobservability: {container_insights: 1}\n"),
    (ENVIRONMENT, "name: test\ntype: environment\ncdn: [1]\n"),
    (ENVIRONMENT, "name: test\ntype: Backend Service\nnetwork: [1]\n"),
    (ENVIRONMENT, "name: test\nnetwork: [1]\n"),
    (PIPELINE, "name: a\nversion: 2\nsource: {provider: github}\nstages:\n  - {name: test, require_approval: true}\n"),
    (PIPELINE, "name: a\nversion: 1\ntype: Backend Service\nstages: 1\n"),
]  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with editors.yaml_language_server(tmp_path_factory.mktemp("yaml")) as client:
        yield client


def _examples() -> Iterator[tuple[str, str]]:
    """What rules that share with the schema give as examples of what is wrong."""
    places = {ManifestKind.ENVIRONMENT: ENVIRONMENT, ManifestKind.PIPELINE: PIPELINE}
    for rule in load_rules():
        for bad in rule.bad if rule.in_schema else ():
            for name, text in parse(bad.text).files.items():
                kind = kind_of(name)
                if kind is not None and kind in places:
                    yield places[kind], text


def _left(rules: list[Rule], path: str, text: str) -> Iterator[int]:
    """The lines of findings that are left to the schema."""
    file = classify(source := Source(path, text), None).file
    assert isinstance(file, ManifestFile)
    said = said_by_schema(file)
    for finding in lint_text(text, path, rules).findings:
        if finding.span in said:
            yield source.position(finding.span.start).line


def _said(client: Client, path: str, text: str) -> set[int]:
    client.open(path, text)

    def published() -> Any:
        return [m for m in client.received if (m.get("params") or {}).get("uri") == client.uri(path)]

    ranges = [each["range"] for each in client.wait(published)[-1]["params"]["diagnostics"]]
    return {line for each in ranges for line in range(each["start"]["line"], each["end"]["line"] + 1)}


@pytest.mark.parametrize(("place", "text"), [*MANIFESTS, *_examples()])
def test_what_is_left_to_the_schema_is_said_by_it(client: Client, place: str, text: str) -> None:
    path = place.format(abs(hash(text)))
    left = set(_left([rule for rule in load_rules() if rule.in_schema], path, text))
    assert left <= _said(client, path, text)


def test_something_is_left_to_it() -> None:
    rules = [rule for rule in load_rules() if rule.in_schema]
    left = [set(_left(rules, place.format("x"), text)) for place, text in MANIFESTS]
    assert [sorted(lines) for lines in left] == [[2, 3], [1], [], [], [1, 2, 4], []]

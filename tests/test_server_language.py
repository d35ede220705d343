"""Completion, hover and names through the real server, as an editor asks for them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from lsp_client import Client, Message, copied
from workspaces import FIXTURES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ORDERS = "copilot/orders/manifest.yml"
SNIPPETS: Message = {"textDocument": {"completion": {"completionItem": {"snippetSupport": True}}}}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    shutil.copytree(FIXTURES / "shop", tmp_path / "shop")
    with copied(tmp_path / "shop") as client:
        yield client


def _open(client: Client, old: str = "", new: str = "") -> str:
    """Open the manifest with an edit that nobody saved."""
    text = (client.root / ORDERS).read_text("utf-8").replace(old, new, 1) if old else ""
    text = text or (client.root / ORDERS).read_text("utf-8")
    client.open(ORDERS, text)
    return text


def _place(text: str, word: str, offset: int = 0) -> Message:
    before = text[: text.index(word) + offset]
    return {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}


def _ask(client: Client, method: str, text: str, word: str, offset: int = 0, **more: Any) -> Any:
    return client.ask(f"textDocument/{method}", ORDERS, position=_place(text, word, offset), **more)


def test_completion_in_a_file_that_is_no_yaml(client: Client) -> None:
    client.initialize(SNIPPETS)
    text = _open(client, "    port: 80\n    mount_points:", "    mo: [\n    mount_points:")
    labels = [each["label"] for each in _ask(client, "completion", text, "mo: [", 2)["items"]]
    assert {"port", "essential"} <= set(labels)


def test_completion_writes_what_belongs_together(client: Client) -> None:
    client.initialize(SNIPPETS)
    text = _open(client, "    essential: false", "    mo")
    items = _ask(client, "completion", text, "    mo\n", 6)["items"]
    mounts = next(each for each in items if each["label"] == "mount_points")
    assert mounts["insertTextFormat"] == 2
    assert mounts["textEdit"]["newText"] == "mount_points:\n      - source_volume: $1\n        path: $2"
    assert mounts["textEdit"]["range"]["start"] == _place(text, "    mo\n", 4)


def test_a_client_without_snippets_gets_none(client: Client) -> None:
    client.initialize()
    text = _open(client, "    essential: false", "    mo")
    items = _ask(client, "completion", text, "    mo\n", 6)["items"]
    mounts = next(each for each in items if each["label"] == "mount_points")
    assert "$" not in mounts["textEdit"]["newText"]


def test_hover_shows_the_value_in_every_environment(client: Client) -> None:
    client.initialize()
    text = _open(client)
    found = _ask(client, "hover", text, "cpu: 512", 1)
    assert "| `prod` | `1024` |" in found["contents"]["value"]
    assert found["range"]["start"] == _place(text, "cpu: 512")


def test_names_are_found_and_renamed(client: Client) -> None:
    client.initialize()
    text = _open(client)
    defined = _ask(client, "definition", text, "source_volume: receipts", 16)
    assert defined["range"]["start"] == _place(text, "    receipts:", 4)
    context = {"context": {"includeDeclaration": True}}
    assert len(_ask(client, "references", text, "receipts:", 1, **context)) == 2
    assert len(_ask(client, "documentHighlight", text, "receipts:", 1)) == 2
    prepared = _ask(client, "prepareRename", text, "receipts:", 1)
    assert prepared["placeholder"] == "receipts"
    edit = _ask(client, "rename", text, "receipts:", 1, newName="bills")
    assert [each["newText"] for each in edit["changes"][client.uri(ORDERS)]] == ["bills", "bills"]


def test_an_environment_leads_to_its_manifest(client: Client) -> None:
    client.initialize()
    text = _open(client)
    found = _ask(client, "definition", text, "  staging:", 3)
    assert found["uri"] == client.uri("copilot/environments/staging/manifest.yml")
    assert found["range"]["start"] == {"line": 0, "character": 0}


RENAMING: Message = {
    "workspace": {"workspaceEdit": {"documentChanges": True, "resourceOperations": ["rename"]}},
}
PIPELINE = "copilot/pipelines/main/manifest.yml"
STAGING = "copilot/environments/staging/manifest.yml"


def _place_in(client: Client, path: str, word: str) -> Message:
    return {"position": _place((client.root / path).read_text("utf-8"), word)}


def test_names_lead_from_a_pipeline_to_environments_and_workloads(client: Client) -> None:
    text = (
        (client.root / PIPELINE)
        .read_text("utf-8")
        .replace("  - name: staging\n", "  - name: staging\n    deployments:\n      orders:\n")
    )
    client.initialize()
    client.open(PIPELINE, text)
    for word, path in (("staging", STAGING), ("orders", ORDERS)):
        found = client.ask("textDocument/definition", PIPELINE, position=_place(text, word))
        assert found["uri"] == client.uri(path)
    hovered = client.ask("textDocument/hover", PIPELINE, position=_place(text, "orders"))
    assert "Workload `orders`" in hovered["contents"]["value"]
    assert client.ask("textDocument/prepareRename", PIPELINE, position=_place(text, "orders")) is None


@pytest.mark.parametrize(
    ("path", "word"),
    [(ORDERS, "staging:"), (PIPELINE, "staging"), (STAGING, "staging"), ("secrets.yml", "staging: |"),
     (".sidecar-lint.yml", "staging")],
)  # fmt: skip
def test_references_of_an_environment_are_in_every_kind_of_file(client: Client, path: str, word: str) -> None:
    (client.root / ".sidecar-lint.yml").write_text("environments: {staging: {ignore: [SL106]}}\n")
    client.initialize()
    client.open(path)
    context = {"context": {"includeDeclaration": True}, **_place_in(client, path, word)}
    found = client.ask("textDocument/references", path, **context)
    assert [each["uri"] for each in found] == [
        client.uri(each) for each in (".sidecar-lint.yml", STAGING, ORDERS, PIPELINE, "secrets.yml")
    ]
    context["context"]["includeDeclaration"] = False
    assert len(client.ask("textDocument/references", path, **context)) == 3


def test_an_environment_is_renamed_with_its_folder(client: Client) -> None:
    client.initialize(RENAMING)
    client.open(PIPELINE)
    client.open(ORDERS)
    place = _place_in(client, PIPELINE, "staging")
    assert client.ask("textDocument/prepareRename", PIPELINE, **place)["placeholder"] == "staging"
    changes = client.ask("textDocument/rename", PIPELINE, newName="preview", **place)["documentChanges"]
    texts = [each["textDocument"] for each in changes if "textDocument" in each]
    assert [(each["uri"], each["version"]) for each in texts] == [
        (client.uri(STAGING), None), (client.uri(ORDERS), 1), (client.uri(PIPELINE), 1),
        (client.uri("secrets.yml"), None),
    ]  # fmt: skip
    assert {edit["newText"] for each in changes if "edits" in each for edit in each["edits"]} == {"preview"}
    assert changes[-1] == {
        "kind": "rename",
        "oldUri": client.uri("copilot/environments/staging"),
        "newUri": client.uri("copilot/environments/preview"),
    }


def test_an_environment_without_a_folder_is_renamed_in_any_editor(client: Client) -> None:
    shutil.rmtree(client.root / "copilot" / "environments" / "staging")
    client.initialize()
    client.open(PIPELINE)
    place = _place_in(client, PIPELINE, "staging")
    changes = client.ask("textDocument/rename", PIPELINE, newName="preview", **place)["changes"]
    assert sorted(changes) == sorted(map(client.uri, (ORDERS, PIPELINE, "secrets.yml")))


def test_a_renaming_that_would_leave_the_folder_behind_is_refused(client: Client) -> None:
    client.initialize()
    client.open(PIPELINE)
    place = _place_in(client, PIPELINE, "staging")
    with pytest.raises(Exception, match="cannot rename the folder of an environment"):
        client.ask("textDocument/rename", PIPELINE, newName="preview", **place)
    with pytest.raises(Exception, match="no environment can be called 'a b'"):
        client.ask("textDocument/rename", PIPELINE, newName="a b", **place)


def test_manifests_of_every_kind_have_an_outline_and_completion(client: Client) -> None:
    client.initialize()
    for path, word, key in ((PIPELINE, "repository", "output_artifact_format"), (STAGING, "name", "cdn")):
        client.open(path)
        assert client.ask("textDocument/documentSymbol", path)
        items = client.ask("textDocument/completion", path, **_place_in(client, path, word))["items"]
        assert key in [each["label"] for each in items]
    (link,) = client.ask("textDocument/documentLink", _with_buildspec(client))
    assert link["target"] == client.uri("copilot/pipelines/main/buildspec.yml")


def _with_buildspec(client: Client) -> str:
    buildspec = "build: {buildspec: copilot/pipelines/main/buildspec.yml}\n"
    client.change(PIPELINE, {"text": (client.root / PIPELINE).read_text("utf-8") + buildspec})
    return PIPELINE


def test_a_name_that_cannot_be_is_refused_with_a_sentence(client: Client) -> None:
    client.initialize()
    text = _open(client)
    with pytest.raises(Exception, match="is not a name"):
        _ask(client, "rename", text, "receipts:", 1, newName="a b")
    with pytest.raises(Exception, match="it cannot be called 'orders': 'orders' is the name of"):
        _ask(client, "rename", text, "  nginx:", 3, newName="orders")


def _shown(answer: Any) -> Iterator[str]:
    """What an editor shows as text of an answer of the server."""
    if isinstance(answer, dict):
        yield from (text for key, value in answer.items() if key in _SHOWN and (text := value))
    if isinstance(answer, dict | list):
        for each in answer.values() if isinstance(answer, dict) else answer:
            yield from _shown(each)


_SHOWN = ("message", "title", "label", "name", "detail")
_HOSTILE = """\
name: api
type: Backend Service
image: {build: Dockerfile, port: "8\\e[1m\\u202e0"}
sidecars:
  "x\\u202e\\u2028": {imag: "\\e[31m\\u202e", image: "nginx\\u202e:1"}
  y: {depends_on: {}}
environments:
  "prod\\u202e": {image: {port: "9\\u202e"}, count: 2}
"""


def test_an_editor_is_shown_no_control_character(client: Client) -> None:
    client.initialize({"textDocument": {"publishDiagnostics": {"relatedInformation": True}}})
    client.open(ORDERS, _HOSTILE)
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}
    answers = [
        client.pushed(ORDERS),
        client.ask("textDocument/documentSymbol", ORDERS),
        client.ask("textDocument/inlayHint", ORDERS, range=whole),
        client.ask("textDocument/codeAction", ORDERS, range=whole, context={"diagnostics": []}),
        _ask(client, "completion", _HOSTILE, "depends_on: {", 13)["items"],
        _ask(client, "hover", _HOSTILE, "nginx"),
    ]
    shown = [*_shown(answers), answers[-1]["contents"]["value"]]
    assert any("\\u202e" in text for text in shown)
    assert all(line.isprintable() for text in shown for line in text.split("\n"))

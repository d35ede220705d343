"""What the language server answers besides diagnostics: a real process, spoken to in JSON."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from lsp_client import PULL, Client, Message, copied, running
from workspaces import FIXTURES

from sidecar_lint.rendering.rendering import Form
from sidecar_lint.server.features.effective import address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

API = "copilot/api/manifest.yml"
ORDERS = "copilot/orders/manifest.yml"
HEAD = "name: api\ntype: Backend Service\nimage: {location: a:1}\n"
WRONG = HEAD + "logging: {retention: 45}\nsidecars:\n  nginx: {image: nginx:1, mountPoints: []}\n"
EDITS: Message = {"documentChanges": True, "resourceOperations": ["create"], "snippetEditSupport": True}
MANY: Message = {**PULL, "workspace": {"workspaceEdit": EDITS}}
SHOWS: Message = {
    **PULL,
    "window": {"showDocument": {"support": True}},
    "workspace": {"textDocumentContent": {"dynamicRegistration": True}},
}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    root = tmp_path / "shop"
    shutil.copytree(FIXTURES / "shop", root)
    (root / "copilot" / "api").mkdir()
    (root / API).write_text(WRONG)
    with copied(root) as client:
        yield client


def _range(line: int, start: int = 0, end: int = 999) -> Message:
    return {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}}


def _actions(client: Client, line: int, **context: Any) -> list[Message]:
    context = {"diagnostics": [], **context}
    found: list[Message] = client.ask("textDocument/codeAction", API, range=_range(line), context=context)
    return found


def _apply(text: str, edits: list[Message]) -> str:
    """Edits of an ASCII text, as an editor makes them."""
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]

    def offset(position: Message) -> int:
        return min(starts[position["line"]] + int(position["character"]), len(text))

    for edit in sorted(edits, key=lambda each: offset(each["range"]["start"]), reverse=True):
        start, end = offset(edit["range"]["start"]), offset(edit["range"]["end"])
        text = (
            text[:start] + (edit["newText"] if "newText" in edit else edit["snippet"]["value"]) + text[end:]
        )
    return text


def _edits(action: Message) -> list[Message]:
    edit = action["edit"]
    if "changes" in edit:
        ((_, edits),) = edit["changes"].items()
    else:
        edits = edit["documentChanges"][-1]["edits"]
    assert isinstance(edits, list)
    return edits


def test_a_fix_is_offered_for_what_it_fixes(client: Client) -> None:
    client.initialize(MANY)
    client.open(API)
    fix, *rest = _actions(client, 3, only=["quickfix"])
    assert fix["title"] == "replace `45` with `60` (may not be meant)"
    assert fix["isPreferred"] is True
    assert [each["code"] for each in fix["diagnostics"]] == ["SL201"]
    (change,) = fix["edit"]["documentChanges"]
    assert change["textDocument"] == {"uri": client.uri(API), "version": 1}
    assert _apply(WRONG, _edits(fix)) == WRONG.replace("45", "60")
    assert {each["kind"] for each in rest} == {"quickfix"}


def test_a_client_that_knows_nothing_of_versions_gets_plain_changes(client: Client) -> None:
    client.initialize(PULL)
    client.open(API)
    fix = _actions(client, 3)[0]
    assert list(fix["edit"]) == ["changes"]
    assert _apply(WRONG, _edits(fix)) == WRONG.replace("45", "60")


def test_a_finding_can_be_ignored_with_a_reason_to_fill_in(client: Client) -> None:
    client.initialize(MANY)
    client.open(API)
    here, everywhere = (each for each in _actions(client, 3) if each["title"].startswith("Ignore SL201"))
    assert (
        _apply(WRONG, _edits(here))
        .split("\n")[3]
        .endswith("  # sidecar-lint: ignore[SL201] ${1:TODO: say why}")
    )
    assert _apply(WRONG, _edits(everywhere)).startswith("# sidecar-lint: ignore-file[SL201] ${1:")


def test_without_snippets_the_reason_is_plain_text(client: Client) -> None:
    client.initialize(PULL)
    client.open(API)
    here = next(each for each in _actions(client, 3) if each["title"].startswith("Ignore SL201"))
    client.change(API, {"text": _apply(WRONG, _edits(here))})
    assert "SL201" not in [each["code"] for each in client.pull(API)["items"]]


def test_everything_can_be_fixed_at_once_where_that_is_asked_for(client: Client) -> None:
    client.initialize(MANY)
    client.open(API)
    (action,) = _actions(client, 0, only=["source.fixAll"])
    assert action["kind"] == "source.fixAll.sidecarLint"
    assert _apply(WRONG, _edits(action)) == WRONG.replace("mountPoints", "mount_points")
    assert _actions(client, 0, only=["source.fixAll.sidecarLint"]) == [action]
    assert _actions(client, 0, only=["source.fixAll.other"]) == []
    assert action not in _actions(client, 5, triggerKind=2), "a moving cursor must not cost so much"


def test_new_files_are_made_where_the_client_can(client: Client) -> None:
    """A plug-in's rule, since a fix of ours that makes files needs a whole workspace around it."""
    site = client.root / "site"
    (site / "new-1.dist-info").mkdir(parents=True)
    (site / "new-1.dist-info" / "entry_points.txt").write_text("[sidecar_lint.rules]\nnew = new_rules\n")
    (site / "new_rules.py").write_text(
        "import os\n"
        "from sidecar_lint import Edit, Fix, NewFile, Rule, Severity, Span, Stage\n"
        "class New(Rule):\n"
        "    '''Wants a file.'''\n"
        "    code, name, severity, stage = 'XX1', 'new', Severity.ERROR, Stage.DEPLOY\n"
        "    def check_document(self, document):\n"
        "        new = NewFile(document.workload.path('addons', 'x.yml'), 'A: 1\\n')\n"
        "        fix = Fix('add it', (Edit(Span(0, 0), '# x\\n'),), new_files=(new,))\n"
        "        yield self.finding(Span(0, 4), 'no file', fixes=(fix,))\n"
    )
    import sys

    code = (
        f"import sys; sys.path.insert(0, {str(site)!r}); from sidecar_lint.commands.main import main; main()"
    )
    for capabilities, offered in ((MANY, True), (PULL, False)):
        with running(client.root, sys.executable, "-c", code, "server") as other:
            other.initialize(capabilities)
            other.open(API)
            found = [each for each in _actions(other, 0) if each["title"].startswith("add it")]
            assert bool(found) is offered
            if found:
                create, fill, edit = found[0]["edit"]["documentChanges"]
                uri = other.uri("copilot/api/addons/x.yml")
                assert (create["kind"], create["uri"]) == ("create", uri)
                assert fill["textDocument"] == {"uri": uri, "version": None}
                assert fill["edits"][0]["newText"] == "A: 1\n"
                assert edit["textDocument"]["uri"] == other.uri(API)


def test_a_value_can_be_overridden_in_each_environment(client: Client) -> None:
    client.initialize(MANY)
    client.open(API)
    found = _actions(client, 3, only=["refactor"])
    assert found == [], "the cursor is on no value there"
    at = _range(3, 22, 22)
    found = client.ask(
        "textDocument/codeAction", API, range=at, context={"diagnostics": [], "only": ["refactor.extract"]}
    )
    assert [each["title"] for each in found] == [
        "Override it in prod",
        "Override it in staging",
        "Override it in test",
    ]
    assert (
        _apply(WRONG, _edits(found[0]))
        == WRONG + "environments:\n  prod:\n    logging:\n      retention: 45\n"
    )


def test_actions_of_an_old_text_are_not_offered(client: Client) -> None:
    client.initialize(MANY)
    client.open(API)
    params = {
        "textDocument": {"uri": client.uri(API)},
        "range": _range(3),
        "context": {"diagnostics": []},
    }
    number = client.begin("textDocument/codeAction", params)
    client.change(API, {"text": HEAD})
    answer = client.take(number)["result"]
    assert not [each for each in answer or () if "retention" in str(each) or "60" in each["title"]]


def test_the_outline_folds_selections_and_links(client: Client) -> None:
    client.initialize()
    client.open(ORDERS)
    names = [each["name"] for each in client.ask("textDocument/documentSymbol", ORDERS)]
    assert names[:3] == ["name", "type", "http"]
    folds = client.ask("textDocument/foldingRange", ORDERS)
    assert {"startLine": 4, "endLine": 7} in folds
    (selection,) = client.ask("textDocument/selectionRange", ORDERS, positions=[{"line": 5, "character": 10}])
    assert selection["range"] == _range(5, 8, 14)
    targets = {each["target"] for each in client.ask("textDocument/documentLink", ORDERS)}
    assert client.uri("orders/Dockerfile") in targets
    hints = client.ask(
        "textDocument/inlayHint", ORDERS, range={**_range(0), "end": {"line": 99, "character": 0}}
    )
    assert {each["label"] for each in hints} == {"base: 1", "base: 512", "base: 1024", "base: 14"}


def test_hints_can_be_turned_off(client: Client) -> None:
    client.initialize(initializationOptions={"inlayHints": {"enable": False}})
    client.open(ORDERS)
    whole = {**_range(0), "end": {"line": 99, "character": 0}}
    assert client.ask("textDocument/inlayHint", ORDERS, range=whole) == []


@pytest.mark.parametrize(
    "method", ["documentSymbol", "foldingRange", "documentLink", "codeAction", "inlayHint", "selectionRange"]
)
def test_files_that_are_not_copilots_get_no_answers(client: Client, method: str) -> None:
    client.initialize(MANY)
    client.open("values.yml", "a:\n  b: 1\n")
    more = {"range": _range(0), "context": {"diagnostics": []}, "positions": []}
    assert client.ask(f"textDocument/{method}", "values.yml", **more) is None
    assert client.ask(f"textDocument/{method}", "never/opened.yml", **more) is None


@pytest.mark.parametrize(
    "text", ["", "a: [", "\x00", "- 1\n- 2\n", "null", "&a {b: *a}", "é: 😀\n\x0c\u2028x: 1"]
)
def test_any_text_can_be_asked_about(client: Client, text: str) -> None:
    client.initialize(MANY)
    client.open(API, text)
    more = {
        "range": {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 9}},
        "context": {"diagnostics": []},
        "positions": [{"line": 0, "character": 1}],
    }
    for method in (
        "documentSymbol",
        "foldingRange",
        "documentLink",
        "codeAction",
        "inlayHint",
        "selectionRange",
    ):
        client.ask(f"textDocument/{method}", API, **more)
    client.pull(API)
    assert [each for each in client.received if each["method"] == "window/logMessage"] == []


def _execute(client: Client, command: str, *arguments: Any) -> Any:
    return client.request("workspace/executeCommand", {"command": command, "arguments": list(arguments)})


def test_a_note_is_one_line_whatever_environments_are_called(client: Client) -> None:
    client.initialize()
    client.open(ORDERS, 'name: a\ntype: Backend Service\nenvironments: {"a\\nb\\u202e": {count: 1}}\n')
    found = _execute(client, "sidecarLint.effectiveManifest", client.uri(ORDERS), "live")
    assert "it names a\\nb\\u202e" in found["note"]


def test_any_client_can_have_the_manifest_of_an_environment(client: Client) -> None:
    client.initialize()
    client.open(ORDERS)
    uri = client.uri(ORDERS)
    assert _execute(client, "sidecarLint.environments", uri) == ["staging", "prod", "test", "*"]
    found = _execute(client, "sidecarLint.effectiveManifest", uri, "prod")
    assert "retention: 90" in found["text"]
    assert "environments" not in found["text"]
    assert found["note"] == ""
    params = {"command": "sidecarLint.effectiveManifest", "arguments": [client.uri(API), "prod"]}
    assert client.answer("workspace/executeCommand", params)["error"]["code"] == -32602
    client.open(API, "a: [")
    answer = client.answer("workspace/executeCommand", params)
    assert "not YAML" in answer["error"]["message"]


def test_any_client_can_have_what_copilot_makes_of_it(client: Client) -> None:
    client.initialize()
    client.open(ORDERS)
    uri = client.uri(ORDERS)
    found = _execute(client, "sidecarLint.effectiveTemplate", uri, "prod")
    assert "Type: AWS::ECS::TaskDefinition\n" in found["text"]
    assert "<ARTIFACT_BUCKET>" in found["note"]
    found = _execute(client, "sidecarLint.effectiveTaskDefinition", uri, "prod")
    assert json.loads(found["text"])["family"] == "shop-prod-orders"


def test_a_client_of_lsp_3_18_shows_it_as_a_document(client: Client) -> None:
    client.initialize(SHOWS)
    asked = client.wait(lambda: [m for m in client.asked if m["method"] == "client/registerCapability"])
    (registration,) = asked[0]["params"]["registrations"]
    assert registration["method"] == "workspace/textDocumentContent"
    assert registration["registerOptions"]["schemes"] == ["sidecar-lint"]
    client.open(ORDERS)
    found = client.ask(
        "textDocument/codeAction",
        ORDERS,
        range=_range(0),
        context={"diagnostics": [], "only": ["source.effectiveManifest"]},
    )
    command = next(each["command"] for each in found if each["title"] == "Show the manifest of prod")
    client.request("workspace/executeCommand", {k: command[k] for k in ("command", "arguments")})
    shown = client.wait(lambda: [m for m in client.asked if m["method"] == "window/showDocument"])
    uri = shown[0]["params"]["uri"]
    assert uri == address(client.uri(ORDERS), "prod")
    assert "retention: 90" in client.request("workspace/textDocumentContent", {"uri": uri})["text"]
    for form, text in {
        Form.TEMPLATE: "AWSTemplateFormatVersion",
        Form.TASK_DEFINITION: '"networkMode"',
    }.items():
        uri = address(client.uri(ORDERS), "prod", form)
        assert text in client.request("workspace/textDocumentContent", {"uri": uri})["text"]


def test_a_client_of_lsp_3_18_is_offered_the_template_and_the_task_definition(client: Client) -> None:
    client.initialize(SHOWS)
    client.open(ORDERS)
    context = {"diagnostics": [], "only": ["source.effectiveTemplate", "source.effectiveTaskDefinition"]}
    found = client.ask("textDocument/codeAction", ORDERS, range=_range(0), context=context)
    titles = [each["title"] for each in found]
    assert "Show the template of prod" in titles
    assert "Show the task definition of any other environment" in titles
    assert all(each["command"]["arguments"][0] == client.uri(ORDERS) for each in found)


def test_a_client_that_cannot_show_it_is_not_offered_it(client: Client) -> None:
    client.initialize(MANY)
    client.open(ORDERS)
    context = {"diagnostics": [], "only": ["source.effectiveManifest"]}
    assert client.ask("textDocument/codeAction", ORDERS, range=_range(0), context=context) == []


def test_all_files_of_the_workspace_are_linted_on_demand(client: Client) -> None:
    client.initialize()
    found = _execute(client, "sidecarLint.lintWorkspace")["diagnostics"]
    assert {client.uri(API), client.uri(ORDERS)} <= set(found)
    assert "SL201" in [each["code"] for each in found[client.uri(API)]]
    sent = {each["params"]["uri"] for each in client.received}
    assert sent == set(found)


def test_a_client_that_asks_can_have_all_files_all_the_time(client: Client) -> None:
    result = client.initialize(PULL, initializationOptions={"workspaceDiagnostics": True})
    assert result["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"] is True
    first = client.request("workspace/diagnostic", {"previousResultIds": []})["items"]
    kinds = {each["uri"]: each["kind"] for each in first}
    assert kinds[client.uri(API)] == "full"
    known = [{"uri": each["uri"], "value": each["resultId"]} for each in first]
    number = client.begin("workspace/diagnostic", {"previousResultIds": known})
    client.open(API, HEAD)
    second = {each["uri"]: each for each in client.take(number)["result"]["items"]}
    assert second[client.uri(API)]["kind"] == "full"
    assert second[client.uri(ORDERS)]["kind"] == "unchanged"


def test_that_has_to_be_wished_for(client: Client) -> None:
    result = client.initialize(PULL)
    assert result["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"] is False

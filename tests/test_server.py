"""The language server as an editor sees it: a real process, spoken to in JSON."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from functools import partial
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

import program
import pytest
from lsp_client import COMMAND, PATIENCE, PULL, Client, Message, copied, running
from workspaces import FIXTURES

from sidecar_lint.language.session import Session
from sidecar_lint.server.analysis import Analysis
from sidecar_lint.server.publishing import PublishingServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

API = "copilot/api/manifest.yml"
WEB = "copilot/web/manifest.yml"
HEAD = "name: api\ntype: Backend Service\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "copilot" / "api").mkdir(parents=True)
    (tmp_path / "copilot" / "web").mkdir()
    (tmp_path / "copilot" / ".workspace").write_text("application: shop\n")
    (tmp_path / API).write_text(HEAD)
    (tmp_path / WEB).write_text(HEAD.replace("api", "web"))
    return tmp_path


@pytest.fixture
def client(project: Path) -> Iterator[Client]:
    with copied(project) as client:
        yield client


@pytest.fixture
def started(project: Path) -> Iterator[Client]:
    """As an editor starts it."""
    with running(project) as client:
        yield client


def _codes(diagnostics: list[Message]) -> list[str]:
    return [each["code"] for each in diagnostics]


def _whole(text: str) -> Message:
    return {"text": text}


def _insert(line: int, character: int, text: str) -> Message:
    at = {"line": line, "character": character}
    return {"range": {"start": at, "end": at}, "text": text}


def test_what_is_wrong_is_sent_with_its_version_and_place(started: Client) -> None:
    started.initialize()
    started.open(API, HEAD + "logging: {retention: 45}\n")
    (found,) = [each for each in started.pushed(API, 1) if each["code"] == "SL201"]
    assert found["range"] == {"start": {"line": 2, "character": 21}, "end": {"line": 2, "character": 23}}
    assert found["severity"] == 1
    assert found["source"] == "sidecar-lint"
    assert found["message"].startswith("logs cannot be kept for 45 days\n")
    assert (found["data"]["rule"], found["data"]["path"]) == ("unknown-retention", "logging.retention")
    version = started.change(API, _insert(2, 23, "0"))
    assert "SL201" in _codes(started.pushed(API, version))
    version = started.change(API, _whole(HEAD))
    assert "SL201" not in _codes(started.pushed(API, version))
    assert started.stop() == 0


def test_what_copilot_ignores_is_faded(client: Client) -> None:
    client.initialize()
    client.open(API, HEAD + "sidecars: {nginx: {image: nginx:1, mountPoints: []}}\n")
    (found,) = [each for each in client.pushed(API) if each["code"] == "SL007"]
    assert found["tags"] == [1]


@pytest.mark.parametrize(("encoding", "start"), [("utf-8", 38), ("utf-16", 35), ("utf-32", 34)])
def test_ranges_are_in_the_encoding_that_the_client_prefers(
    client: Client, encoding: str, start: int
) -> None:
    result = client.initialize({"general": {"positionEncodings": [encoding]}})
    assert result["capabilities"]["positionEncoding"] == encoding
    client.open(API, HEAD + "logging: {image: '😀é', retention: 45}\n")
    (found,) = [each for each in client.pushed(API) if each["code"] == "SL201"]
    assert found["range"]["start"] == {"line": 2, "character": start}


def test_two_places_of_one_finding_are_related(client: Client) -> None:
    client.initialize()
    client.open(API, HEAD + "sidecars:\n  a: {image: a:1, port: 80}\n  b: {image: b:1, port: 80}\n")
    related = [each for found in client.pushed(API) for each in found.get("relatedInformation", ())]
    assert related
    assert {each["location"]["uri"] for each in related} == {client.uri(API)}


def test_diagnostics_are_pulled_or_pushed_and_never_both(client: Client) -> None:
    result = client.initialize(PULL)
    assert result["capabilities"]["diagnosticProvider"]["interFileDependencies"] is True
    client.open(API, HEAD + "logging: {retention: 45}\n")
    report = client.pull(API)
    assert report["kind"] == "full"
    assert "SL201" in _codes(report["items"])
    assert client.pull(API, report["resultId"]) == {"kind": "unchanged", "resultId": report["resultId"]}
    client.change(API, _whole(HEAD))
    report = client.pull(API, report["resultId"])
    assert "SL201" not in _codes(report["items"])
    assert [each["method"] for each in client.received] == []


def test_a_client_that_cannot_pull_is_not_offered_it(client: Client) -> None:
    assert "diagnosticProvider" not in client.initialize()["capabilities"]


def test_files_that_are_not_copilots_get_no_answer(client: Client) -> None:
    client.initialize(PULL)
    client.open("values.yml", "apiVersion: v1\n")
    assert client.pull("values.yml")["items"] == []
    client.notify(
        "textDocument/didOpen",
        {"textDocument": {"uri": "untitled:x", "languageId": "yaml", "version": 1, "text": HEAD}},
    )
    report = client.request("textDocument/diagnostic", {"textDocument": {"uri": "untitled:x"}})
    assert report["items"] == []


def test_a_closed_file_has_no_diagnostics_left(client: Client) -> None:
    client.initialize()
    client.open(API, HEAD + "logging: {retention: 45}\n")
    assert client.pushed(API)
    client.close(API)

    def cleared() -> bool:
        last = client.received[-1]["params"]
        return bool(last["uri"] == client.uri(API) and last["diagnostics"] == [])

    client.wait(cleared)


def test_after_many_quick_edits_only_the_last_text_counts(client: Client) -> None:
    client.initialize()
    client.open(API, HEAD)
    for _ in range(200):
        client.change(API, _insert(0, 0, "#\n"))
    last = client.change(API, _insert(202, 0, "logging: {retention: 45}\n"))
    (found,) = [each for each in client.pushed(API, last) if each["code"] == "SL201"]
    assert found["range"]["start"]["line"] == 202
    versions = [each["params"]["version"] for each in client.received]
    assert versions == sorted(versions), "an older result came after a newer one"
    assert versions.count(last) == 1


def test_the_files_around_are_watched_and_what_changed_is_looked_at_again(
    client: Client, project: Path
) -> None:
    client.initialize({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}})
    registration = client.wait(
        lambda: [m for m in client.asked if m["method"] == "client/registerCapability"]
    )
    patterns = [
        watcher["globPattern"]
        for each in registration[0]["params"]["registrations"]
        for watcher in each["registerOptions"]["watchers"]
    ]
    assert "**/.sidecar-lint.{yml,yaml}" in patterns
    (project / "src").mkdir()  # a checkout of `copilot/` alone has no Dockerfile to look for
    client.open(API, HEAD + "image: {build: Dockerfile}\n")
    assert "SL085" in _codes(client.pushed(API))
    (project / "Dockerfile").write_text("FROM scratch\n")
    event = {"uri": (project / "Dockerfile").as_uri(), "type": 1}
    count = len(client.received)
    client.notify("workspace/didChangeWatchedFiles", {"changes": [event]})
    client.wait(lambda: len(client.received) > count)
    assert "SL085" not in _codes(client.received[-1]["params"]["diagnostics"])


def test_a_change_of_one_file_makes_clients_ask_again_about_the_others(client: Client) -> None:
    client.initialize({**PULL, "workspace": {"diagnostics": {"refreshSupport": True}}})
    client.open(API)
    client.open(WEB)
    for _ in range(5):
        client.change(WEB, _insert(0, 0, "# \n"))
    refreshed = [
        m for m in client.wait(lambda: client.asked) if m["method"] == "workspace/diagnostic/refresh"
    ]
    assert len(refreshed) == 1


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({}, True),
        ({"schemaIsValidated": True}, False),
        ({"schemaIsValidated": True, "schemaRules": "on"}, True),
        ({"schemaRules": "off"}, False),
        ({"schemaRules": 7, "unknown": []}, True),
        (None, True),
    ],
)
def test_what_the_schema_says_is_not_said_twice(client: Client, options: Any, *, told: bool) -> None:
    client.initialize(PULL, initializationOptions=options)
    client.open(
        API,
        HEAD + "cpus: 256\nlogging: {retention: 45}\nsidecars: {a: {image: a:1, depends_on: {b: start}}}\n",
    )
    codes = _codes(client.pull(API)["items"])
    assert ("SL201" in codes) is told
    assert ("SL007" in codes) is told
    assert "SL120" in codes


def test_settings_are_asked_for_and_hold_at_once_when_they_change(client: Client) -> None:
    client.settings = {"schemaRules": "off"}
    client.initialize({"workspace": {"configuration": True}})
    client.wait(lambda: [m for m in client.asked if m["method"] == "workspace/configuration"])
    client.open(API, HEAD + "logging: {retention: 45}\n")
    client.wait(lambda: client.received)
    assert "SL201" not in _codes(client.pushed(API))
    client.settings = {"schemaRules": "on"}
    client.notify("workspace/didChangeConfiguration", {"settings": None})
    client.wait(lambda: "SL201" in _codes(client.pushed(API)))


def test_settings_that_are_sent_hold_too(client: Client) -> None:
    client.initialize()
    client.open(API, HEAD + "logging: {retention: 45}\n")
    assert "SL201" in _codes(client.pushed(API))
    client.notify("workspace/didChangeConfiguration", {"settings": {"sidecarLint": {"schemaRules": "off"}}})
    client.wait(lambda: "SL201" not in _codes(client.pushed(API)))


_PLUGIN = """
import os, sys
print("at import, into the protocol")
from sidecar_lint import Rule, Severity, Stage
class Broken(Rule):
    '''Breaks.'''
    code, name = "XX999", "broken"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    def check(self, manifest):
        print("printed into the protocol")
        os.write(1, b"written into the protocol")
        assert sys.stdin is None or sys.stdin.read() == ""
        raise RuntimeError("no luck")
        yield
"""


def test_a_rule_that_prints_and_crashes_does_no_harm(project: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "broken-1.dist-info").mkdir(parents=True)
    (site / "broken-1.dist-info" / "entry_points.txt").write_text(
        "[sidecar_lint.rules]\nbroken = broken_rules\n"
    )
    (site / "broken_rules.py").write_text(_PLUGIN)
    code = (
        f"import sys; sys.path.insert(0, {str(site)!r}); from sidecar_lint.commands.main import main; main()"
    )
    with running(project, sys.executable, "-c", code, "server", "--stdio") as client:
        client.initialize()
        client.open(API)
        (crash,) = [each for each in client.pushed(API) if each["code"] == "SL000"]
        assert "no luck" in crash["message"]
        version = client.change(API, _insert(0, 0, "# \n"))
        assert "SL000" in _codes(client.pushed(API, version))
        assert client.stop() == 0


def test_rules_that_cannot_be_loaded_are_told_and_the_server_goes_on(project: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "broken-1.dist-info").mkdir(parents=True)
    (site / "broken-1.dist-info" / "entry_points.txt").write_text(
        "[sidecar_lint.rules]\nbroken = not_there\n"
    )
    code = (
        f"import sys; sys.path.insert(0, {str(site)!r}); from sidecar_lint.commands.main import main; main()"
    )
    with running(project, sys.executable, "-c", code, "server") as client:
        client.initialize()
        (shown,) = client.wait(lambda: [m for m in client.received if m["method"] == "window/showMessage"])
        assert "not_there" in shown["params"]["message"]
        client.open(API)
        assert client.pushed(API) == []
        assert client.stop() == 0


def test_messages_that_make_no_sense_are_survived(client: Client) -> None:
    client.initialize(PULL)
    client.notify("textDocument/didChange", {"nonsense": True})
    client.notify("no/such/notification", {})
    assert client.answer("no/such/request", {})["error"]["code"] == -32601
    assert "error" in client.answer("textDocument/diagnostic", {"textDocument": 7})
    client.open(API, HEAD + "a: [")
    assert _codes(client.pull(API)["items"]) == ["SL001"]
    assert client.stop() == 0


def test_the_exit_status_tells_a_proper_end_from_any_other(started: Client) -> None:
    started.initialize()
    started.notify("exit", None)
    assert started.process.wait(PATIENCE) == 1


def test_it_ends_with_the_connection(started: Client) -> None:
    started.initialize()
    assert started.process.stdin is not None
    started.process.stdin.close()
    assert started.process.wait(PATIENCE) == 1


@pytest.mark.skipif(os.name == "nt", reason="there the connection ends with the client")
def test_it_ends_with_the_client_that_left_the_connection_open(started: Client) -> None:
    parent = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    started.initialize(processId=parent.pid)
    started.open(API)
    started.pushed(API)
    parent.send_signal(signal.SIGKILL)
    parent.wait(PATIENCE)
    assert parent.stdin is not None
    parent.stdin.close()
    assert started.process.wait(PATIENCE) == 1


def test_one_client_at_a_port_of_this_machine(project: Path) -> None:
    process = subprocess.Popen([*COMMAND, "--tcp", "0"], cwd=project, stderr=subprocess.PIPE)
    assert process.stderr is not None
    where = process.stderr.readline().decode()
    assert where.startswith("listening on 127.0.0.1:")
    with socket.create_connection(("127.0.0.1", int(where.rpartition(":")[2]))) as connection:
        body = b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}'
        connection.sendall(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        assert connection.recv(16) == b"Content-Length: "
    assert process.wait(PATIENCE) == 1
    process.stderr.close()


@pytest.mark.parametrize(
    "length", [b"", b"x", b"-5", b"1e3", b"0x10", b"9" * 5000, b"999999999999", "\u0665".encode()]
)
def test_a_length_that_is_none_ends_it_with_a_message(project: Path, length: bytes) -> None:
    run = program.run(project, "server", told=b"Content-Length: %s\r\n\r\n{}" % length)
    assert (run.returncode, run.stdout) == (3, "")
    assert run.stderr.startswith("sidecar-lint: the client says that its message is '")
    assert run.stderr.count("\n") == 1
    assert len(run.stderr) < 200


def test_lines_that_are_no_headers_are_passed_over(client: Client) -> None:
    assert client.process.stdin is not None
    client.process.stdin.write(b"Content-Type: x\r\n" + b"y" * 100_000 + b"\r\n\r\n")
    client.initialize()
    assert client.stop() == 0


def test_a_message_nested_without_end_is_one_that_cannot_be_understood(client: Client) -> None:
    assert client.process.stdin is not None
    body = b"[" * 100_000
    client.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    client.initialize()
    assert client.stop() == 0


def test_without_the_extra_it_says_what_to_install(project: Path) -> None:
    code = (
        "import sys\n"
        "sys.modules['pygls'] = sys.modules['lsprotocol'] = None\n"
        "from sidecar_lint.commands.main import main\n"
        "main()"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, "server"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 3
    assert run.stdout == ""
    assert "pip install 'PATH[server]'" in run.stderr


def test_no_other_command_pays_for_the_server() -> None:
    code = (
        "import sys; from sidecar_lint.commands import cli; cli.app(['rules'], standalone_mode=False);"
        "sys.exit(any(name.startswith(('pygls', 'lsprotocol', 'asyncio')) for name in sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60)
    assert run.returncode == 0


def test_typing_in_a_big_file_does_not_make_it_wait(client: Client) -> None:
    """While a file of half a megabyte is linted, questions about another one are answered."""
    client.initialize(PULL)
    big = HEAD + "variables:\n" + "".join(f"  VARIABLE_{number:08}: value\n" for number in range(15_000))
    client.open(WEB, big)
    client.open(API, HEAD)
    number = client.begin("textDocument/diagnostic", {"textDocument": {"uri": client.uri(WEB)}})
    began = time.monotonic()
    for _ in range(10):
        client.change(WEB, _insert(0, 0, "# \n"))
        client.pull(API)
    waited = (time.monotonic() - began) / 10
    assert client.take(number)["result"]["kind"] == "full"
    assert waited < 2.0


def test_the_fixtures_say_the_same_as_the_command(tmp_path: Path) -> None:
    shutil.copytree(FIXTURES / "shop", tmp_path / "shop")
    from sidecar_lint import lint_paths

    path = "copilot/orders/manifest.yml"
    (report, *_) = lint_paths([tmp_path / "shop" / path])
    with copied(tmp_path / "shop") as client:
        client.initialize()
        client.open(path)
        assert _codes(client.pushed(path)) == [finding.code for finding in report.findings]


def test_the_configuration_counts_as_it_is_typed(client: Client, project: Path) -> None:
    client.initialize()
    client.open(API, HEAD + "logging: {retention: 45}\n")
    assert "SL201" in _codes(client.pushed(API))
    client.open(".sidecar-lint.yml", "ignore: [SL201]\n")
    client.wait(lambda: "SL201" not in _codes(client.pushed(API)))
    client.change(".sidecar-lint.yml", _whole("ignored: [SL201]\n"))
    (mistake,) = client.pushed(".sidecar-lint.yml")
    assert mistake["range"]["start"] == {"line": 0, "character": 0}
    client.wait(lambda: "SL201" in _codes(client.pushed(API)))
    client.close(".sidecar-lint.yml")
    (project / ".sidecar-lint.yml").write_text("exclude: ['copilot/api/**']\n")
    event = {"uri": client.uri(".sidecar-lint.yml"), "type": 1}
    client.notify("workspace/didChangeWatchedFiles", {"changes": [event]})
    client.wait(lambda: client.pushed(API) == [])


@pytest.fixture
def collections(monkeypatch: pytest.MonkeyPatch) -> SimpleQueue[str]:
    """What is asked of the collector of garbage, which does none of it: it would be about all tests."""
    asked: SimpleQueue[str] = SimpleQueue()
    for name in ("collect", "freeze", "unfreeze"):
        monkeypatch.setattr(gc, name, partial(asked.put, name))
    return asked


def test_garbage_is_collected_when_there_is_nothing_to_do(collections: SimpleQueue[str]) -> None:
    analysis = Analysis(Session(), PublishingServer())
    analysis.start()
    with pytest.raises(Empty):
        collections.get(timeout=0.3)
    analysis.linted("/nowhere/manifest.yml").result(PATIENCE)
    assert collections.get(timeout=PATIENCE)


def test_what_a_file_needs_that_is_new_is_looked_through_for_garbage_once(
    collections: SimpleQueue[str],
) -> None:
    analysis = Analysis(Session(), PublishingServer())
    analysis.start()

    def asked(path: str, count: int) -> list[str]:
        analysis.linted(path).result(PATIENCE)
        return [collections.get(timeout=PATIENCE) for _ in range(count)]

    assert asked("/nowhere/one.yml", 3) == ["unfreeze", "collect", "freeze"]
    assert asked("/nowhere/one.yml", 1) == ["collect"]
    assert asked("/nowhere/other.yml", 3) == ["unfreeze", "collect", "freeze"]
    assert asked("/nowhere/one.yml", 1) == ["collect"]


class _Slow(Session):
    """One that takes its time the first so many times with each file, and notes when it is asked."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times
        self.asked: list[float] = []

    def lint(self, *_: Any, **__: Any) -> None:
        self.asked.append(time.monotonic())
        ends = time.thread_time() + 0.3
        while len(self.asked) <= self.times and time.thread_time() < ends:
            pass


@pytest.mark.parametrize(("slow", "waits"), [(1, False), (2, True)])
def test_a_file_waits_for_a_pause_that_took_long_twice(
    collections: SimpleQueue[str],  # noqa: ARG001
    slow: int,
    *,
    waits: bool,
) -> None:
    session = _Slow(slow)
    analysis = Analysis(session, PublishingServer())
    analysis.start()
    for _ in range(slow):
        analysis.linted("/nowhere/manifest.yml").result(PATIENCE)
    before = time.monotonic()
    analysis.lint("/nowhere/manifest.yml")
    while len(session.asked) <= slow:
        assert time.monotonic() < before + PATIENCE
        time.sleep(0.001)
    assert (session.asked[slow] - before >= 0.25) is waits


def test_of_many_workloads_the_one_that_is_opened_is_not_kept_waiting(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIDECAR_LINT_TODAY", "2026-11-30")
    for number in range(12):
        manifest = project / f"copilot/z{number}/manifest.yml"
        manifest.parent.mkdir()
        manifest.write_text(HEAD.replace("api", f"z{number}"))
    with running(project) as client:
        client.initialize()
        client.open(API)

        def told() -> list[list[str]]:
            sent = (each for each in client.received if each["method"] == "textDocument/publishDiagnostics")
            return [_codes(each["params"]["diagnostics"]) for each in sent]

        client.wait(lambda: len(told()) > 1)
        first, everything = told()
        assert set(everything) - set(first) == {"SL845"}

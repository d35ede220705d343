"""A language client for tests: it starts the real server and speaks JSON with it.

Nothing of pygls or lsprotocol is used, so what the server says is seen as an editor sees it.
"""

from __future__ import annotations

import json
import queue
import subprocess
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

from program import START, Piped

if TYPE_CHECKING:
    from pathlib import Path

Message = dict[str, Any]
Process = subprocess.Popen[bytes] | Piped

#: How long an answer may take, in seconds; a busy machine is slow.
PATIENCE = 30.0
COMMAND = (*START, "server")

PULL: Message = {"textDocument": {"diagnostic": {"dynamicRegistration": False}}}


class Client:
    """A client of one server process. `received` has every notification so far."""

    def __init__(self, root: Path, process: Process) -> None:
        self.root = root
        self.process = process
        self.received: list[Message] = []
        self.asked: list[Message] = []
        #: What to answer when the server asks for settings.
        self.settings: Any = None
        self.versions: dict[str, int] = {}
        self.capabilities: Message = {}
        self._number = 0
        self._answers: dict[int, queue.Queue[Message]] = {}
        self._arrived = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def initialize(self, capabilities: Message | None = None, **parameters: Any) -> Message:
        """Introduce ourselves; what the server can do."""
        result: Message = self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": self.root.as_uri(),
                "capabilities": capabilities or {},
                "workspaceFolders": [{"uri": self.root.as_uri(), "name": "root"}],
                **parameters,
            },
        )
        self.notify("initialized", {})
        self.capabilities = result["capabilities"]
        return result

    def uri(self, path: str) -> str:
        return (self.root / path).as_uri()

    def open(self, path: str, text: str | None = None) -> None:
        text = (self.root / path).read_text("utf-8") if text is None else text
        self.versions[path] = 1
        item = {"uri": self.uri(path), "languageId": "yaml", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def change(self, path: str, *changes: Message) -> int:
        """Send edits; the version that they lead to."""
        self.versions[path] += 1
        document = {"uri": self.uri(path), "version": self.versions[path]}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": list(changes)})
        return self.versions[path]

    def close(self, path: str) -> None:
        self.notify("textDocument/didClose", {"textDocument": {"uri": self.uri(path)}})

    def ask(self, method: str, path: str, **parameters: Any) -> Any:
        """A request about a file."""
        return self.request(method, {"textDocument": {"uri": self.uri(path)}, **parameters})

    def pull(self, path: str, previous: str | None = None) -> Message:
        result: Message = self.ask("textDocument/diagnostic", path, previousResultId=previous)
        return result

    def pushed(self, path: str, version: int | None = None) -> list[Message]:
        """The diagnostics that are sent for a version of a file (the newest), once they are."""
        version = self.versions[path] if version is None else version
        uri = self.uri(path)

        def sent() -> Message | None:
            for message in reversed(self.received):
                params = message.get("params") or {}
                published = message["method"] == "textDocument/publishDiagnostics"
                if published and params["uri"] == uri and params.get("version") == version:
                    return message
            return None

        diagnostics: list[Message] = self.wait(sent)["params"]["diagnostics"]
        return diagnostics

    def wait(self, found: Any, patience: float = PATIENCE) -> Any:
        """What a function finds in what was received, once it does."""
        end = time.monotonic() + patience
        with self._arrived:
            while not (result := found()):
                left = end - time.monotonic()
                assert left > 0, f"waited in vain; received: {self.received}, asked: {self.asked}"
                self._arrived.wait(left)
        return result

    def request(self, method: str, params: Any) -> Any:
        answer = self.answer(method, params)
        assert "error" not in answer, answer
        return answer["result"]

    def answer(self, method: str, params: Any) -> Message:
        """The whole answer to a request."""
        return self.take(self.begin(method, params))

    def begin(self, method: str, params: Any) -> int:
        """Send a request and do not wait."""
        self._number += 1
        self._answers[self._number] = queue.Queue()
        self.send({"id": self._number, "method": method, "params": params})
        return self._number

    def take(self, number: int) -> Message:
        answer = self._answers[number].get(timeout=PATIENCE)
        del self._answers[number]
        return answer

    def notify(self, method: str, params: Any) -> None:
        self.send({"method": method, "params": params})

    def send(self, message: Message) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def stop(self) -> int:
        """End properly; the exit status."""
        self.request("shutdown", None)
        self.notify("exit", None)
        return self.process.wait(PATIENCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End at once, if it has not ended."""
        self.process.kill()
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)  # to the end of what was said: it reads from what is closed now
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream:
                stream.close()

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while header := stream.readline():
            if header.lower().startswith(b"content-length:"):
                length = int(header.split(b":")[1])
            elif not header.strip():
                self._take(json.loads(stream.read(length)))

    def _take(self, message: Message) -> None:
        if "method" not in message:
            self._answers[message["id"]].put(message)
            return
        with self._arrived:
            (self.asked if "id" in message else self.received).append(message)
            self._arrived.notify_all()
        if "id" in message:
            answers = {"workspace/configuration": [self.settings], "window/showDocument": {"success": True}}
            with suppress(BrokenPipeError):  # it may have ended since
                self.send({"id": message["id"], "result": answers.get(message["method"])})


def running(root: Path, *command: str) -> Client:
    """A client of a new server, whose folder is `root`."""
    pipe = subprocess.PIPE
    started = subprocess.Popen(command or COMMAND, cwd=root, stdin=pipe, stdout=pipe, stderr=pipe)
    return Client(root, started)


def copied(root: Path, *flags: str) -> Client:
    """The same in a process that has not to start: for tests that are not about starting and ending."""
    return Client(root, Piped(root, "server", *flags))

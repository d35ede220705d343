#!/usr/bin/env python3
"""How long an editor waits: from a keystroke to its diagnostics, and what many of them leave in memory.

    python bench/language_server.py [--keystrokes N] [--hour N]

A manifest of 300 lines is typed in, a character at a time, and each time the diagnostics of that
very text are waited for. npm's yaml-language-server does the same with our schema, if it is there
(`python3 dev.py editors` brings it); the two take turns, so a slow moment is everybody's. Then as
many keystrokes as an hour has follow each other, and the memory of the server is looked at.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from lsp_client import Client, running  # noqa: E402  it lies beside the tests

BIN = Path(sys.executable).parent
YAML_SERVER = BIN.parent / "editors" / "node_modules" / ".bin" / "yaml-language-server"
MANIFEST = "copilot/api/manifest.yml"
LINES = 300
LIMIT = 30.0
TYPED = "  retention: 45\n"
SCHEMA = ROOT / "schemas" / "manifest.schema.json"
SETTINGS = {"schemas": {SCHEMA.as_uri(): "**/manifest.yml"}, "schemaStore": {"enable": False}}


def manifest() -> str:
    """A manifest with sidecars, logging, storage, and environments up to the number of lines."""
    text = (ROOT / "bench" / "clean" / "manifest.yml").read_text("utf-8")
    head, found, tail = text.partition("\nenvironments:\n")
    lines = (head + found + tail if found else text + "environments:\n").splitlines()
    number = 0
    while len(lines) < LINES:
        number += 1
        lines += [f"  stage{number}:", "    cpu: 1024", "    variables:", f"      STAGE: stage{number}"]
    return "\n".join(lines[:LINES]) + "\n"


def opened(client: Client, path: str, text: str | None = None) -> None:
    """Introduce a client, open a file of its folder, and wait for its diagnostics."""
    client.settings = SETTINGS
    client.initialize(
        {
            "workspace": {"configuration": True},
            "textDocument": {"publishDiagnostics": {"versionSupport": True}},
        }
    )
    client.open(path, text)
    diagnosed(client, path)


def diagnosed(client: Client, path: str) -> None:
    """Wait for the diagnostics of a file as it is now."""
    uri, version = client.uri(path), client.versions[path]

    def published() -> bool:
        return any(
            message["method"] == "textDocument/publishDiagnostics"
            and message["params"]["uri"] == uri
            and message["params"].get("version") in (version, None)
            for message in client.received
        )

    client.wait(published)


class Typing:
    """A client that types the same text over and over, below `logging:`, and takes it back."""

    def __init__(self, client: Client, text: str) -> None:
        self.client = client
        self._line = text.splitlines().index("logging:") + 1
        self._at = 0
        opened(client, MANIFEST, text)

    def keystroke(self) -> float:
        """The milliseconds from one to its diagnostics."""
        self.client.received.clear()
        began = time.perf_counter()
        self._type()
        diagnosed(self.client, MANIFEST)
        return (time.perf_counter() - began) * 1000

    def _type(self) -> None:
        start = {"line": self._line, "character": self._at}
        if self._at < len(TYPED) - 1:
            change: dict[str, Any] = {"range": {"start": start, "end": start}, "text": TYPED[self._at]}
            self._at += 1
        else:
            first = {"line": self._line, "character": 0}
            change = {"range": {"start": first, "end": start}, "text": ""}
            self._at = 0
        self.client.change(MANIFEST, change)

    @property
    def megabytes(self) -> float:
        """What the process holds at the moment."""
        status = Path(f"/proc/{self.client.process.pid}/status").read_text("utf-8")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def percentile(values: list[float], part: float) -> float:
    return sorted(values)[min(int(len(values) * part), len(values) - 1)]


def report(name: str, values: list[float]) -> None:
    shown = (statistics.median(values), percentile(values, 0.95), max(values))
    print(f"  {name:24}" + "".join(f"{value:10.1f} ms" for value in shown))


def typed(folder: Path, text: str, count: int) -> dict[str, list[float]]:
    """The milliseconds that keystrokes take, of ours and, if it is there, of the other server."""
    (folder / MANIFEST).parent.mkdir(parents=True)
    (folder / MANIFEST).write_text(text, "utf-8")
    with running(folder) as ours, running(folder, *theirs()) as other:
        typing = {"sidecar-lint": Typing(ours, text)}
        if YAML_SERVER.exists():
            typing["yaml-language-server"] = Typing(other, text)
        times: dict[str, list[float]] = {name: [] for name in typing}
        for number in range(count + 20):
            for name, each in typing.items():
                took = each.keystroke()
                if number >= 20:  # noqa: PLR2004  a server that has just started is slow
                    times[name].append(took)
    return times


def keystrokes(folder: Path, text: str, count: int) -> bool:
    """Print how long keystrokes take; whether ours is within its limit."""
    print(f"keystroke to diagnostics, {text.count(chr(10))} lines       median       95 %        most")
    times = typed(folder, text, count)
    for name, values in times.items():
        report(name, values)
    if not YAML_SERVER.exists():
        print("  yaml-language-server is not there: `python3 dev.py editors` brings it")
    return percentile(times["sidecar-lint"], 0.95) <= LIMIT


def theirs() -> tuple[str, ...]:
    return (str(YAML_SERVER), "--stdio") if YAML_SERVER.exists() else (sys.executable, "-c", "")


def hour(folder: Path, text: str, count: int) -> None:
    with running(folder) as client:
        typing = Typing(client, text)
        for _ in range(count // 10):
            typing.keystroke()
        early = typing.megabytes
        for _ in range(count - count // 10):
            typing.keystroke()
        late = typing.megabytes
    print(f"memory: {early:.1f} MB after {count // 10} keystrokes, {late:.1f} MB after {count}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--keystrokes", type=int, default=300)
    parser.add_argument("--hour", type=int, default=18_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, text = Path(name), manifest()
        quick = keystrokes(folder, text, options.keystrokes)
        if options.hour:
            hour(folder, text, options.hour)
    return 0 if quick else 1


if __name__ == "__main__":
    sys.exit(main())

"""What people read fits into a terminal of 80 columns, whichever command prints it."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import program
import pytest

from sidecar_lint.layout import reading_width, table, wrapped

ROOT = Path(__file__).parents[1]
SHOP = ROOT / "fixtures" / "shop"
DEMO = ROOT / "fixtures" / "demo"
#: What may be wider: an address, and what is copied: a command, a line of a file.
_WHOLE = re.compile(r"https?://\S{60,}|^ *aws |^ *# |^ +Description: ")

_needs_terminal = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")


def _on_a_terminal(folder: Path, *arguments: str, columns: int = 80) -> list[str]:
    """The lines that a command prints on a terminal, without colours."""
    import pty

    reading, writing = pty.openpty()
    environment = os.environ | {"COLUMNS": str(columns), "NO_COLOR": "1", "TERM": "xterm"}
    with open(os.devnull, "rb") as nothing:
        ends = (nothing.fileno(), writing, writing)
        process = program.start(folder, *arguments, ends=ends, variables=environment)
    os.close(writing)
    said = b""
    while True:
        try:
            part = os.read(reading, 65536)
        except OSError:  # how Linux says that nobody writes any more
            break
        if not part:
            break
        said += part
    process.wait(60)
    os.close(reading)
    return re.split("[\r\n]+", said.decode())


def _prose(lines: list[str]) -> list[str]:
    """The lines without examples, which are shown as they are."""
    inside = False
    found = []
    for line in lines:
        if line.isupper() and not line.startswith(" "):
            inside = line in ("WRONG", "RIGHT", "CONFIGURATION")
        if not (inside and line.startswith("    ")):
            found.append(line)
    return found


@_needs_terminal
@pytest.mark.parametrize(
    ("folder", "arguments"),
    [
        (SHOP, ("rules",)),
        (SHOP, ("rules", "--dates")),
        (SHOP, ("rule", "SL845")),
        (SHOP, ("config",)),
        (SHOP, ("leave", "orders", "--env", "prod")),
        (SHOP, ("render", "copilot/orders/manifest.yml", "--env", "nope")),
        (SHOP, ("rule", "SL9999")),
        (SHOP, ("check", "nowhere")),
        (SHOP, ("check", "--fail-on", "eror")),
        (DEMO, ("check",)),
        (DEMO, ("check", "--statistics")),
        *((SHOP, (command, "--help")) for command in ("check", "rule", "rules", "render", "leave", "config")),
        (SHOP, ("completion", "--help")),
        (SHOP, ("server", "--help")),
        (SHOP, ("--help",)),
    ],
    ids=lambda each: "-".join(each) if isinstance(each, tuple) else "",
)
def test_every_command_fits_into_80_columns(folder: Path, arguments: tuple[str, ...]) -> None:
    lines = _on_a_terminal(folder, *arguments)
    assert any(lines)
    assert [line for line in _prose(lines) if len(line) > 80 and not _WHOLE.search(line)] == []


@_needs_terminal
def test_a_wide_terminal_has_each_rule_on_one_line() -> None:
    lines = _on_a_terminal(SHOP, "rules", "--select", "SL1", columns=200)
    assert all(line.startswith("SL1") for line in lines if line)


def test_what_is_not_on_a_terminal_has_each_rule_on_one_line() -> None:
    run = program.run(SHOP, "rules", "--select", "SL1", variables=os.environ | {"COLUMNS": "80"})
    assert run.returncode == 0
    assert all(line.startswith("SL1") for line in run.stdout.splitlines())


def test_the_last_cells_go_below_where_there_is_no_room() -> None:
    rows = [["a", "bb", "some words"], ["ccc", "d", ""]]
    assert table(rows, None) == ["a    bb  some words", "ccc  d"]
    assert table(rows, 19) == ["a    bb  some words", "ccc  d"]
    assert table(rows, 12) == ["a    bb", "    some", "    words", "ccc  d"]
    assert table([], 12) == []


def test_a_long_cell_does_not_push_the_others() -> None:
    assert table([["aaaaaa", "b"], ["c", "d"]], None, 3) == ["aaaaaa  b", "c    d"]


def test_words_stay_whole() -> None:
    assert wrapped("see https://example.com/long", 10, "- ", "  ") == ["- see", "  https://example.com/long"]
    assert wrapped("", 10) == [""]


def test_sentences_are_neither_too_narrow_nor_too_wide() -> None:
    assert [reading_width(columns) for columns in (None, 10, 72, 300)] == [80, 40, 72, 100]

"""What people see: the whole output, in several widths, encodings and terminals."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

import pytest

from sidecar_lint import Edit, Finding, Fix, Related, Severity, Span, Stage, lint_text
from sidecar_lint.layout import wrapped
from sidecar_lint.linting.report import Report
from sidecar_lint.report.color import Color
from sidecar_lint.report.text import TextReport
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from pytest_snapshot.plugin import Snapshot

SNAPSHOTS = Path(__file__).parent / "snapshots" / "text"

MANIFEST = """\
name: api
type: Backend Service
sidecars:
  nginx:
    image: nginx
    port: 80
  # several
  # lines
  # between
  proxy:
    port: 80
environments:
  prod:
    storage:
      volumes:
        data: {efs: true, path: /data}
"""


class _Terminal(io.StringIO):
    """A stream that rich takes for a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def _span(text: str, part: str, after: str = "") -> Span:
    start = text.index(part, text.index(after))
    return Span(start, start + len(part))


def _finding(span: Span, **changes: object) -> Finding:
    fields: dict[str, object] = {
        "code": "XX101",
        "name": "port-used-twice",
        "message": "port 80 is already that of 'nginx'",
        "severity": Severity.ERROR,
        "stage": Stage.DEPLOY,
        "effect": "ECS refuses the task definition",
        "help": "give one of them another port",
        "environments": ("*",),
    }
    return Finding(span=span, **{**fields, **changes})  # type: ignore[arg-type]  # fields by name


def _report(text: str, *findings: Finding, path: str = "copilot/api/manifest.yml") -> Report:
    return Report(Source(path, text), findings, ("*", "prod", "test"))


def _print(*reports: Report, out: io.StringIO | None = None, quiet: bool = False) -> str:
    out = out or io.StringIO()
    printed = TextReport(out, quiet=quiet)
    for report in reports:
        printed.add(report)
    printed.finish()
    return out.getvalue()


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "NO_COLOR",
        "FORCE_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "COLORTERM",
        "TTY_COMPATIBLE",
        "TTY_INTERACTIVE",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")


def _several() -> Report:
    first = _span(MANIFEST, "80")
    second = _span(MANIFEST, "80", after="proxy")
    volume = _span(MANIFEST, "{efs: true, path: /data}")
    return _report(
        MANIFEST,
        _finding(
            second, related=(Related(first, "the port of 'nginx'"),), environments=("*", "prod", "test")
        ),
        _finding(
            _span(MANIFEST, "nginx", after="image"),
            code="XX102",
            name="image-not-pinned",
            message="'nginx' is whatever is newest when the task starts",
            severity=Severity.INFO,
            stage=Stage.SILENT,
            effect="two tasks of one service may run different versions of the image, and a rollback does not "
            "bring the old one back",
            help="write a version:\nimage: nginx:1.27\n  # or a digest",
            environments=("prod",),
        ),
        _finding(
            volume,
            code="XX103",
            name="volume-unused",
            message="no container mounts 'data'",
            severity=Severity.WARNING,
            stage=Stage.TASK,
            related=(Related(Span(volume.start + 1, volume.start + 4), "the file system"),),
            fixes=(Fix("remove it", (Edit(volume, ""),)),),
            environments=("*", "test"),
        ),
    )


def test_findings(snapshot: Snapshot) -> None:
    snapshot.snapshot_dir = SNAPSHOTS
    snapshot.assert_match(_print(_several(), Report(Source("b", ""), ())), "findings.txt")


@pytest.mark.parametrize("width", [40, 60, 120])
def test_width(width: int, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("NO_COLOR", "1")
    out = _print(_several(), out=_Terminal())
    findings, _ = out.rsplit("\n\n", 1)
    assert all(len(line) <= width for line in findings.split("\n"))
    snapshot.snapshot_dir = SNAPSHOTS
    snapshot.assert_match(out, f"width-{width}.txt")


@pytest.mark.parametrize(
    ("environment", "width"),
    [
        ({"COLUMNS": "50"}, 50),
        ({"COLUMNS": "none"}, 80),
        ({"COLUMNS": "0"}, 40),
        ({"COLUMNS": "1"}, 40),
        ({"COLUMNS": "999"}, 120),
        ({"COLUMNS": "50", "TERM": "dumb"}, 80),
    ],
)
@pytest.mark.parametrize("color", [Color.NEVER, Color.ALWAYS])
def test_lines_are_as_wide_as_the_terminal_is(
    color: Color, environment: dict[str, str], width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "get_terminal_size", _no_terminal)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    out = _Terminal()
    words = "word " * 100
    TextReport(out, color=color).add(_report("a: b", _finding(Span(0, 1), effect=words, help=words)))
    lines = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue()).splitlines()
    assert width - 5 < max(map(len, lines)) <= width


def _no_terminal(*_: int) -> os.terminal_size:
    raise OSError


def test_a_pipe_is_as_wide_as_the_terminal_that_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def size(stream: int) -> os.terminal_size:
        return os.terminal_size((60, 20)) if stream == 2 else _no_terminal()

    monkeypatch.delenv("COLUMNS")
    monkeypatch.setattr(os, "get_terminal_size", size)
    _, *lines = _print(_report("a: b", _finding(Span(0, 1), help="word " * 100))).splitlines()
    assert 55 < max(map(len, lines)) <= 60


@pytest.mark.parametrize(
    ("environment", "wrapped"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": ""}, False),
        ({"FORCE_COLOR": "1", "TTY_COMPATIBLE": "0"}, False),
        ({"TTY_COMPATIBLE": "1"}, True),
    ],
)
def test_a_headline_is_wrapped_on_what_is_taken_for_a_terminal(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, *, wrapped: bool
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    out = io.StringIO()
    TextReport(out, color=Color.NEVER).add(_report("a: b", _finding(Span(0, 1), message="word " * 40)))
    assert (len(out.getvalue().splitlines()[0]) <= 80) is wrapped


def test_a_line_that_fits_is_wrapped_as_any_other() -> None:
    texts = [
        "",
        " ",
        "a",
        "a b",
        " a",
        "a ",
        "a  b",
        "a\tb",
        "a\xa0b",
        "a-b c",
        "日本 語",
        "x" * 30,
        "a " * 15,
    ]
    for text in texts:
        for width in (1, 2, 3, 5, 29, 30):
            for first in ("", "> "):
                lines = wrap(
                    text, width, initial_indent=first, break_long_words=False, break_on_hyphens=False
                )
                assert wrapped(text, width, first) == (lines or [first.rstrip()])


def test_colour(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    snapshot.snapshot_dir = SNAPSHOTS
    out = _print(_several(), out=_Terminal())
    snapshot.assert_match(out.replace("\x1b", "ESC"), "colour.txt")
    assert re.sub(r"\x1b\[[0-9;]*m", "", out) == _print(_several())


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_no_colour(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    assert "\x1b" not in _print(_several(), out=_Terminal())


_ON_TERMINAL = [
    (Color.AUTO, {}, True),
    (Color.NEVER, {"FORCE_COLOR": "1"}, False),
    (Color.ALWAYS, {"NO_COLOR": "1", "TERM": "dumb"}, True),
    (Color.AUTO, {"CLICOLOR": "0"}, False),
    (Color.AUTO, {"CLICOLOR": "1"}, True),
    (Color.AUTO, {"NO_COLOR": "1", "FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"}, False),
    (Color.AUTO, {"NO_COLOR": ""}, True),
    (Color.AUTO, {"CLICOLOR": "0", "CLICOLOR_FORCE": "1"}, True),
    (Color.AUTO, {"TERM": "dumb", "FORCE_COLOR": "1"}, True),
]
_IN_PIPE = [
    (Color.AUTO, {}, False),
    (Color.ALWAYS, {}, True),
    (Color.AUTO, {"CLICOLOR": "1"}, False),
    (Color.AUTO, {"CLICOLOR_FORCE": "1"}, True),
    (Color.AUTO, {"CLICOLOR_FORCE": "0"}, False),
    (Color.AUTO, {"FORCE_COLOR": "1"}, True),
    (Color.AUTO, {"FORCE_COLOR": ""}, False),
    (Color.AUTO, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
]


@pytest.mark.parametrize(
    ("out", "color", "environment", "colored"),
    [(_Terminal, *each) for each in _ON_TERMINAL] + [(io.StringIO, *each) for each in _IN_PIPE],
)
def test_when_there_are_colours(
    out: type[io.StringIO],
    color: Color,
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    *,
    colored: bool,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    stream = out()
    TextReport(stream, color=color).add(_several())
    assert ("\x1b[" in stream.getvalue()) is colored


def test_clean() -> None:
    assert _print(_report(MANIFEST), _report(MANIFEST)) == "2 files, no findings\n"


def test_quiet_is_errors_and_warnings_only() -> None:
    out = _print(_several(), quiet=True)
    assert "XX101" in out
    assert "XX103" in out
    assert "XX102" not in out
    assert "1 error" not in out
    assert _print(_report(MANIFEST), quiet=True) == ""


def test_a_quiet_report_has_all_that_fails() -> None:
    failing = _several()._replace(fail_on=Severity.INFO)
    assert "XX102" in _print(failing, quiet=True)


def _marked(out: str) -> tuple[str, str]:
    """The line of source and the line of carets below it, without the gutter."""
    lines = out.split("\n")
    at = next(number for number, line in enumerate(lines) if "^" in line)
    return lines[at - 1].partition("| ")[2], lines[at].partition("| ")[2]


def _one(text: str, part: str, **changes: object) -> tuple[str, str]:
    return _marked(_print(_report(text, _finding(_span(text, part), **changes))))


def test_tab() -> None:
    assert _one("a:\tb # c", "b") == ("a:    b # c", "      ^")


def test_wide_characters() -> None:
    assert _one("日本: 語x", "語") == ("日本: 語x", "      ^^")
    assert _one("e\u0301: x", "x") == ("e\u0301: x", "   ^")


def test_control_characters_do_no_harm() -> None:
    assert _one("a: \x1b[31mx", "x") == (r"a: \x1b[31mx", "           ^")
    assert _one("a: \u202ex", "x") == (r"a: \u202ex", "         ^")
    out = _print(
        _report("a: b", _finding(Span(0, 1), message="\x1b[2J\u202e\ud800", help="\x07"), path="\x1b.yml")
    )
    assert "\x1b" not in out
    assert "\x07" not in out
    assert r"\x1b.yml:1:1" in out
    out.encode()


def test_an_encoding_that_lacks_a_character() -> None:
    buffer = io.BytesIO()
    out = io.TextIOWrapper(buffer, encoding="ascii")
    TextReport(out).add(_report("a: é日x", _finding(_span("a: é日x", "x"), message="'é' is odd")))
    out.flush()
    text = buffer.getvalue().decode("ascii")
    assert r"'\xe9' is odd" in text
    assert _marked(text) == (r"a: \xe9\u65e5x", "             ^")


def test_several_lines_are_marked_on_the_first() -> None:
    text = "a:\n  b: 1\n  c: 2\n\n\nd: 3\n"
    out = _print(_report(text, _finding(Span(text.index("b"), text.index("d")))))
    assert _marked(out) == ("  b: 1", "  ^^^^ to line 3")


def test_places_without_text() -> None:
    assert _one("", "") == ("", "^")
    text = "a: b\n"
    assert _marked(_print(_report(text, _finding(Span(4, 4))))) == ("a: b", "    ^")
    assert _marked(_print(_report(text, _finding(Span(5, 5))))) == ("", "^")
    assert _marked(_print(_report(text, _finding(Span(99, 120))))) == ("", "^")


@pytest.mark.parametrize("place", [0, 150, 999])
def test_long_lines_show_what_is_around_the_mark(place: int) -> None:
    words = "".join(f"{number:04} " for number in range(1000))
    text = f"a: {words}"
    line, carets = _one(text, f"{place:04}")
    assert len(line) <= 80 - 4
    assert line[carets.index("^") : carets.rindex("^") + 1] == f"{place:04}"


def test_a_mark_longer_than_the_line_is_cut() -> None:
    line, carets = _one("a: " + "x" * 500 + " end", "x" * 500)
    assert len(line) <= 80 - 4
    assert len(carets) <= len(line)
    assert line[carets.index("^")] == "x"


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (("*", "prod", "test"), "all"),
        (("prod",), "prod"),
        (("prod", "test"), "prod, test"),
        (("*",), "any that the file does not name"),
        (("*", "prod"), "prod, and any that the file does not name"),
    ],
)
def test_environments(held: tuple[str, ...], said: str) -> None:
    out = _print(_report("a: b", _finding(Span(0, 1), environments=held)))
    assert f"  = environments: {said}\n" in out


def test_nothing_is_said_of_environments_where_there_are_none() -> None:
    out = _print(Report(Source("a", "a: b"), (_finding(Span(0, 1)),)))
    assert "environments" not in out


def test_when_is_not_said_twice() -> None:
    effect = "Copilot refuses the manifest: no such container"
    out = _print(_report("a: b", _finding(Span(0, 1), stage=Stage.COPILOT, effect=effect)))
    assert out.count("Copilot refuses the manifest") == 1


def test_link(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sidecar_lint.address.PROJECT_ADDRESS", "https://example.com")
    out = _print(_report("a: b", _finding(Span(0, 1))))
    assert "= more: https://example.com/rules/port-used-twice/" in out


def test_what_is_surely_meant_is_marked_and_counted() -> None:
    text = "name: api\ntype: Backend Service\nimage: {location: 'x:1'}\ncpu: '256'\nmemory: 2GB\n"
    out = _print(lint_text(text, "m.yml"))
    assert "error[SL005] [*] wrong-type: cpu must be" in out
    assert "error[SL005] wrong-type: memory must be" in out
    assert out.endswith("[*] 1 can be fixed with `--fix`, 1 more with `--fix --unsafe-fixes`\n")


def test_what_a_run_with_fixes_has_left_is_not_marked() -> None:
    report = lint_text("name: api\ntype: Backend Service\nimage: {location: 'x:1'}\ncpu: '256'\n", "m.yml")
    assert "[*]" in _print(report)
    assert "[*]" not in _print(report._replace(original=report.source))

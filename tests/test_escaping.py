"""Whatever a repository says: nothing that is printed is obeyed, and documents still say the same."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from nasty import CONTROLS, PIECES, log_lines, nasty, obeyed
from reported import any_reports, printed

from sidecar_lint import Finding, Mapping, Node, Scalar, Sequence, Severity, Span, Stage, escaping, lint_text
from sidecar_lint.commands.main import main
from sidecar_lint.language.hover import hover
from sidecar_lint.linting.report import PathProblem, Report
from sidecar_lint.manifests.manifest import Document
from sidecar_lint.rendering.rendering import CannotRender, Form, json_text, render
from sidecar_lint.report.formats import Format
from sidecar_lint.report.summary import Summary
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

several = settings(max_examples=80, deadline=None)

_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


# The destinations


@given(nasty)
def test_a_line_of_a_terminal(text: str) -> None:
    line = escaping.terminal(text)
    assert not list(obeyed(line))
    assert len(log_lines(line)) == 1
    assert escaping.terminal(line) == line


def test_what_people_read_is_spelt_out() -> None:
    assert escaping.terminal("a\tb\n\x1b[1m\u202e\x85") == r"a    b\n\x1b[1m\u202e\x85"
    assert escaping.terminal("  ::notice::x ##[a] ##vso[b] ###[c]") == (
        r"  \x3a:notice::x #\x23[a] #\x23vso[b] ##\x23[c]"
    )
    assert escaping.terminal("é日 # [a] ## b :: c") == "é日 # [a] ## b :: c"
    assert escaping.terminal("é日", "ascii") == r"\xe9\u65e5"
    assert escaping.editor("a\n\u202eb ::1") == "a\n\\u202eb ::1"


@given(nasty)
def test_json_means_the_same(text: str) -> None:
    document = escaping.json_document({"a": [text]})
    assert not list(obeyed(document))
    assert json.loads(document)["a"] == [
        "".join("\ufffd" if "\ud800" <= each <= "\udfff" else each for each in text)
    ]


@given(nasty)
def test_xml_means_the_same(text: str) -> None:
    document = f"<a b={escaping.xml_attribute(text)}>{escaping.xml_text(text)}</a>"
    assert not list(obeyed(document))
    element = ET.fromstring(document)  # noqa: S314  we wrote it
    plain = re.sub("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)
    assert (element.get("b"), element.text or "") == (plain, plain)


def _tokens(text: str) -> set[str]:
    """What Markdown makes of a text, as the types of its tokens."""
    found = _MARKDOWN.parse(f"|a|b|\n|-|-|\n|{text}|end|\n")
    return {token.type for block in found for token in (block, *(block.children or ()))}


def _drawn(text: str) -> list[str]:
    """The cells of a row with a text in it, as they are drawn."""
    tokens = _MARKDOWN.parse(f"|a|b|\n|-|-|\n|{text}|end|\n")
    cells = [token.children or [] for token in tokens if token.type == "inline"][2:]
    return ["".join(token.content for token in cell) for cell in cells]


@given(nasty)
def test_markdown_draws_what_it_reads(text: str) -> None:
    for escape in (escaping.markdown, escaping.markdown_code):
        assert _tokens(escape(text)).isdisjoint({"image", "link_open", "html_inline", "html_block"})
        cell, end = _drawn(escape(text))
        assert end == "end"
        expected = " ".join(
            escaping.editor(text).replace("\n", " " if escape is escaping.markdown else "\\n").split()
        )
        assert " ".join(cell.replace("\u200b", "").split()) == " ".join(
            expected.replace("\u200b", "").split()
        )


@given(nasty)
def test_no_address_becomes_a_link(text: str) -> None:
    """GitHub and editors make links and pictures of plain text too, but not in code."""
    drawn = "" if "code_inline" in _tokens(escaping.markdown(text)) else _drawn(escaping.markdown(text))[0]
    assert not re.search(r"\w://|www\.|@\w|#\d|:[\w+-]+:", drawn)


def test_markdown_keeps_code_where_it_can() -> None:
    assert escaping.markdown_code("nginx:1.27") == "`nginx:1.27`"
    assert escaping.markdown_code("a`b") == "a&#96;b"
    assert escaping.markdown_code("a\\|b") == "a&#92;&#124;b"
    assert escaping.markdown("a_b *c*") == "a&#95;b &#42;c&#42;"


def _links(message: str) -> list[str]:
    """The links of a message as CodeQL's viewer finds them (vscode-codeql, sarif-utils.ts)."""
    text = r"((?:[^\\\[\]]|\\\\|\\\]|\\\[)*)"
    return re.findall(rf"(?<!\\)(?:\\\\)*\[{text}\]\([^)]*\)", message)


@given(nasty)
def test_a_sarif_message_has_no_links(text: str) -> None:
    message = escaping.sarif_message(text)
    assert not _links(message)
    assert message == text or re.sub(r"\\([\\\[\]])", r"\1", message) == text


def test_sarif_messages_are_escaped_only_where_there_could_be_a_link() -> None:
    assert escaping.sarif_message("detectors[2] is odd") == "detectors[2] is odd"
    assert escaping.sarif_message("[a](1) b[2]") == r"\[a\](1) b\[2\]"
    assert _links("see [here](1)") == ["here"]


@given(nasty)
def test_a_yaml_scalar_means_the_same(text: str) -> None:
    text = "".join(each for each in text if not "\ud800" <= each <= "\udfff" and each != "\x00")
    quoted = yaml.safe_dump(text, default_style='"', width=1 << 30, allow_unicode=True)
    document = escaping.yaml_document(f"a: {quoted}")
    assert not list(obeyed(document))
    assert yaml.safe_load(document) == {"a": text}


@given(nasty)
def test_a_path_in_a_patch_is_one_that_git_reads(text: str) -> None:
    head = escaping.patch_path(text)
    assert not list(obeyed(f"--- {head}"))
    assert len(log_lines(head)) == 1
    if head != text:
        octal = re.sub(r"\\(\d{3})", lambda found: chr(int(found[1], 8)), head[1:-1])
        assert octal.encode("latin-1").decode("utf-8", "surrogateescape") == text or "\ud800" in text


@given(nasty)
def test_a_snippet_writes_the_text(text: str) -> None:
    assert re.sub(r"\\([\\$}])", r"\1", escaping.snippet(text)) == text
    assert not re.search(
        r"(?<!\\)(?:\\\\)*[$}]", escaping.snippet(text).replace(r"\$", "").replace(r"\}", "")
    )


@pytest.mark.parametrize("piece", ["\n", "#", "##", "##a", " ", ":", "\u200b", "[", "::", "a", "://", ":a"])
def test_escaping_is_linear(piece: str) -> None:
    """A text of 50 kB that is one piece over and over; what is not linear would take minutes."""
    text = piece * (50_000 // len(piece))
    for function in (
        *(
            escaping.terminal,
            escaping.terminal_lines,
            escaping.editor,
            escaping.markdown,
            escaping.markdown_code,
        ),
        *(escaping.json_document, escaping.sarif_message, escaping.xml_text, escaping.xml_attribute),
        *(escaping.yaml_document, escaping.needs_no_escape, escaping.patch_path, escaping.workflow_data),
    ):
        function(text)


# The formats


_OWN = ("::error ", "::warning ", "::notice ")


@pytest.mark.parametrize("wanted", Format)
@several
@given(reports=any_reports(), words=nasty)
def test_nothing_in_a_report_is_obeyed(wanted: Format, reports: list[Report], words: str) -> None:
    output = printed(wanted, reports, [PathProblem(words, words)])
    assert not list(obeyed(output, _OWN))


_MANIFEST: dict[str, Any] = {
    "name": "api",
    "type": "Backend Service",
    "image": {"location": "{}", "port": "{}", "depends_on": {"{}": "{}"}},
    "{}": "{}",
    "command": "{}",
    "variables": {"{}": "{}", "A": "{}"},
    "secrets": {"A": "{}"},
    "sidecars": {
        "{}": {"image": "{}", "port": "{}", "mount_points": [{"source_volume": "{}", "path": "{}"}]}
    },
    "storage": {"volumes": {"{}": {"path": "{}", "efs": {"id": "{}"}}}},
    "logging": {"destination": {"Name": "{}", "{}": "{}"}, "enableMetadata": "{}"},
    "environments": {
        "{}": {"count": "{}", "sidecars": {"{}": {"port": "{}"}}},
        "prod": {"image": {"port": "{}"}},
    },
}


@st.composite
def _manifests(draw: Callable[..., Any]) -> str:
    """A manifest with names and values of any text."""

    def filled(value: Any) -> Any:
        if isinstance(value, dict):
            return {filled(key): filled(each) for key, each in value.items()}
        if isinstance(value, list):
            return [filled(each) for each in value]
        return draw(nasty).replace("\x00", "").encode("utf-8", "replace").decode() if value == "{}" else value

    style = draw(st.sampled_from([None, '"', "'", "|"]))
    text: str = yaml.safe_dump(filled(_MANIFEST), default_style=style, allow_unicode=draw(st.booleans()))
    comment = str(draw(st.sampled_from(["", "# ##[notice]x \u202e\n"])))
    return comment + text


@settings(max_examples=40, deadline=None)
@given(text=_manifests())
def test_nothing_in_a_manifest_is_obeyed(text: str) -> None:
    report = lint_text(text, "copilot/::notice::x##[a]/manifest.yml")
    for wanted in Format:
        assert not list(obeyed(printed(wanted, [report]), _OWN))


def _arriving(node: Node | None, written: Any) -> Any:
    """What is written, but for the texts that Copilot changes when it writes the manifest out (SL014)."""
    if isinstance(node, Mapping):
        return {key: _arriving(node.get(key), value) for key, value in written.items()}
    if isinstance(node, Sequence):
        return [_arriving(item, value) for item, value in zip(node.items, written, strict=True)]
    if isinstance(node, Scalar) and node.original is not None and node.original == written:
        return node.text
    return written


@settings(max_examples=40, deadline=None)
@given(text=_manifests())
@example(
    text="name: a\ntype: Backend Service\nvariables:\n  A: |2+\n\n  B: x\nsidecars: {}\nenvironments: {prod: {}}\n"
)
def test_a_rendered_manifest_means_the_same_and_is_not_obeyed(text: str) -> None:
    document = Document(Source("manifest.yml", text))
    for origin in (False, True):
        try:
            rendered = render(document, "prod").yaml(origin=origin)
        except CannotRender:
            return
        assert not list(obeyed(rendered))
        manifest = document.manifest("prod")
        assert manifest
        written, found = yaml.safe_load(text), yaml.safe_load(rendered)
        for section in ("variables", "sidecars"):
            assert found[section] == _arriving(manifest.root.get(section), written[section])


@settings(max_examples=40, deadline=None)
@given(text=_manifests(), form=st.sampled_from(Form))
def test_what_copilot_makes_of_a_manifest_is_not_obeyed(text: str, form: Form) -> None:
    try:
        rendering = render(Document(Source("manifest.yml", text)), "prod", form)
    except CannotRender:
        return
    for written in (rendering.yaml(origin=True), json_text(rendering.json(origin=True))):
        assert not list(obeyed(written))
    assert isinstance(json.loads(json_text(rendering.document)), dict)


@settings(max_examples=40, deadline=None)
@given(text=_manifests(), data=st.data())
def test_nothing_of_a_manifest_is_drawn_in_a_hover(text: str, data: st.DataObject) -> None:
    document = Document(Source("manifest.yml", text))
    for offset in data.draw(st.lists(st.integers(0, len(text)), min_size=20)):
        found = hover(document, offset)
        tokens = _MARKDOWN.parse(found.markdown) if found else []
        inner = [token for block in tokens for token in (block, *(block.children or ()))]
        assert not any(token.type in ("image", "html_inline", "html_block") for token in inner)
        assert not any("host.invalid" in str(token.attrs.get("href")) for token in inner)


@several
@given(text=nasty)
def test_nothing_of_a_manifest_is_drawn_in_a_job_summary(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    summary = Summary(str(tmp_path_factory.mktemp("summary") / "summary.md"))
    finding = Finding(text, text, text, Span(0, 0), Severity.ERROR, Stage.TASK, help=text)
    summary.add(finding, Report(Source(text or "x", ""), (finding,)))
    summary.problem(PathProblem(text, text))
    summary.write("1 error")
    tokens = _MARKDOWN.parse(Path(summary.path).read_text("utf-8"))
    inner = [token.type for block in tokens for token in (block, *(block.children or ()))]
    assert {"image", "html_inline", "html_block", "link_open"}.isdisjoint(inner)
    assert inner.count("td_open") == 8


# The program


_FOLDER = "::notice::x##[a]\n::notice::y\x1b[1m\u202e"
_HOSTILE = """\
name: "::notice::name\\n::notice::name##[a]\\e[31m\\u202e"
type: Backend Service
# ##[notice]a comment \u202e
image: {location: "x\\n::notice::image", Port: 80}
sidecars:
  "::notice::sidecar\\n::notice::x##[a]":
    imag: |
      ::notice::x
      ##[notice]y
  fixable:
    Image: nginx:1
  # ::notice::x
environments:
  "::notice::env\\n::notice::x": {count: 1}
"""


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A workspace whose names and texts want to be obeyed."""
    folder = tmp_path / "copilot" / _FOLDER
    folder.mkdir(parents=True)
    (folder / "manifest.yml").write_text(_HOSTILE, "utf-8")
    (folder.parent / "other").mkdir()
    (folder.parent / "other" / "manifest.yml").write_text(
        "type: Backend Service\nname: '::notice::x\n", "utf-8"
    )
    (tmp_path / ".sidecar-lint.yml").write_text(
        '"::notice::x\\n::notice::y": ["##[a]"]\nselect: ["::x##[a]"]\n'
    )
    return tmp_path


_PATH = f"copilot/{_FOLDER}/manifest.yml"
_COMMANDS = [
    *(["check", "--format", wanted.value] for wanted in Format),
    ["check", "--statistics"],
    ["check", "--isolated", "--diff", "--unsafe-fixes"],
    ["check", "--show-files"],
    ["check", "--isolated", "--write-baseline", "::notice::x\n::notice::y"],
    ["check", _PATH + "none"],
    ["check", "--::notice::\n::notice::x##[a]"],
    ["config", _PATH],
    ["rule", "::notice::x\n::notice::y"],
    ["render", _PATH, "--env", "::notice::env\n::notice::x", "--origin"],
    ["render", _PATH, "--env", "::notice::none\n::notice::x"],
    ["render", "copilot/other/manifest.yml", "--env", "prod"],
    ["render", _PATH, "--as", "template", "--env", "::notice::env\n::notice::x", "--origin"],
    ["render", ".", "--as", "task-definition", "--format", "json", "--origin"],
]


@pytest.mark.parametrize("arguments", _COMMANDS, ids=range(len(_COMMANDS)))
def test_nothing_that_the_program_prints_is_obeyed(
    arguments: list[str], hostile: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(hostile)
    monkeypatch.setattr(sys, "argv", ["sidecar-lint", *arguments])
    with pytest.raises(SystemExit):
        main()
    output, errors = capfd.readouterr()
    assert output or errors
    assert not list(obeyed(output, _OWN))
    assert not list(obeyed(errors))


def test_the_check_of_these_tests_finds_what_is_obeyed() -> None:
    bad = ("::notice::x", " \u00a0::x", "a ##[b]", "a##vso[b]", "a\x1b[1m", "a\u202e", "a\x85b", "x\r::y")
    assert [text for text in bad if not list(obeyed(f"fine\n{text}\n"))] == []
    assert list(obeyed("::error file=x::y", ("::error ",))) == []
    assert set(CONTROLS) < set(PIECES)

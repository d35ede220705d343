"""The grammar of yaml.v3, rule by rule, and against libyaml where the two are the same."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidecar_lint import Mapping, Node, Scalar, Sequence
from sidecar_lint.syntax import parsers
from sidecar_lint.syntax.libyaml import REFUSALS, libyaml_parser
from sidecar_lint.syntax.parsers import exact_parser, kind
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.tree import Tree, read
from sidecar_lint.syntax.yaml_v3.cursor import GrammarError
from sidecar_lint.syntax.yaml_v3.writer import UnreadableError, read_again

ROOT = Path(__file__).parents[1]
WRITTEN = sorted(
    path
    for folder in ("fixtures", "docs", "editors", ".github")
    for path in (ROOT / folder).rglob("*.y*ml")
    if not {"node_modules", "spellings"} & {*path.parts}
)
#: What the two readers differ in, and enough around it.
PARTS = (
    *"a1~?-:,[]{}#&*!|>'\"%@` \t\n\r\x85\u2028\ufeff",
    *(
        "x: ",
        "a:",
        "- ",
        "? ",
        "&a ",
        "*a ",
        "!a ",
        "!!str ",
        "!<x> ",
        "|\n",
        "|2\n",
        ">-\n",
        "\\n",
        "\\/",
        "\\'",
    ),
    *(
        "\n  ",
        "\n    ",
        "\n\t",
        "\n---\n",
        "\n...\n",
        "--- ",
        "%YAML 1.1\n",
        "# c\n",
        "a: b\n",
        "[a, b]",
        "'q'",
        '"q"',
    ),
)


def _read(text: str) -> Tree:
    return read(Source("manifest.yml", text), loops=True)


def _value(node: Node | None) -> Any:
    if isinstance(node, Mapping):
        return {name: _value(value) for name, value in node.entries.items()}
    if isinstance(node, Sequence):
        return [_value(item) for item in node]
    return node.resolved if isinstance(node, Scalar) else node


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # A word in a flow collection goes on over `:` where nothing unseen follows it.
        ("{A: b:}", {"A": "b:"}),
        ("{A:}", {"A:": None}),
        ("{a:, b: c}", {"a:": None, "b": "c"}),
        ("[b:, c:[d]]", None),
        ("[http://x:, y]", ["http://x:", "y"]),
        # `?` ends it, and begins a key.
        ("{A: x?}", None),
        ("[curl, http://web/up?full=1]", None),
        ("[a ? b]", None),
        ("[?]", None),
        ("[?a]", [{"a": None}]),
        ("a: http://web/up?full=1", {"a": "http://web/up?full=1"}),
        ("['a?', \"b?\"]", ["a?", "b?"]),
        # Escapes.
        (r'"x\/y"', None),
        (r'"x\'y"', "x'y"),
        (r'"\x41\u00e9\U0001F600\N\_\L\P\e"', "Aé😀\x85\xa0\u2028\u2029\x1b"),
        (r'"\ud800"', None),
        (r'"\U00110000"', None),
        (r'"\xg0"', None),
        ('"a\\\n   b"', "ab"),
        ('"a\\\n\n   b"', "a\nb"),
        ('"a \n\n\n  b"', "a\n\nb"),
        ("'it''s\n  so'", "it's so"),
        ("'a\u2028 b'", "a\u2028b"),
        # A tag goes on to a blank.
        ("!a,b c", "c"),
        ("[!!str, a]", ["a"]),
        ("[a, !x, b]", ["a", "b"]),
        ("{A: !x, B: y}", None),
        ("{!,}", None),
        ("[!a]", None),
        ("!a%C3%A9 c", "c"),
        ("!a%C3 c", None),
        ("!a%ff c", None),
        ("!<> a", None),
        ("!nope!a b", None),
        ("%TAG !e! tag:x,\n---\n!e!a b", "b"),
        # `!` says nothing, and `!<!!int>` what `!!int` says.
        ("! 1", 1),
        ("! ~", None),
        ("! '1'", "1"),
        ('!<!!int> "1"', 1),
        ("!<!> 1", 1),
        # Base64.
        ("!!binary aGk=", "hi"),
        ("!!binary |\n  aG\n  k=\n", "hi"),
        # A byte order mark is one where the file begins, and a character elsewhere.
        ("a: 1\n\ufeffb: 2", {"a": 1, "\ufeffb": 2}),
        ("a: 1\n\ufeff# c", None),
        # Directives.
        ("%YAML 1.1\n--- a", "a"),
        ("%YAML 1.2\n--- a", None),
        ("%YAML 1\n--- a", None),
        ("%YAML 1.111\n--- a", None),
        ("%YAML 1.1 # c\n--- a", "a"),
        ("%YAML 1.1 c\n--- a", None),
        ("%FOO\n--- a", None),
        ("%TAG x y\n--- a", None),
        ("%TAG !x!\n--- a", None),
        # Comments may be indented with tabs behind another one.
        ("a: 1\n# b\n\t# c\nd: 2", {"a": 1, "d": 2}),
        ("a: 1\n\t# c\nd: 2", None),
        ("? \t# c\n  a\n: b", {"a": "b"}),
        ("- # c\n  a", ["a"]),
        ("-\t# c\n  a", None),
        ("[a, # c\n b]", ["a", "b"]),
        # Block texts.
        ("a: |\n\n  b\n   c\n\nd: 1", {"a": "\nb\n c\n", "d": 1}),
        ("a: >\n  b\n  c\n    d\n  e\n", {"a": "b c\n  d\ne\n"}),
        ("a: >-\n  b\n\n  c\n", {"a": "b\nc"}),
        ("a: |+\n  b\n\n", {"a": "b\n\n"}),
        ("a: |2\n   b\n", {"a": " b\n"}),
        ("a: |-1 # c\n  b", {"a": " b"}),
        ("a: |0\n  b", None),
        ("a: |x\n  b", None),
        ("a: |\n \tb", None),
        ("a: |\n\tb", None),
        ("a: |", {"a": ""}),
        ("a:\n  b: |\n  c: d", {"a": {"b": "", "c": "d"}}),
        # Words over several lines.
        ("a: b\n  c\n\n  d", {"a": "b c\nd"}),
        ("a: b\n \tc", {"a": "b c"}),
        ("a:\n  b\n\tc", None),
        ("a: b\n--- c", {"a": "b"}),
        ("a: 'b\n--- c'", None),
        # Keys without `?`.
        (f"{'a' * 1024}: b", {"a" * 1024: "b"}),
        (f"{'a' * 1025}: b", None),
        ("a\nb: c", None),
        ("[a: b, {c: d}: e]", [{"a": "b"}, {}]),
        ("? a\n: b\n? c\n", {"a": "b", "c": None}),
        ("[a\n: b]", None),
        ("- a\n -b", ["a -b"]),
        ("-", [None]),
        ("a: - b", None),
        ("? - a\n  - b\n: c", {}),
        ("&a b: *a", {"b": "b"}),
        ("&a.b c", None),
        ("*", None),
        ("@a", None),
        ("a: `b", None),
        ("a: %b", None),
        ("]", None),
        ("[-]", ["-"]),
        ("[a", None),
        ("{a: [b}", None),
        ("- a\nb", None),
        ("a:\n  - b\n c: d", None),
    ],
)
@pytest.mark.parametrize("worth_importing", [0, sys.maxsize], ids=["libyaml", "ours"])
def test_rule(text: str, value: Any, worth_importing: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsers, "_WORTH_IMPORTING", worth_importing)
    tree = _read(text)
    if value is None:
        assert tree.problem is not None or (tree.root is not None and tree.root.is_null)
    else:
        assert (tree.problem, _value(tree.root)) == (None, value)


@pytest.mark.parametrize(
    "text", ["{A: x?}", r'"x\/y"', "[?]", "{A: !x, B: y}", "a: 1\n\ufeff# c", "%YAML 1.2\n--- a"]
)
def test_what_libyaml_takes_is_refused(text: str) -> None:
    assert _read(text).problem is not None


@pytest.mark.parametrize(
    ("second", "is_read"),
    [
        ("---\n@", True), ("---\n'", True), ("--- a: b", True), ("--- - a", True), ("---\na\nb: c", True),
        ("...\n%FOO\n", True), ("...\n%YAML x.1\n--- a", True), ("---\n\ta", True), ("---\n!a[\n", False),
        ("---\na: [", False), ("---\na: @", False), ("---\n*b", False), ("...\n%YAML 1.2\n--- a", False),
        ("---\n[a, @", False), ("---\n[,@", False), ("---\na\nb", False),
    ],
)  # fmt: skip
def test_of_a_second_document_the_beginning_must_be_readable(second: str, is_read: bool) -> None:
    tree = _read(f"x: 1\n{second}")
    assert (tree.problem is not None) is is_read


@pytest.mark.parametrize(
    ("encoding", "size", "control"),
    [("utf-8", 511, "\x01"), ("utf-8", 510, "\x80"), ("utf-16-le", 510, "\x01")],
)
def test_control_characters_count_as_far_as_is_read(encoding: str, size: int, control: str) -> None:
    # 512 bytes are read at a time, and a character that does not fit in whole is left to the next.
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    head = mark + "x: 1\n---\n- a\n- ".encode(encoding)
    for more, refused in ((0, True), (1, False)):
        filling = "a" * ((size - len(head)) // len("a".encode(encoding)) + more)
        source = Source.from_bytes("m.yml", head + f"{filling}{control}".encode(encoding))
        assert (read(source).problem is not None) is refused


def test_a_byte_that_is_none_counts_as_far_as_is_read() -> None:
    source = Source.from_bytes("m.yml", b"x: 1\n---\n- a\n- " + b"b" * 600 + b"\xff")
    assert source.undecodable
    assert read(source).problem is None
    assert read(Source.from_bytes("m.yml", b"x: 1\n# \xff")).problem is not None


def _events(parser: Any) -> tuple[list[tuple[object, ...]], bool]:
    """The events of the first document, and whether it was refused."""
    found: list[tuple[object, ...]] = []
    try:
        while kind(event := parser.get_event()) not in ("DocumentEndEvent", "StreamEndEvent"):
            values = (
                getattr(event, name, None) or "" for name in ("value", "tag", "anchor", "style", "flow_style")
            )
            found.append((kind(event), event.start_mark.index, event.end_mark.index, *values))
    except (*REFUSALS, GrammarError):
        return [], True
    return found, False


def _fast_parser(text: str) -> Any | None:
    """libyaml, where it is asked once much has been read."""
    return None if parsers.may_differ(text) else libyaml_parser(text)


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_people_write_is_read_alike(path: Path) -> None:
    text = Source.from_bytes(str(path), path.read_bytes()).text
    fast = _fast_parser(text)
    assert fast is not None
    found, refused = _events(fast)
    assert (found, refused) == _events(exact_parser(text)) or refused


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(PARTS), max_size=14).map("".join), st.sampled_from(("", "x: ", "x: [", "x: {"))
)
def test_libyaml_is_only_asked_where_it_reads_the_same(text: str, before: str) -> None:
    fast = _fast_parser(before + text)
    found, refused = _events(fast) if fast else ([], True)
    if fast and not refused and _ends(fast):
        assert (found, False) == _events(exact_parser(before + text))


def _ends(parser: Any) -> bool:
    """Whether no second document begins."""
    try:
        return kind(parser.get_event()) != "DocumentStartEvent"
    except REFUSALS:
        return False


@pytest.mark.parametrize(
    ("text", "style", "arrives"),
    [
        ("\na\n", "|", "a\n"), ("\n\na", "|", "\na"), ("\n", "|", ""), ("\n\n", "|", "\n"),
        ("\na\n", ">", "a\n"), ("a\n  b\nc\n", ">", "a\n\n  b\nc\n"), ("a\n\tb\n", ">", "a\n\n\tb\n"),
        ("a\n b\nc\n d\n", ">", "a\n\n b\nc\n\n d\n"), ("a\n\n\n", ">", "a\n\n\n\n"),
        ("  a\nb\n  c\n", ">", "  a\nb\n  c\n"), ("a \n  b\n", ">", "a \n  b\n"), ("a\nb\n", "|", "a\nb\n"),
        ("a\n  b\n", "|", "a\n  b\n"), ("😀\n  b\n", ">", "😀\n  b\n"), ("a\n", ">", "a\n"), ("", "|", ""),
        ("\u2028a\n", "|", "a\n"), (" a\nb\n", "|", " a\nb\n"),
    ],
)  # fmt: skip
def test_what_arrives_when_a_text_is_written_and_read_again(text: str, style: str, arrives: str) -> None:
    # Each as the released Copilot put it into a container's environment.
    assert read_again(text, style) == arrives


def test_a_comment_behind_the_header_keeps_the_first_blank_line() -> None:
    assert read_again("\na\n", "|", commented=True) == "\na\n"
    assert read_again("\na\n", ">", commented=True) == "\na\n"


def test_a_text_that_begins_with_a_tab_cannot_be_read_again() -> None:
    with pytest.raises(UnreadableError, match="tab"):
        read_again("\ta\n", "|")

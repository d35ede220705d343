"""What is read line by line, which is what the whole grammar makes of it, and what is left to that."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from node_parts import parts

from sidecar_lint import Mapping
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.syntax.composer import Composer
from sidecar_lint.syntax.line_by_line import read_lines
from sidecar_lint.syntax.parsers import exact_parser, kind
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.tree import read

ROOT = Path(__file__).parents[1]
MANIFEST = (ROOT / "bench/clean/manifest.yml").read_text("utf-8")
#: What such a text is made of, and what makes it another one.
PARTS = (
    "a", "b", "1", "~", "null", "- ", "-", ": ", ":", "a: ", "b:\n", "a.b/c: ", "- a: ", "x y", "http://a:1",
    "\n", "\n  ", "\n    ", "\n- ", "\n  - ", " ", "  ", " # c", "#", "# c\n", "'q'", '"q"', "''", "'", '"',
    "[a, 'b']", "[]", "[a,]", "[", "]", ",", "{", "}", "|\n", ">", "&a ", "*a", "!a ", "? ", "<<: ", "---", "...",
    "\\", "\t", "\r\n", "\x85", "\u2028", "\ufeff", "é", "%", "@", "`", "$", "=", ".",
)  # fmt: skip


def _read_exactly(text: str) -> Mapping | None:
    """What the whole grammar makes of a text; raises where it refuses it."""
    parser = exact_parser(text)
    root = Composer(text, parser, loops=True).compose()
    assert kind(parser.get_event()) == "StreamEndEvent"
    assert root is None or isinstance(root, Mapping)
    return root


@pytest.mark.parametrize(
    "text",
    [
        "a: b", "a: b\n", "# c\n\na: b # c\n\n# c", "a:\n  b: 1\n  c:\nd:", "  a: b\n  c: d\n\n",
        "a:\n- b\n- c\nd: e", "a:\n  - b\n  - c: d\n    e:\n      - f\n  -\n  - # c\n    g: h\ni: j",
        "a: 'b: #c' # d", "a: \"b'c\"\nd: ''", "a: [b, 'c d', \"e\" , 1] # f", "a: ~\nb: null\nc: -1\nd: --- e",
        "a: b #c\nd: b#c", "a: http://b:1/?c=d&e\nf: b:c", "a: b c  d \ne: (f)", "a: bé # ü", "a:   \n  b:   c",
        "a: c\\d", "a:\n  b:\n    c:\n      d: e\nf: g", "a: \n# c\n  b: c", "a:\n  - b:\n    - c\n  - d: e\n",
        "a: 1\nb: 2\na: 3\na: [4]", "a:\n  b: 1\n  b:\n    c:\n    c: 2\na:\n  - d: 1\n    d:",
        MANIFEST,
    ],
)  # fmt: skip
def test_most_is_read_line_by_line(text: str) -> None:
    root = read_lines(text)
    assert root is not None
    assert parts(root) == parts(_read_exactly(text))
    assert parts(read(Source("m.yml", text)).root) == parts(root)


@pytest.mark.parametrize(
    "text",
    [
        "", "# c", "a", "- a", "a: b: c", "a:\n   b: c\n  d: e", "a: b\n c: d", "  a: b\nc: d", "a: b\n- c",
        "a: b\n  c", "a: 'b'\n  'c'", "a: 'b", "a: 'b''c'", 'a: "b\\n"', "a: 'b'#c", "a: |\n  b", "a: >-\n  b",
        "a: &b c", "a: *b", "a: !b c", "<<: a", "? a", "'a': b", "a: {b: c}", "a: [b: c]", "a: [[b]]", "a: []",
        "a: [b,\n  c]", "a: [b c]", "a: [b,]", "a: [b]c", "a: [b", "a: - b", "- - a", "a: b\n---\nc: d", "---\na: b",
        "%YAML 1.1", "a: b\n...", "null: a", "a: @b", "a: `b", "a: ,b", "a: ?b", "a: :b", "a:b",
        "a:\tb", "a: b\r\nc: d", "a: b\u2028c: d", "a: b\x85", "a: \ufeff", "a: \x01", "a: \ud800", "a: b\x00",
        "a:\n  - b\n  c: d", "a:\n- b\n  c", f"{'a' * 101}: b", "".join(f"{' ' * at}a:\n" for at in range(60)),
    ],
)  # fmt: skip
def test_what_is_written_otherwise_is_left_to_the_whole_grammar(text: str) -> None:
    assert read_lines(text) is None


def test_bytes_that_are_no_text_are_left_to_it_too() -> None:
    assert read(Source.from_bytes("m.yml", b"a: b\n\xff")).problem is not None


def test_the_examples_of_rules_are_read_alike() -> None:
    texts = {text for rule in load_rules() for text in (*rule.good, *(bad.text for bad in rule.bad))}
    simple = {text: root for text in sorted(texts) if (root := read_lines(text))}
    assert len(simple) > len(texts) // 4
    for text, root in simple.items():
        assert parts(root) == parts(_read_exactly(text)), text


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=14).map("".join), st.sampled_from(("", "x: ", "x:\n  - ")))
def test_what_is_read_at_all_is_read_alike(text: str, before: str) -> None:
    root = read_lines(before + text)
    if root is not None:
        assert parts(root) == parts(_read_exactly(before + text))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(MANIFEST)), st.integers(0, 5), st.sampled_from(PARTS))
def test_a_change_anywhere_is_read_alike(at: int, length: int, written: str) -> None:
    text = MANIFEST[:at] + written + MANIFEST[at + length :]
    root = read_lines(text)
    if root is not None:
        assert parts(root) == parts(_read_exactly(text))

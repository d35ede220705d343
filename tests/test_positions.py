"""Offsets and a client's positions, in each of the three encodings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from sidecar_lint import Span
from sidecar_lint.server.positions import Positions
from sidecar_lint.server.texts import Texts
from sidecar_lint.syntax.source import Source

ENCODINGS = ("utf-8", "utf-16", "utf-32")
#: Characters of one to four bytes, and those that end a line for Python and for no editor.
TEXTS = st.text(st.sampled_from("a é€😀\x0b\x0c\x85\u2028:\n\r"), max_size=30)
URI = "file:///copilot/api/manifest.yml"


def _units(text: str, encoding: str) -> int:
    width = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding]
    return len(text.encode("utf-16-le" if width == 2 else "utf-32-le" if width == 4 else encoding)) // width


@pytest.mark.parametrize(("encoding", "start", "end"), [("utf-8", 3, 10), ("utf-16", 3, 7), ("utf-32", 3, 6)])
def test_a_column_counts_units_of_the_encoding(encoding: str, start: int, end: int) -> None:
    found = Positions(Source("x", "k: 1\na: 😀é x\n"), encoding).range(Span(8, 11))
    assert found == types.Range(types.Position(1, start), types.Position(1, end))


@given(TEXTS, st.sampled_from(ENCODINGS), st.data())
def test_an_offset_survives_the_way_there_and_back(text: str, encoding: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    if text[offset - 1 : offset + 1] == "\r\n" and offset:
        return  # no position is between the two
    positions = Positions(Source("x", text), encoding)
    position = positions.position(offset)
    assert positions.offset(position) == offset
    line = positions.source.line(position.line)
    assert position.character <= _units(line, encoding)


def test_a_position_inside_a_character_is_before_it() -> None:
    assert Positions(Source("x", "😀a"), "utf-16").offset(types.Position(0, 1)) == 0
    assert Positions(Source("x", "😀a"), "utf-8").offset(types.Position(0, 3)) == 0


@pytest.mark.parametrize(("line", "character", "offset"), [(0, 99, 2), (1, 0, 3), (1, 99, 5), (7, 0, 5)])
def test_past_the_end_is_the_end(line: int, character: int, offset: int) -> None:
    assert Positions(Source("x", "ab\ncd"), "utf-16").offset(types.Position(line, character)) == offset


@given(TEXTS, st.sampled_from(ENCODINGS), st.data())
def test_edits_lead_to_the_text_that_the_client_has(text: str, encoding: str, data: st.DataObject) -> None:
    """Each edit is made in a text of the client's own, and sent as a range of positions."""
    texts = Texts(encoding)
    path = texts.open(types.TextDocumentItem(URI, "yaml", 1, text))
    assert path is not None
    for version in range(2, data.draw(st.integers(2, 5))):
        ends = st.integers(0, len(text)).filter(lambda at: text[max(at - 1, 0) : at + 1] != "\r\n")  # noqa: B023
        start, end = sorted((data.draw(ends), data.draw(ends)))
        new = data.draw(TEXTS)
        range_ = Positions(Source("x", text), encoding).range(Span(start, end))
        change = types.TextDocumentContentChangePartial(range_, new)
        texts.change(types.VersionedTextDocumentIdentifier(version, URI), [change])
        text = text[:start] + new + text[end:]
        source = texts.source(path)
        assert source is not None
        assert source.text == text
        assert texts.version(path) == version


def test_what_is_no_file_is_not_taken() -> None:
    texts = Texts()
    assert texts.open(types.TextDocumentItem("untitled:Untitled-1", "yaml", 1, "")) is None
    assert texts.change(types.VersionedTextDocumentIdentifier(2, URI), []) is None
    assert texts.close(URI) is None

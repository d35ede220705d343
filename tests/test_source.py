"""Lines, columns and bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidecar_lint.syntax.source import Position, Source


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("", [0], [0]),
        ("a\nb", [0, 2], [1, 3]),
        ("\n\na\n", [0, 1, 2, 4], [0, 1, 3, 4]),
        ("a\r\nb\r\n", [0, 3, 6], [1, 4, 6]),
        ("a\rb", [0, 2], [1, 3]),
        ("a\n\r\nb", [0, 2, 4], [1, 2, 5]),
        ("a\u0085b\u2028c", [0], [5]),
        ("a\x0bb\x0c\nc", [0, 5], [4, 6]),
    ],
)
def test_lines(text: str, starts: list[int], ends: list[int]) -> None:
    assert Source("x", text).line_starts == starts
    assert Source("x", text).line_ends == ends


def test_columns_are_code_points() -> None:
    source = Source("x", "a: 𝒳𝒴 z\nb")
    assert source.position(6) == Position(0, 6)
    assert source.line(0) == "a: 𝒳𝒴 z"


@given(st.text(alphabet="ab\r\n\té𝒳"), st.integers(0, 40))
def test_an_offset_survives_the_way_there_and_back(text: str, offset: int) -> None:
    source = Source("x", text)
    position = source.position(offset)
    back = source.offset(position)
    # Inside a line ending there is no column of its own: the place is the line's end.
    assert back <= min(offset, len(text))
    assert source.position(back).line == position.line


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_with_and_without_mark(encoding: str) -> None:
    source = Source.from_bytes("x", "name: é".encode(encoding))
    assert source.text == "name: é"
    assert source.undecodable is None
    assert source.mark + source.text.encode(source.encoding) == "name: é".encode(encoding)


def test_bytes_that_are_no_text() -> None:
    source = Source.from_bytes("x", "é: ".encode() + b"\xff\xfe")
    assert source.text == "é: "
    assert source.undecodable is not None
    assert source.undecodable.offset == 3
    assert "byte 4" in source.undecodable.reason


@given(st.binary(max_size=60))
def test_any_bytes_can_be_read(data: bytes) -> None:
    source = Source.from_bytes("x", data)
    assert source.undecodable is not None or source.mark + source.text.encode(source.encoding) == data

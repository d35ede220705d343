"""A line of text in pieces, each with its style, before anybody knows whether it is printed in colours."""

from __future__ import annotations

#: A text and its style, as rich writes it (`bold red`); empty for none.
Piece = tuple[str, str]
Line = tuple[Piece, ...]


def plain(line: Line) -> str:
    """What a line reads, without the blanks at its end."""
    return "".join([text for text, _ in line]).rstrip()


def cells(text: str) -> int:
    """How wide a text without controls is on a terminal."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # most texts do without its tables

    return cell_len(text)

"""Lines that fit: into a terminal, or into what people read with ease."""

from __future__ import annotations

import os
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from collections.abc import Sequence

_USUAL: Final = 80
_NARROWEST: Final = 40
_WIDEST: Final = 100
_BELOW: Final = "    "


def columns_of(out: TextIO) -> int | None:
    """How wide a terminal is, as COLUMNS says or the terminal itself; None where `out` is no terminal."""
    if not out.isatty():
        return None
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked[:4]):
        return int(asked[:4])
    try:
        return os.get_terminal_size(out.fileno()).columns or _USUAL
    except OSError:
        return _USUAL


def reading_width(columns: int | None) -> int:
    """How wide sentences are on a terminal of so many columns, and where there is none."""
    return min(max(columns or _USUAL, _NARROWEST), _WIDEST)


def wrapped(text: str, width: int, first: str = "", others: str = "") -> list[str]:
    """A text in lines of a width, the first behind `first` and the others behind `others`. Words stay whole."""
    if len(first) + len(text) <= width and text.isprintable() and text.strip() == text != "":
        return [first + text]
    from textwrap import wrap  # what it imports is not for every run

    lines = wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines or [first.rstrip()]


def table(rows: Sequence[Sequence[str]], columns: int | None, widest: int | None = None) -> list[str]:
    """Rows of cells below each other; where they are too wide for the columns, the last cell of each is below it.

    No cell of more than `widest` characters pushes those behind it to the right.
    """
    sizes = [max(map(len, cells)) for cells in zip_longest(*(row[:-1] for row in rows), fillvalue="")]
    sizes = [size if widest is None else min(size, widest) for size in sizes]
    heads = ["  ".join(f"{cell:<{size}}" for cell, size in zip(row, sizes, strict=False)) for row in rows]
    lines = [
        (f"{head}  {row[-1]}" if row[1:] else row[-1]).rstrip() for head, row in zip(heads, rows, strict=True)
    ]
    if columns is None or all(len(line) <= columns for line in lines):
        return lines
    return [
        line
        for head, row in zip(heads, rows, strict=True)
        for line in (head.rstrip(), *(wrapped(row[-1], columns, _BELOW, _BELOW) if row[-1] else ()))
    ]

"""Text that may come from anywhere, made harmless."""

from __future__ import annotations

from typing import Final

_TAB: Final = "    "


def visible(text: str, encoding: str = "utf-8") -> str:
    """A text that cannot harm a terminal or fail to print: what has no shape is spelt out."""
    return "".join(_shown(character, encoding) for character in text)


def _shown(character: str, encoding: str) -> str:
    if " " <= character <= "~":
        return character
    if character == "\t":
        return _TAB
    if character.isprintable():
        try:
            character.encode(encoding)
        except UnicodeEncodeError:
            pass
        else:
            return character
    return character.encode("unicode_escape").decode("ascii")

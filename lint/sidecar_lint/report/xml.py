"""Text in XML. All of it is ASCII, so the encoding of the output does not matter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

HEAD: Final = '<?xml version="1.0" encoding="utf-8"?>\n'
#: What XML 1.0 has no way to spell.
_FORBIDDEN: Final = "[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}
#: As they are a reader would make spaces of them.
_WHITE: Final = {"\t": "&#9;", "\n": "&#10;"}


def element(name: str, text: str | None = None, /, **attributes: str | int) -> str:
    """An element with a text, or empty."""
    start = opening(name, **attributes)
    if text is None:
        return f"{start[:-1]}/>"
    return f"{start}{_escaped(text, _ESCAPES)}</{name}>"


def opening(name: str, /, **attributes: str | int) -> str:
    """The tag that begins an element."""
    escapes = {**_ESCAPES, **_WHITE}
    written = (f' {key}="{_escaped(str(value), escapes)}"' for key, value in attributes.items())
    return f"<{name}{''.join(written)}>"


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    """A text in which nothing is markup; what XML cannot hold is U+FFFD."""
    text = re.sub(_FORBIDDEN, "\ufffd", text)
    text = "".join(escapes.get(character, character) for character in text)
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii")

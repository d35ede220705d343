"""Elements of XML. All of it is ASCII, so the encoding of the output does not matter."""

from __future__ import annotations

from typing import Final

from sidecar_lint.escaping import xml_attribute, xml_text

HEAD: Final = '<?xml version="1.0" encoding="utf-8"?>\n'


def element(name: str, text: str | None = None, /, **attributes: str | int) -> str:
    """An element with a text, or empty."""
    start = opening(name, **attributes)
    return f"{start[:-1]}/>" if text is None else f"{start}{xml_text(text)}</{name}>"


def opening(name: str, /, **attributes: str | int) -> str:
    """The tag that begins an element."""
    written = (f" {key}={xml_attribute(str(value))}" for key, value in attributes.items())
    return f"<{name}{''.join(written)}>"

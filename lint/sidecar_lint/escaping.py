"""Text of others, escaped for where it goes: a function for each destination.

A name, a value, a path or a message may come from a hostile repository. Where it is printed it must
not move a cursor, break a line, turn the text around it (Unicode's bidirectional controls), draw a
picture or a link, or give orders to the service that reads the log. GitHub's runner obeys `::error::`
where nothing but blanks stands before it on its line, and `##[error]` anywhere in a line
(actions/runner, ActionCommand.cs); Azure Pipelines and TeamCity have `##vso[` and `##teamcity[`.

What is for people is spelt out. What is a document for programs uses the escapes of its own
language, and means the same as before.
"""

from __future__ import annotations

import re
from typing import Any, Final

_TAB: Final = "    "
#: Orders to a service that reads the log, wherever in a line they stand; what follows `##` says so.
_ORDER: Final = r"(?i)(?<=#)#(?=[a-z]*\[)"
#: Orders that count at the beginning of a line; .NET takes all of Unicode's white space for blanks.
_LEADING_ORDER: Final = r"(?m)^((?:[^\S\n]|[\u200b\ufeff])*):(?=:)"
#: Controls but for tab and line feed, what Unicode ends lines with, what it turns text around with,
#: and halves of pairs. What else has no shape does no harm in a document.
_CONTROL: Final = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
#: JSON can spell half a pair, and then many programs cannot read it.
_SURROGATE: Final = "[\ud800-\udfff]"
#: What XML 1.0 has no way to spell.
_NOT_XML: Final = "[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_MARKUP: Final = r"[\\`*_{}\[\]()<>#+!|~&@^$]"
#: What Mermaid, or the Markdown and the HTML in its labels, takes for more than text.
_NOT_IN_LABELS: Final = r"""[\\`*_{}\[\]()<>#&"';|~@%]"""
#: Where GitHub and editors make a link or a picture of plain text: in addresses, after @ and #, and
#: between colons, also those of `manifest.yml:100:3`.
_DRAWN: Final = r"(?i)(?<=:)(?=//|[\w+-]+:)|(?<=www)(?=\.)|(?<=@)|(?:(?<=#)|(?<=GH-))(?=\d)"
_ZERO_WIDTH_SPACE: Final = "\u200b"
#: What stands for itself in git's quotes; a # could be half of an order.
_QUOTED: Final = frozenset(map(chr, range(0x20, 0x7F))) - set('"\\#')


# For people


def terminal(text: str, encoding: str = "utf-8") -> str:
    """One line of a terminal or a log; what has no shape, or not in its encoding, is spelt out."""
    if text.isascii() and text.isprintable() and "##" not in text and "::" not in text:
        return text
    return re.sub(_LEADING_ORDER, r"\1\\x3a", "".join(terminal_cells(text, encoding)))


def terminal_cells(text: str, encoding: str = "utf-8") -> list[str]:
    """What is drawn for each character of a line that something else begins."""
    if text.isascii() and text.isprintable():
        cells = list(text)
    else:
        cells = [_spelt_out(character, encoding) for character in text]
    for order in re.finditer(_ORDER, text):
        cells[order.start()] = r"\x23"
    return cells


def terminal_lines(text: str, encoding: str = "utf-8") -> str:
    """Several lines of a terminal or a log: line feeds stay."""
    return "\n".join(terminal(line, encoding) for line in text.split("\n"))


def editor(text: str) -> str:
    """A plain text that an editor shows, of several lines maybe."""
    return "\n".join(map(_line, text.split("\n")))


def _line(text: str) -> str:
    return text if text.isascii() and text.isprintable() else "".join(map(_spelt_out, text))


def snippet(text: str) -> str:
    """A text in a snippet of an editor, which has placeholders and variables (LSP, Snippet Syntax)."""
    return re.sub(r"[\\$}]", r"\\\g<0>", text)


def _spelt_out(character: str, encoding: str = "utf-8") -> str:
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


# Markdown


def markdown(text: str) -> str:
    """A text that Markdown leaves as it is, on one line, in a cell of a table too.

    It is drawn as it reads: no picture, no HTML, no link, nobody is mentioned. An empty space that is
    no white space keeps addresses from being made links.
    """
    line = " ".join(editor(text).split())
    broken = re.sub(_DRAWN, _ZERO_WIDTH_SPACE, line)
    return re.sub(_MARKUP, lambda found: f"&#{ord(found[0])};", broken)


def markdown_code(text: str) -> str:
    """A value as code where that can be, in a cell of a table too; otherwise as `markdown` has it."""
    line = editor(text).replace("\n", "\\n")
    if not line.strip() or re.search(r"[`|\\]", line):
        return markdown(line)
    return f"`{line}`"


def mermaid_label(text: str) -> str:
    """The text of a box in a diagram of Mermaid's, between double quotes: no HTML, no Markdown, no code."""
    return re.sub(_NOT_IN_LABELS, lambda found: f"#{ord(found[0])};", " ".join(editor(text).split()))


# Documents for programs


def json_document(value: object, indent: int | None = None) -> str:
    """JSON in ASCII that every program can read and no log obeys."""
    import json

    return re.sub(_ORDER, r"\\u0023", json.dumps(_without_halves(value), indent=indent))


def _without_halves(value: Any) -> Any:
    if isinstance(value, str):
        return re.sub(_SURROGATE, "\ufffd", value)
    if isinstance(value, dict):
        return {key: _without_halves(each) for key, each in value.items()}
    return [_without_halves(each) for each in value] if isinstance(value, list | tuple) else value


def sarif_message(text: str) -> str:
    """A message of SARIF: nothing in it is a link (2.1.0, 3.11.6), which needs `](`."""
    return re.sub(r"([\\\[\]])", r"\\\1", text) if "](" in text else text


def xml_text(text: str) -> str:
    """The text of an element, in ASCII; what XML cannot hold is U+FFFD."""
    from xml.sax.saxutils import escape

    return _xml(re.sub(_LEADING_ORDER, r"\1&#58;", escape(_xml_characters(text), {"\r": "&#13;"})))


def xml_attribute(text: str) -> str:
    """The value of an attribute with the quotes around it."""
    from xml.sax.saxutils import quoteattr

    return _xml(quoteattr(_xml_characters(text)))


def _xml_characters(text: str) -> str:
    return re.sub(_NOT_XML, "\ufffd", text)


def _xml(text: str) -> str:
    written = re.sub(_ORDER, "&#35;", text).replace("\x7f", "&#127;")
    return written.encode("ascii", "xmlcharrefreplace").decode("ascii")


def needs_no_escape(text: str) -> bool:
    """Whether a text of several lines maybe can be printed as it is."""
    return not (re.search(_CONTROL, text) or re.search(_ORDER, text) or re.search(_LEADING_ORDER, text))


def yaml_document(text: str) -> str:
    """YAML in whose scalars and comments nothing is obeyed.

    A scalar that does not go without escapes must stand in double quotes: then it means the same.
    """
    return re.sub(_ORDER, r"\\x23", re.sub(_CONTROL, lambda found: _spelt_out(found[0]), text))


def patch_path(path: str) -> str:
    """A path in the head of a patch: in git's quotes where it has to be (git-config, core.quotePath)."""
    if needs_no_escape(path) and not set(path) & set('"\\\t\n'):
        return path
    octal = (chr(byte) if chr(byte) in _QUOTED else f"\\{byte:03o}" for byte in _path_bytes(path))
    return f'"{"".join(octal)}"'


def uri_path(path: str) -> str:
    """A path in a URI."""
    from urllib.parse import quote

    return quote(_path_bytes(path))


def _path_bytes(path: str) -> bytes:
    """A path as the file system has it; one that it cannot have as well as may be."""
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return path.encode("utf-8", "replace")


# GitHub's workflow commands


def workflow_data(text: str) -> str:
    """The message of a workflow command, of several lines maybe."""
    return _percent(terminal_lines(text))


def workflow_property(text: str) -> str:
    """A property of a workflow command."""
    return _percent(terminal(text)).replace(":", "%3A").replace(",", "%2C")


def _percent(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

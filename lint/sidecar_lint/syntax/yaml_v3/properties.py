"""Anchors, aliases, tags, and the directives before a document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.syntax.yaml_v3.cursor import BLANK, SPACE, TextCursor, TextMark
from sidecar_lint.syntax.yaml_v3.tokens import AliasToken, AnchorToken, DirectiveToken, TagToken

if TYPE_CHECKING:
    from collections.abc import Callable

_NAME: Final = re.compile("[0-9A-Za-z_-]*")
#: What may follow an anchor or an alias; `:` is no part of one.
_AFTER_NAME: Final = SPACE + "?:,]}%@`"
_HANDLE: Final = re.compile("![0-9A-Za-z_-]*!?")
#: libyaml ends a tag at `,`, `[` and `]`. Here they belong to it, in flow collections, too.
_ADDRESS: Final = re.compile(r"[0-9A-Za-z_\-;/?:@&=+$,.!~*'()\[\]]*")
_OCTET: Final = re.compile("%[0-9A-Fa-f]{2}")
_VERSION: Final = re.compile(r"([0-9]*+)(\.?)([0-9]*+)")
_LONGEST_VERSION: Final = 2
_TAG: Final = "while parsing a tag"
_TAG_DIRECTIVE: Final = "while parsing a %TAG directive"
_DIRECTIVE: Final = "while scanning a directive"
_VERSION_DIRECTIVE: Final = "while scanning a %YAML directive"


def anchor(cursor: TextCursor) -> AnchorToken | AliasToken:
    """`&name`, or `*name`."""
    start, indicator = cursor.mark, cursor.peek()
    cursor.index += 1
    name = cursor.take(_NAME)
    if not name or cursor.peek() not in _AFTER_NAME:
        what = "an anchor" if indicator == "&" else "an alias"
        problem = "did not find expected alphabetic or numeric character"
        cursor.refuse(problem, f"while scanning {what}", start)
    kind = AnchorToken if indicator == "&" else AliasToken
    return kind(name, start, cursor.mark)


def tag(cursor: TextCursor) -> TagToken:
    """`!suffix`, `!handle!suffix`, `!<verbatim>` or `!` alone; its value is handle (None for none) and suffix."""
    start = cursor.mark
    value = _verbatim(cursor, start) if cursor.peek(1) == "<" else _shorthand(cursor, start)
    if cursor.peek() not in SPACE:
        cursor.refuse("did not find expected whitespace or line break", "while scanning a tag", start)
    return TagToken(value, start, cursor.mark)


def _verbatim(cursor: TextCursor, start: TextMark) -> tuple[str | None, str]:
    cursor.index += 2
    address = _address(cursor, start, _TAG)
    if cursor.peek() != ">":
        cursor.refuse("did not find the expected '>'", "while scanning a tag", start)
    cursor.index += 1
    return None, address


def _shorthand(cursor: TextCursor, start: TextMark) -> tuple[str | None, str]:
    handle = cursor.take(_HANDLE)
    if len(handle) > 1 and handle.endswith("!"):
        return handle, _address(cursor, start, _TAG)
    suffix = _address(cursor, start, _TAG, handle[1:], required=False)
    return ("!", suffix) if suffix else (None, "!")


def _address(
    cursor: TextCursor, start: TextMark, context: str, head: str = "", *, required: bool = True
) -> str:
    """The rest of a tag, or the prefix of a %TAG directive, with its escapes resolved."""
    address = head
    while (part := cursor.take(_ADDRESS)) or cursor.peek() == "%":
        address += part or _octets(cursor, start, context)
        required = False
    if required:
        cursor.refuse("did not find expected tag URI", context, start)
    return address


def _octets(cursor: TextCursor, start: TextMark, context: str) -> str:
    """One character, escaped as the octets of its UTF-8."""
    octets = bytearray()
    width = 1
    while len(octets) < width:
        written = cursor.take(_OCTET)
        if not written:
            cursor.refuse("did not find URI escaped octet", context, start)
        octet = int(written[1:], 16)
        if octets and octet & 0xC0 != 0x80:  # noqa: PLR2004  what follows the first begins with the bits 10
            cursor.refuse("found an incorrect trailing UTF-8 octet", context, start)
        width = width if octets else _width(octet)
        if not width:
            cursor.refuse("found an incorrect leading UTF-8 octet", context, start)
        octets.append(octet)
    return octets.decode("utf-8", "replace")


def _width(octet: int) -> int:
    """How many octets a character has whose first this is; 0 for none."""
    for width, mask, bits in ((1, 0x80, 0), (2, 0xE0, 0xC0), (3, 0xF0, 0xE0), (4, 0xF8, 0xF0)):
        if octet & mask == bits:
            return width
    return 0


def directive(cursor: TextCursor) -> DirectiveToken:
    """`%YAML 1.1` or `%TAG ! prefix`, to the end of its line."""
    start = cursor.mark
    cursor.index += 1
    name = cursor.take(_NAME)
    if not name:
        cursor.refuse("could not find expected directive name", _DIRECTIVE, start)
    if cursor.peek() not in SPACE:
        cursor.refuse("found unexpected non-alphabetical character", _DIRECTIVE, start)
    if name not in _DIRECTIVES:
        cursor.refuse("found unknown directive name", _DIRECTIVE, start)
    cursor.take(BLANK)
    token = DirectiveToken(name, _DIRECTIVES[name](cursor, start), start, cursor.mark)
    cursor.take(BLANK)
    if cursor.peek() == "#":
        cursor.take(cursor.patterns.rest_of_line)
    if not cursor.at_end_of_line:
        cursor.refuse("did not find expected comment or line break", _DIRECTIVE, start)
    cursor.take_lines(cursor.patterns.line_break)
    return token


def _version(cursor: TextCursor, start: TextMark) -> tuple[int, int]:
    found = _VERSION.match(cursor.text, cursor.index)
    major, dot, minor = found.groups() if found else ("", "", "")
    if max(len(major), len(minor)) > _LONGEST_VERSION:
        cursor.refuse("found extremely long version number", _VERSION_DIRECTIVE, start)
    if not major or (dot and not minor):
        cursor.refuse("did not find expected version number", _VERSION_DIRECTIVE, start)
    if not dot:
        cursor.refuse("did not find expected digit or '.' character", _VERSION_DIRECTIVE, start)
    cursor.take(_VERSION)
    return int(major), int(minor)


def _handle_and_prefix(cursor: TextCursor, start: TextMark) -> tuple[str, str]:
    handle = cursor.take(_HANDLE)
    if not handle or (handle != "!" and not handle.endswith("!")):
        cursor.refuse("did not find expected '!'", _TAG_DIRECTIVE, start)
    if not cursor.take(BLANK):
        cursor.refuse("did not find expected whitespace", "while scanning a %TAG directive", start)
    prefix = _address(cursor, start, _TAG_DIRECTIVE)
    if cursor.peek() not in SPACE:
        cursor.refuse(
            "did not find expected whitespace or line break", "while scanning a %TAG directive", start
        )
    return handle, prefix


_Value = tuple[int, int] | tuple[str, str]
_DIRECTIVES: Final[dict[str, Callable[[TextCursor, TextMark], _Value]]] = {
    "YAML": _version,
    "TAG": _handle_and_prefix,
}

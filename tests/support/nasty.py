"""Texts that want to be more than text, and what no output may hold because of them.

The orders are harmless: each would print a notice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Orders to services that read a log, at a beginning, after blanks of any kind, or anywhere.
ORDERS: Final = (
    "::notice::marker",
    "##[notice]marker",
    "##vso[notice]",
    "##teamcity[notice]",
    "###[a]",
    "::",
)
BREAKS: Final = ("\n", "\r", "\r\n", "\x85", "\u2028", "\u2029", "\x0b", "\x0c")
CONTROLS: Final = ("\x1b[31m", "\x9b31m", "\x07", "\x00", "\x7f", "\u202e", "\u2066", "\u200f", "\ud800")
BLANKS: Final = (" ", "\t", "\u00a0", "\u3000", "\u200b", "\ufeff")
MARKUP: Final = (
    "![a](https://host.invalid/a.png)",
    "[a](1)",
    "[a](https://host.invalid)",
    "<img src=https://host.invalid/a.png>",
    "https://host.invalid",
    "www.host.invalid",
    "@somebody",
    "#12",
    ":100:",
    "`",
    "|",
    "\\",
    "*a*",
    "~~a~~",
    "&lt;",
    "]]>",
    "<!--",
    "&#10;",
    '"',
    "'",
    "%0A",
    "%25",
    "a,b:c=d",
    "${1:x}",
    "#",
    "[",
    ":",
)
PIECES: Final = (*ORDERS, *BREAKS, *CONTROLS, *BLANKS, *MARKUP, "é", "日", "x")

nasty = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=6).map("".join)

_CONTROL: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def log_lines(output: str) -> list[str]:
    """The lines of an output as a runner reads them."""
    return re.split("\r\n|\r|\n", output)


def obeyed(output: str, own: Iterable[str] = ()) -> Iterator[str]:
    """The lines that a terminal or a service would obey, except those that begin as `own`."""
    for line in log_lines(output):
        begins = line.lstrip("".join(BLANKS))
        ordered = begins.startswith("::") and not line.startswith(tuple(own))
        if ordered or re.search(r"(?i)##[a-z]*\[", line) or _CONTROL.search(line.replace("\t", "")):
            yield line

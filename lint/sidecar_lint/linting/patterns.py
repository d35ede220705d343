"""Patterns for paths, as `.gitignore` has them: `*`, `?`, `[…]` within a name, `**` for any folders."""

from __future__ import annotations

import re
from functools import cache


def matches(pattern: str, path: str) -> bool:
    """Whether a path, relative and with `/`, is what a pattern means, or lies in a folder that is.

    A pattern without a `/` (but at its end) means a name in any folder.
    """
    return _compiled(pattern).fullmatch(path) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    plain = pattern.removeprefix("./").rstrip("/")
    anywhere = "" if "/" in plain else "(?:.*/)?"
    body = "/".join(_part(part) for part in plain.lstrip("/").split("/"))
    body = body.replace("(?:.*)/", "(?:.*/)?")
    try:
        return re.compile(f"{anywhere}{body}(?:/.*)?", re.DOTALL)
    except re.error:  # a range that runs backwards, such as [z-a]
        return re.compile(re.escape(plain))


def _part(part: str) -> str:
    if part == "**":
        return "(?:.*)"
    found = re.findall(r"\[!?\]?[^\]]*\]|.", part, re.DOTALL)
    return "".join(_piece(piece) for piece in found)


def _piece(piece: str) -> str:
    if piece == "*":
        return "[^/]*"
    if piece == "?":
        return "[^/]"
    if len(piece) > 1:
        inside = piece[1:-1].replace("\\", "\\\\").replace("[", "\\[")
        return f"[^{inside[1:]}]" if inside.startswith("!") else f"[{inside}]"
    return re.escape(piece)

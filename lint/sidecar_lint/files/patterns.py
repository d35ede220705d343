"""Patterns for paths, as `.gitignore` has them: `*`, `?`, `[…]` within a name, `**` for any folders.

Patterns and paths are foreign text: a pattern becomes a regular expression that looks for what stands
between two stars once, from left to right, and never again (`(?>…)`). The first place where it stands
is as good as any other, so nothing is missed, and time is linear in the length of the path. Where each
star is a plain `[^/]*`, as in libraries, five of them take minutes for a name of 200 characters.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

#: In characters. No system opens a longer path, and no longer pattern means one.
LONGEST: Final = 4096
_ANY_FOLDERS: Final = "**"
#: Stars, a character, a set of them, any character.
_PIECE: Final = re.compile(r"(\*+)|\\(.)|\[([!^]?)(\]?(?:\\.|[^\]\\])*+)(\]?)|(.)", re.DOTALL)
_RANGE: Final = re.compile(r"\\?(.)(?:-\\?(.))?", re.DOTALL)
_NEVER: Final = "(?!)"


def matches(pattern: str, path: str) -> bool:
    """Whether a path, relative and with `/`, is what a pattern means, or lies in a folder that is.

    A pattern without a `/` (but at its end) means a name in any folder.
    """
    return _inside(pattern).fullmatch(path) is not None


def fault(pattern: str) -> str:
    """Why a pattern means no path; nothing where it may mean some."""
    plain = pattern.removesuffix("/")
    pieces = [piece for name in plain.split("/") for piece in _PIECE.finditer(name)]
    if any(piece[0].startswith("[") and not piece[5] for piece in pieces):
        return "a `]` is missing"
    if any("[:" in piece[4] for piece in pieces if piece[4]):
        return "a class such as `[:alpha:]` is not supported"
    return "nothing stands behind a backslash" if any(piece[6] == "\\" for piece in pieces) else ""


@lru_cache(1024)
def _inside(pattern: str) -> re.Pattern[str]:
    return re.compile(f"{expression(pattern.removeprefix('.'))}(?:/.*)?", re.DOTALL)


def expression(pattern: str) -> str:
    """The regular expression that fits the whole of each path that a pattern means.

    One that git refuses (`[` without `]`, a backslash at the end) and one with `[[:alpha:]]` mean none.
    """
    plain = pattern.removesuffix("/")
    if not plain or len(plain) > LONGEST:
        return _NEVER
    names = plain.removeprefix("/").split("/")
    first, *others = _parts(names if "/" in plain else [_ANY_FOLDERS, *names])
    if not others:
        return "/".join(map(_name, first))
    *middle, last = others
    return _folders(first) + "".join(f"(?>(?:[^/]+/)*?{_folders(part)})" for part in middle) + _end(last)


def _parts(names: Sequence[str]) -> list[list[str]]:
    """What stands before, between and after the `**` of a pattern; several of them together are one."""
    parts: list[list[str]] = [[]]
    for name in names:
        if name.strip("*") or len(name) < len(_ANY_FOLDERS):
            parts[-1].append(name)
        elif parts[-1] or len(parts) == 1:
            parts.append([])
    return parts


def _folders(names: Sequence[str]) -> str:
    return "".join(f"{_name(name)}/" for name in names)


def _end(names: Sequence[str]) -> str:
    return f"(?:[^/]+/)*?{'/'.join(map(_name, names))}" if names else ".+"


def _name(name: str) -> str:
    """The expression for a name, or a part of one, without `/`."""
    first, *others = _between_stars(name)
    if not others:
        return first
    *middle, last = others
    return first + "".join(f"(?>[^/]*?{part})" for part in middle) + f"[^/]*{last}"


def _between_stars(name: str) -> list[str]:
    parts = [""]
    for stars, escaped, negated, inside, closing, plain in _PIECE.findall(name):
        if stars:
            parts.append("")
        elif closing:
            parts[-1] += _set(inside, negated=bool(negated))
        else:
            parts[-1] += _character(escaped, plain)
    return parts


def _character(escaped: str, plain: str) -> str:
    if not escaped and plain in ("", "\\"):  # a set without an end, and a backslash at it
        return _NEVER
    return "[^/]" if plain == "?" else re.escape(escaped or plain)


def _set(inside: str, *, negated: bool) -> str:
    """One character of a set; `/` is in none."""
    if "[:" in inside:
        return _NEVER
    ranges = (
        # One that runs backwards has its first character.
        re.escape(first) + (f"-{re.escape(last)}" if first <= last else "")
        for first, last in _RANGE.findall(inside)
    )
    body = "".join(ranges)
    return f"[^/{body}]" if negated else f"(?!/)[{body}]"

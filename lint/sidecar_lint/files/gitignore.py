"""What git leaves out of commits. Its files are read; git is not asked, as a repository can configure it.

Source: gitignore(5), and dir.c of git for what that leaves open. What lies outside of the project (the
user's own ignore file, the repository of a worktree) is not looked at.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sidecar_lint.files.paths import path_parts
from sidecar_lint.files.patterns import LONGEST, expression
from sidecar_lint.files.project_root import project_root
from sidecar_lint.files.reading import Unread, read_bytes
from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidecar_lint.files.store import FileStore

#: Of an ignore file no more is read (code points), and no deeper path is asked about (folders).
_LARGEST: Final = 1 << 16
_DEEPEST: Final = 64
_IGNORE_FILE: Final = ".gitignore"
_GIT: Final = ".git"
_EXCLUDE: Final = (_GIT, "info", "exclude")
_INDEX: Final = (_GIT, "index")
_LARGEST_INDEX: Final = 1 << 26
#: Since version 4, names in the index are shortened.
_WHOLE_NAMES: Final = (2, 3)


class _Line(NamedTuple):
    """A line of an ignore file: the paths that it means, from the folder of the file."""

    expression: re.Pattern[str]
    negated: bool
    only_folders: bool

    def means(self, path: str, *, folder: bool) -> bool:
        return (folder or not self.only_folders) and self.expression.fullmatch(path) is not None


def is_ignored(files: FileStore, path: str) -> bool | None:
    """Whether git leaves a file of a project out of commits, there or not; None where that cannot be told.

    A file that is committed all the same is not ignored.
    """
    key = os.path.abspath(path)
    if key not in files.ignored:
        files.ignored[key] = _is_ignored(files, project_root(path, files.has_folder), key)
    return files.ignored[key]


def _is_ignored(files: FileStore, root: str, path: str) -> bool | None:
    names = path_parts(os.path.relpath(os.path.abspath(path), root))
    if len(path) > LONGEST or len(names) > _DEEPEST:
        return None
    if not _is_left_out(files, root, names):
        return False
    committed = _is_committed(root, "/".join(names))
    return None if committed is None else not committed


def _is_left_out(files: FileStore, root: str, names: Sequence[str]) -> bool:
    """Whether a line speaks of a file or of a folder around it; below such a folder no other line counts."""
    known = [(0, _lines(files, root, _EXCLUDE))]
    for depth in range(len(names)):
        known.append((depth, _lines(files, root, (*names[:depth], _IGNORE_FILE))))
        if _is_matched(known, names[: depth + 1], folder=depth + 1 < len(names)):
            return True
    return False


def _is_matched(known: Sequence[tuple[int, Sequence[_Line]]], names: Sequence[str], *, folder: bool) -> bool:
    """What the last line of the innermost file says that speaks of a path."""
    for depth, lines in reversed(known):
        path = "/".join(names[depth:])
        line = next((each for each in reversed(lines) if each.means(path, folder=folder)), None)
        if line:
            return not line.negated
    return False


def _lines(files: FileStore, root: str, names: Sequence[str]) -> tuple[_Line, ...]:
    """What an ignore file says; one that a link leads to says nothing."""
    if _leads_away(root, names):
        return ()
    source = files.look(os.path.join(root, *names), _within(root, names))
    return () if isinstance(source, Unread) else _read(source.text[:_LARGEST])


@lru_cache(64)
def _read(text: str) -> tuple[_Line, ...]:
    lines = (_without_blanks(line.removesuffix("\r")) for line in text.split("\n"))
    return tuple(_line(line) for line in lines if line and not line.startswith("#"))


def _line(text: str) -> _Line:
    negated = text.startswith("!")
    pattern = text[1:] if negated else text
    return _Line(re.compile(expression(pattern), re.DOTALL), negated, pattern.endswith("/"))


def _without_blanks(line: str) -> str:
    """A line without the spaces at its end, but for one that is escaped."""
    plain = line.rstrip(" ")
    slashes = len(plain) - len(plain.rstrip("\\"))
    return plain + " " if slashes % 2 and plain != line else plain


def _is_committed(root: str, name: str) -> bool | None:
    """Whether the index has a file; None where it cannot be read."""
    if os.path.isfile(os.path.join(root, _INDEX[0])):
        return None  # a worktree: its index is somewhere else
    if not os.path.lexists(os.path.join(root, *_INDEX)):
        return False
    data = _index(root)
    if data is None or int.from_bytes(data[4:8]) not in _WHOLE_NAMES:
        return None
    path = os.fsencode(name)
    # A name comes after its length, and before a zero.
    return bytes([len(path) & 0xFF]) + path + b"\0" in data


def _index(root: str) -> bytes | None:
    if _leads_away(root, _INDEX):
        return None
    data = read_bytes(os.path.join(root, *_INDEX), _within(root, _INDEX), _LARGEST_INDEX)
    return None if isinstance(data, Unread) else data


def _within(root: str, names: Sequence[str]) -> str:
    """Where to look for a file: what is git's own is found by whoever asks git's own folder for it."""
    return os.path.join(root, _GIT) if names[0] == _GIT else root


def _leads_away(root: str, names: Sequence[str]) -> bool:
    """Whether one of these, each in the one before, is a link."""
    return any(os.path.islink(os.path.join(root, *names[: end + 1])) for end in range(len(names)))

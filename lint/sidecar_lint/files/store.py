"""The texts of files, each read once. What an editor has not saved yet wins over what is on disk."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from errno import ENOENT
from functools import cache
from typing import TYPE_CHECKING, Final

from sidecar_lint.files.reading import (
    LARGEST,
    Reason,
    Unread,
    list_names,
    locate,
    locator,
    look_at,
    look_at_place,
    read_bytes,
)
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

#: What a file holds before it is saved: a text; nothing (None) where it is to be gone; why it cannot be read.
Unsaved = Mapping[str, str | Unread | None]


#: What git leaves out is written in files of these names.
IGNORE_FILES: Final = (".gitignore", "exclude")


class _Stamp(NamedTuple):
    """What tells two states of a file or folder apart without reading it."""

    modified: int
    size: int
    number: int


class TextChange(NamedTuple):
    """What a file was taken for before it changed: was its text known? Has it come, or gone?"""

    was_read: bool
    came_or_went: bool


class FileStore:
    """What is known of files, by their absolute paths.

    Every question says below which folder (`within`) a file has to lie to be looked at. Where they are `at_rest`,
    as for a run that ends, it is found out once where a path leads to, and nothing gets stale; what is opened is
    looked at anew.
    """

    def __init__(self, unsaved: Unsaved | None = None, *, at_rest: bool = False) -> None:
        self._unsaved = {os.path.abspath(path): text for path, text in (unsaved or {}).items()}
        self._answers: dict[str, Source | Unread] = {}
        self._names: dict[str, tuple[str, ...] | Unread] = {}
        self._at_rest = at_rest
        self._locate, self._look_at = _once_a_path() if at_rest else (locate, look_at)
        #: What a file or folder looked like when it was first asked for, where that is on disk and may change.
        self._stamps: dict[str, _Stamp | None] = {}
        #: How often each file was read from disk.
        self.reads: Counter[str] = Counter()
        #: Whether git leaves files out of commits, as far as somebody asked.
        self.ignored: dict[str, bool | None] = {}

    def look(self, path: str, within: str, largest: int = LARGEST) -> Source | Unread:
        """A file's text, or why it was not read."""
        place = self._locate(path, within)
        if isinstance(place, Unread):
            return place
        return self._answer(path, within, largest)

    def buffer(self, path: str) -> Source | None:
        """A file as an editor has it and did not save it yet; its user has opened it, wherever it lies."""
        text = self._unsaved.get(os.path.abspath(path))
        found = self._answer(path, os.path.dirname(path), LARGEST) if isinstance(text, str) else None
        return found if isinstance(found, Source) else None

    def unread(self, path: str, within: str) -> Unread | None:
        """Why a file would not be read, as far as that shows from outside; None where it would."""
        key = os.path.abspath(path)
        if key not in self._unsaved:
            if key not in self._stamps:
                self._watch(key)
            return self._look_at(path, within)
        place, text = self._locate(path, within), self._unsaved[key]
        if isinstance(place, Unread):
            return place
        return None if isinstance(text, str) else text or _gone()

    def listing(self, folder: str, within: str) -> tuple[str, ...] | Unread:
        """What a folder holds, sorted, unsaved files included; or why it cannot be read."""
        place = self._locate(folder, within)
        if isinstance(place, Unread):
            return place
        key = os.path.abspath(folder)
        if key not in self._names:
            self._watch(key)
            self._names[key] = self._list(key, within)
        return self._names[key]

    def is_folder(self, path: str, within: str) -> bool:
        """Whether there is a folder, if only of unsaved files."""
        place = self._locate(path, within)
        return not isinstance(place, Unread) and self.has_folder(path)

    def has_folder(self, path: str) -> bool:
        """The same wherever it lies: nothing more is asked of it."""
        below = os.path.abspath(path).rstrip(os.sep) + os.sep
        unsaved = (name.startswith(below) for name, text in self._unsaved.items() if text is not None)
        return os.path.isdir(path) or any(unsaved)

    def is_listed(self, folder: str) -> bool:
        """Whether a path is that of a folder whose names are known."""
        return os.path.abspath(folder) in self._names

    def put(self, path: str, text: str) -> TextChange | None:
        """From now on a file has this text, whatever is on disk; None where it had it before."""
        key = os.path.abspath(path)
        existed, known = self._exists(key), self._answers.get(key)
        self._unsaved[key] = text
        if existed and isinstance(known, Source) and known.text == text:
            return None
        return self._drop(key, existed=existed)

    def release(self, path: str) -> TextChange | None:
        """From now on a file is again what it is on disk; None where it was."""
        key = os.path.abspath(path)
        existed = self._exists(key)
        if self._unsaved.pop(key, None) is None:
            return None
        return self._drop(key, existed=existed)

    def forget(self, path: str) -> TextChange | None:
        """A file may be another on disk: what is known of it is dropped; None where that does not count."""
        key = os.path.abspath(path)
        return None if key in self._unsaved else self._drop(key, existed=self._known(key))

    def stale(self) -> list[str]:
        """The files and folders that are no longer as they were when somebody asked for them."""
        return [key for key, stamp in self._stamps.items() if stamp != _stamp(key)]

    def forget_names(self) -> None:
        """Something came or went: no folder is what it was."""
        self._names.clear()
        self.ignored.clear()

    def having(self, *sources: Source) -> FileStore:
        """The same files, some of them with other texts. What was read already is not read again."""
        changed = {os.path.abspath(source.path): source for source in sources}
        other = FileStore(self._unsaved)
        other._answers = {**self._answers, **changed}
        other._unsaved.update({key: source.text for key, source in changed.items()})
        other.reads = self.reads
        return other

    def _answer(self, path: str, within: str, largest: int) -> Source | Unread:
        key = os.path.abspath(path)
        if key not in self._answers:
            self._answers[key] = self._read(key, path, within, largest)
        return self._answers[key]

    def _read(self, key: str, path: str, within: str, largest: int) -> Source | Unread:
        if key in self._unsaved:
            text = self._unsaved[key]
            return Source(path, text) if isinstance(text, str) else text or _gone()
        self.reads[key] += 1
        self._watch(key)
        data = read_bytes(key, within, largest)
        return data if isinstance(data, Unread) else Source.from_bytes(path, data)

    def _watch(self, key: str) -> None:
        """Remember what a file or folder looks like now."""
        if not self._at_rest:
            self._stamps[key] = _stamp(key)

    def _list(self, key: str, within: str) -> tuple[str, ...] | Unread:
        below = key.rstrip(os.sep) + os.sep
        unsaved = {path[len(below) :]: text for path, text in self._unsaved.items() if path.startswith(below)}
        found = list_names(key, within)
        if isinstance(found, Unread) and not any(text is not None for text in unsaved.values()):
            return found
        there = {path.partition(os.sep)[0] for path, text in unsaved.items() if text is not None}
        gone = {path for path, text in unsaved.items() if text is None}
        on_disk = () if isinstance(found, Unread) else found
        return tuple(sorted(({*on_disk} - gone) | there))

    def _exists(self, key: str) -> bool:
        why = self.unread(key, os.path.dirname(key))
        return why is None or not why.is_missing

    def _known(self, key: str) -> bool | None:
        """Whether there was such a file when it was last asked for; None where nobody asked."""
        answer = self._answers.get(key)
        if answer is not None:
            return isinstance(answer, Source) or not answer.is_missing
        folder, name = os.path.split(key)
        names = self._names.get(folder)
        return name in names if isinstance(names, tuple) else None

    def _drop(self, key: str, *, existed: bool | None) -> TextChange:
        was_read = self._answers.pop(key, None) is not None
        self._stamps.pop(key, None)
        if os.path.basename(key) in IGNORE_FILES:
            self.ignored.clear()
        return TextChange(was_read, came_or_went=existed is None or existed != self._exists(key))


def _once_a_path() -> tuple[Callable[[str, str], str | Unread], Callable[[str, str], Unread | None]]:
    """`locate` and `look_at` for files that stay as they are: each is asked once about a path."""
    located = locator()
    return located, cache(lambda path, within: look_at_place(located(path, within), path))


def _gone() -> Unread:
    return Unread(Reason.MISSING, os.strerror(ENOENT), ENOENT)


def _stamp(key: str) -> _Stamp | None:
    """None for what is not there."""
    try:
        status = os.stat(key)
    except (OSError, ValueError):
        return None
    return _Stamp(status.st_mtime_ns, status.st_size, status.st_ino)

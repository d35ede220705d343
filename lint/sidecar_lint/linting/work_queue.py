"""The files of a run in the order in which they are linted."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class WorkQueue:
    """The files that are still to be linted, each once; what belongs to one comes right after it."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._waiting = list(paths)[::-1]
        self._seen: set[str] = set()

    def __len__(self) -> int:
        """How many files it has had so far, those to come included."""
        return len(self._seen) + len(self._waiting)

    def __iter__(self) -> Iterator[str]:
        while self._waiting:
            path = self._waiting.pop()
            key = os.path.abspath(path)
            if key not in self._seen:
                self._seen.add(key)
                yield path

    def add(self, paths: Iterable[str]) -> None:
        """Put files at the front."""
        self._waiting += list(paths)[::-1]

"""Files, each read once. What an editor has not saved yet wins over what is on disk."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, Final, NamedTuple

from sidecar_lint.configuration.locating import is_configuration, locate
from sidecar_lint.syntax.source import Source
from sidecar_lint.workspace.root import project_root
from sidecar_lint.workspace.workspace import Workspace, workspace_folder

if TYPE_CHECKING:
    from sidecar_lint.configuration.configuration import ConfigurationFile

#: Of the files around a manifest none that matters is a tenth as large, in bytes.
LARGEST: Final = 4 << 20
_IGNORE_FILES: Final = (".gitignore", "exclude")


class _Stamp(NamedTuple):
    """What tells two states of a file or folder apart without reading it."""

    modified: int
    size: int
    number: int


def _stamp(key: str) -> _Stamp | None:
    """None for what is not there."""
    try:
        status = os.stat(key)
    except (OSError, ValueError):
        return None
    return _Stamp(status.st_mtime_ns, status.st_size, status.st_ino)


class Files:
    """The files of one run. Paths are taken in any spelling, and kept in the user's.

    `unsaved` has texts that win over what is on disk, or stand for files that are not there; None
    hides a file. The configuration of a file is the nearest going upwards: `configured_by` is one
    that counts for all of them instead, and where they are `isolated`, none counts.
    """

    def __init__(
        self,
        unsaved: Mapping[str, str | None] | None = None,
        *,
        configured_by: str | None = None,
        isolated: bool = False,
    ) -> None:
        self._unsaved = {os.path.abspath(path): text for path, text in (unsaved or {}).items()}
        self._sources: dict[str, Source | OSError] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._workspaces: dict[str, Workspace] = {}
        self._ignored: dict[str, bool | None] = {}
        self._around: dict[str, Workspace | None] = {}
        self._roots: dict[str, str] = {}
        #: What a file or folder looked like when it was read, where that is on disk.
        self._stamps: dict[str, _Stamp | None] = {}
        self._configured_by = configured_by
        self._isolated = isolated
        self._trusted = True
        self._configurations: dict[str, ConfigurationFile | None] = {}
        #: How often each file was read from disk.
        self.reads: Counter[str] = Counter()

    def read(self, path: str) -> Source:
        """A file that the user named. Raises OSError or ValueError where it cannot be read."""
        key = os.path.abspath(path)
        if key not in self._sources:
            try:
                self._sources[key] = self._read(key, path)
            except OSError as error:
                self._sources[key] = error
        found = self._sources[key]
        if isinstance(found, OSError):
            raise found
        return found

    def source(self, path: str) -> Source | None:
        """A file that may be there; None where it is not, is no plain file, or is too large."""
        if not self.is_file(path):
            return None
        try:
            return self.read(path)
        except (OSError, ValueError):
            return None

    def is_file(self, path: str) -> bool:
        """Whether there is a plain file that is not too large to be looked at."""
        key = os.path.abspath(path)
        if key in self._unsaved:
            return self._unsaved[key] is not None
        try:
            status = os.stat(key)
        except (OSError, ValueError):
            return False
        return S_ISREG(status.st_mode) and status.st_size <= LARGEST

    def is_folder(self, path: str) -> bool:
        """Whether there is a folder, if only of unsaved files."""
        below = os.path.abspath(path).rstrip(os.sep) + os.sep
        return os.path.isdir(path) or any(
            text is not None and name.startswith(below) for name, text in self._unsaved.items()
        )

    def names(self, folder: str) -> tuple[str, ...]:
        """What a folder holds, sorted, unsaved files included; nothing where it cannot be read."""
        key = os.path.abspath(folder)
        if key not in self._names:
            self._stamps[key] = _stamp(key)
            self._names[key] = tuple(sorted(self._listed(key)))
        return self._names[key]

    def is_ignored(self, path: str) -> bool | None:
        """Whether git leaves a file out of commits, there or not; None where that cannot be told."""
        from sidecar_lint.workspace.gitignore import is_ignored

        key = os.path.abspath(path)
        if key not in self._ignored:
            self._ignored[key] = is_ignored(self, key)
        return self._ignored[key]

    def workspace(self, path: str) -> Workspace | None:
        """The workspace that a file lies in or beside; None where there is no `copilot/` folder."""
        start = os.path.dirname(os.path.abspath(path))
        if start not in self._around:
            self._around[start] = self._workspace(path)
        return self._around[start]

    def root(self, path: str) -> str:
        """The root of the project that a file belongs to, as an absolute path: where looking around ends."""
        start = os.path.dirname(os.path.abspath(path))
        if start not in self._roots:
            self._roots[start] = project_root(path)
        return self._roots[start]

    def put(self, path: str, text: str) -> bool:
        """From now on a file has this text, whatever is on disk; False where it had it before."""
        key = os.path.abspath(path)
        existed, known = self.is_file(key), self._sources.get(key)
        self._unsaved[key] = text
        if existed and isinstance(known, Source) and known.text == text:
            return False
        self._drop(key, existed=existed)
        return True

    def release(self, path: str) -> None:
        """From now on a file is again what it is on disk."""
        key = os.path.abspath(path)
        existed = self.is_file(key)
        if self._unsaved.pop(key, None) is not None:
            self._drop(key, existed=existed)

    def forget(self, path: str) -> None:
        """A file may be another on disk: what is known of it is dropped, and nothing else."""
        key = os.path.abspath(path)
        if key not in self._unsaved:
            self._drop(key, existed=self._known(key))

    def refresh(self) -> list[str]:
        """Forget what is no longer as it was on disk; the files and folders that this holds for."""
        changed = [key for key, stamp in self._stamps.items() if stamp != _stamp(key)]
        for key in changed:
            if key in self._names:
                self._forget_places()
            self.forget(key)
        return changed

    def configuration(self, path: str) -> ConfigurationFile | None:
        """What is configured for a file; None where nothing is.

        Raises OSError or ValueError where the one that was named for all cannot be read.
        """
        start = os.path.dirname(os.path.abspath(path))
        if start not in self._configurations:
            found = None if self._isolated else self._configured_by or locate(self, path)
            self._configurations[start] = self._configuration(found) if found else None
        return self._configurations[start]

    @property
    def trusted(self) -> bool:
        """Whether rules that a configuration names may be loaded, which is to run its programs."""
        return self._trusted

    def trust(self, *, trusted: bool) -> None:
        """Say whether they may; what is configured is then looked at anew."""
        if trusted != self._trusted:
            self._trusted = trusted
            self._configurations.clear()

    def is_configuration(self, path: str) -> bool:
        """Whether a file is a configuration, by its name or because it was named as one."""
        named = self._configured_by
        return is_configuration(path) or (
            named is not None and os.path.abspath(named) == os.path.abspath(path)
        )

    def having(self, source: Source) -> Files:
        """The same files, one of them with another text. What was read already is not read again."""
        key = os.path.abspath(source.path)
        other = Files(self._unsaved, configured_by=self._configured_by, isolated=self._isolated)
        other._trusted = self._trusted
        other._configurations = {} if self.is_configuration(source.path) else self._configurations
        other._sources = {**self._sources, key: source}
        other._unsaved[key] = source.text
        other.reads = self.reads
        return other

    def _known(self, key: str) -> bool | None:
        """Whether there was such a file when it was last asked for; None where nobody asked."""
        if key in self._sources:
            return isinstance(self._sources[key], Source)
        folder, name = os.path.split(key)
        return name in self._names[folder] if folder in self._names else None

    def _drop(self, key: str, *, existed: bool | None) -> None:
        """Forget what is known of a file, and what was derived from it; keep what others are."""
        was_read = self._sources.pop(key, None) is not None
        self._stamps.pop(key, None)
        if is_configuration(key) or not key.endswith((".yml", ".yaml")):  # a baseline, a rule
            self._configurations.clear()
        if os.path.basename(key) in _IGNORE_FILES:
            self._ignored.clear()
        if existed is None or existed != self.is_file(key):
            self._forget_places()
        elif was_read:
            self._renew(key)

    def _renew(self, key: str) -> None:
        """A file that was read has another text."""
        renewed = {id(each): each.renewed(key) for each in self._workspaces.values()}
        self._workspaces = {folder: renewed[id(each)] for folder, each in self._workspaces.items()}
        self._around = {start: each and renewed[id(each)] for start, each in self._around.items()}

    def _forget_places(self) -> None:
        """Something came or went: no folder is what it was."""
        places = (self._names, self._workspaces, self._around, self._roots)
        for cache in (*places, self._ignored, self._configurations):
            cache.clear()

    def _workspace(self, path: str) -> Workspace | None:
        folder = workspace_folder(self, path)
        if folder is None:
            return None
        key = os.path.abspath(folder)
        if key not in self._workspaces:
            self._workspaces[key] = Workspace(self, folder)
        return self._workspaces[key]

    def _configuration(self, path: str) -> ConfigurationFile:
        from sidecar_lint.configuration.configuration import ConfigurationFile

        known = {os.path.abspath(each.path): each for each in self._configurations.values() if each}
        return known.get(os.path.abspath(path)) or ConfigurationFile(self.read(path), self)

    def _read(self, key: str, path: str) -> Source:
        if key in self._unsaved:
            text = self._unsaved[key]
            if text is None:
                raise FileNotFoundError(2, os.strerror(2), path)
            return Source(path, text)
        self.reads[key] += 1
        self._stamps[key] = _stamp(key)
        return Source.from_bytes(path, Path(path).read_bytes())

    def _listed(self, key: str) -> set[str]:
        try:
            found = set(os.listdir(key))
        except (OSError, ValueError):
            found = set()
        below = key.rstrip(os.sep) + os.sep
        for path, text in self._unsaved.items():
            if path.startswith(below):
                name, rest = path[len(below) :].partition(os.sep)[::2]
                if text is not None or rest:
                    found.add(name)
                else:
                    found.discard(name)
        return found

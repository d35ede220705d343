"""From what the user names to the manifest files to lint.

A file is taken as it is. Below a folder, a `manifest.yml` is one of Copilot's by its place
(`copilot/<workload>/`, `copilot/environments/<environment>/`, `copilot/pipelines/<pipeline>/`), by its
`type` or a pipeline's source, or because the folders beside its own hold Copilot's. Anything that is only
likely is left alone: many programs read a file of that name.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.files.paths import path_parts
from sidecar_lint.files.project_root import COPILOT, project_root
from sidecar_lint.files.reading import Unread, look_at, read_bytes
from sidecar_lint.linting.report import PathProblem
from sidecar_lint.manifests.schemas import ENVIRONMENT, FILES
from sidecar_lint.syntax.nearest import closest, words
from sidecar_lint.syntax.source import Source
from sidecar_lint.workspace.addons import FOLDER as ADDONS
from sidecar_lint.workspace.places import kind_of
from sidecar_lint.workspace.workspace import ENVIRONMENTS, MANIFEST, OLD_PIPELINE, PIPELINES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STDIN: Final = "-"
#: Copilot does not read it, whoever wrote it thinks so.
OTHER_NAME: Final = "manifest.yaml"
_NAMES: Final = (MANIFEST, OTHER_NAME)
_SKIPPED: Final = frozenset(("node_modules", "venv", "__pycache__", "site-packages", "cdk.out"))
_SNIFFED_BYTES: Final = 1 << 20
#: Where there is no `copilot/` above, it is looked for so many levels below, in so many folders at most, and so
#: many are named.
_DEPTH: Final = 4
_LOOKED_AT: Final = 5000
_NAMED: Final = 5

_TYPE = r"""(?:^|[\r\n]|\A\s*\{(?:[\s\S]*?[,\s])??)["']?type["']?\s*:[ \t]*([^\r\n,}#]*)"""
#: Top-level keys of Kubernetes, Backstage, Cloud Foundry and web manifests.
_FOREIGN = r"""(?:^|[\r\n]|\A\s*\{[^}]*?[{,\s])["']?(?:apiVersion|kind|applications|manifest_version|start_url)["']?\s*:"""
#: What the manifest of a pipeline has: stages, and a source with one of these providers.
_STAGES = r"""(?:^|[\r\n])["']?stages["']?\s*:"""
_PROVIDER = r"""["']?provider["']?\s*:\s*["']?(?:GitHub|GitHubV1|Bitbucket|CodeCommit)\b"""
_CLOSE_IN_LENGTH: Final = 0.75


class Found:
    """What there is to lint, and what went wrong."""

    def __init__(self) -> None:
        self.files: list[str] = []
        self.problems: list[PathProblem] = []


def discover(paths: Iterable[str]) -> Found:
    """The manifests that the user means, each once, sorted; standard input (`-`) comes last.

    With no path at all, those of the workspace around the current folder.
    """
    found = Found()
    named = list(paths)
    for path in named:
        if path == STDIN or not os.path.isdir(path):
            found.files.append(path)
        else:
            _take_folder(path, found)
    if not named:
        _take_workspace(found)
    found.files = sorted(set(found.files), key=lambda path: (path == STDIN, path))
    return found


def is_environment_addon(path: str) -> bool:
    """Whether a path is that of an addon of environments, whatever its name."""
    return path_parts(os.path.abspath(path))[-4:-1] == (COPILOT, ENVIRONMENTS, ADDONS)


def is_manifest(path: str, text: str) -> bool:
    """Whether a file is one of Copilot's manifests by its place, or by its name and its `type`."""
    if kind_of(path) is not None:
        return True
    named = os.path.basename(path) in _NAMES and not is_environment_addon(path)
    return named and not re.search(_FOREIGN, text) and _says_so(text)


def _take_folder(path: str, found: Found) -> None:
    before = len(found.files), len(found.problems)
    found.files += _manifests(path, found.problems)
    if (len(found.files), len(found.problems)) == before:
        found.problems.append(PathProblem(path, "no Copilot manifest found in this folder"))


def _take_workspace(found: Found) -> None:
    here = os.getcwd()
    folder = here
    while not os.path.isdir(os.path.join(folder, COPILOT)):
        if folder == os.path.dirname(folder):
            found.problems.append(PathProblem(None, _nothing_here(sorted(_below(here)))))
            return
        folder = os.path.dirname(folder)
    _take_folder(os.path.relpath(os.path.join(folder, COPILOT)), found)


def _nothing_here(below: list[str]) -> str:
    """Why there is nothing to lint, and what to name instead."""
    if not below:
        return f"no {COPILOT}/ folder here or above: name a manifest or a folder"
    more = f" and {len(below) - _NAMED} more" if len(below) > _NAMED else ""
    shown = ", ".join(below[:_NAMED])
    return f"no {COPILOT}/ folder here or above, but below: {shown}{more}; name those to lint, or `.` for all"


def _below(here: str) -> Iterator[str]:
    """The `copilot/` folders below the current folder, the nearest first; what is deeper is not looked for."""
    level = [here]
    looked_at = 0
    for _ in range(_DEPTH):
        deeper: list[str] = []
        for folder in level[: _LOOKED_AT - looked_at]:
            looked_at += 1
            names = _folders(folder)
            if COPILOT in names:
                yield os.path.relpath(os.path.join(folder, COPILOT))
            deeper += (os.path.join(folder, name) for name in names if name != COPILOT)
        level = deeper


def _folders(folder: str) -> list[str]:
    """The names of the folders in one that may hold projects, sorted; none where it cannot be read."""
    try:
        names = [each.name for each in os.scandir(folder) if each.is_dir(follow_symlinks=False)]
    except OSError:
        return []
    return sorted(name for name in names if name[0] != "." and name not in _SKIPPED)


def _manifests(folder: str, problems: list[PathProblem]) -> Iterator[str]:
    """The manifests below a folder: those surely Copilot's, and what lies among them."""
    doubtful: list[str] = []
    homes: set[str] = set()
    for path in _candidates(folder, problems):
        if kind_of(path) is not None:
            yield path
            continue
        text = _sniff(path)
        if text is None or is_environment_addon(path) or re.search(_FOREIGN, text):
            continue
        if _says_so(text):
            homes.add(_home(path))
            yield path
        elif path.endswith(_NAMES[0]):
            doubtful.append(path)
    yield from (path for path in doubtful if _home(path) in homes)


def _candidates(folder: str, problems: list[PathProblem]) -> Iterator[str]:
    def unreadable(error: OSError) -> None:
        problems.append(PathProblem(str(error.filename), f"cannot read the folder: {error.strerror}"))

    for parent, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if name[0] != "." and name not in _SKIPPED)
        # A folder of that name is no manifest, which is said of it where it lies in the place of one.
        for name in _NAMES:
            if name in files or name in folders:
                yield os.path.normpath(os.path.join(parent, name))
        if OLD_PIPELINE in files and os.path.basename(os.path.abspath(parent)) == COPILOT:
            yield os.path.normpath(os.path.join(parent, OLD_PIPELINE))
        if os.path.basename(os.path.abspath(parent)) in (COPILOT, ENVIRONMENTS, PIPELINES):
            yield from _linked(parent, folders)


def _linked(parent: str, folders: Iterable[str]) -> Iterator[str]:
    """The manifests in folders that are links, into which the walk does not go."""
    for name in folders:
        path = os.path.normpath(os.path.join(parent, name, MANIFEST))
        if os.path.islink(os.path.dirname(path)) and kind_of(path):
            why = look_at(path, project_root(path))
            if why is None or not why.is_missing:
                yield path


def _home(path: str) -> str:
    """The folder that plays the part of `copilot/`."""
    return os.path.dirname(os.path.dirname(os.path.abspath(path)))


def _sniff(path: str) -> str | None:
    data = read_bytes(path, project_root(path))
    return None if isinstance(data, Unread) else Source.from_bytes(path, data[:_SNIFFED_BYTES]).text


def _type(text: str) -> str:
    match = re.search(_TYPE, text)
    return match[1].strip(" \t\"'") if match else ""


def _says_so(text: str) -> bool:
    """Whether what is in a file is a manifest of Copilot's."""
    return _has_copilot_type(text) or bool(re.search(_STAGES, text) and re.search(_PROVIDER, text))


def _has_copilot_type(text: str) -> bool:
    kind = _type(text)
    if kind in FILES or words(kind) == words(ENVIRONMENT):
        return True
    near = closest(kind, FILES)
    # "service" or "worker" alone is anybody's word.
    return near is not None and len(words(kind)) >= _CLOSE_IN_LENGTH * len(words(near))


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

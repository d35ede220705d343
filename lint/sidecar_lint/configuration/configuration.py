"""One `.sidecar-lint.yml`: its settings, each with its place, and its mistakes.

What is mistaken is left out, and everything else counts.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from sidecar_lint.configuration.mistakes import Kind, Mistake, misfits, schema
from sidecar_lint.files.reading import LARGEST, LARGEST_BASELINE, Reason, Unread
from sidecar_lint.finding import Severity
from sidecar_lint.linting.baseline import Baseline, BaselineError
from sidecar_lint.linting.settings import FAIL_ON
from sidecar_lint.rulebook.dates import NEVER, ends, read_date
from sidecar_lint.rulebook.versions import LATEST, Version
from sidecar_lint.syntax.nearest import closest
from sidecar_lint.syntax.nodes import NOTHING, Mapping, Node, Scalar, Sequence, as_mapping
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.span import Span
from sidecar_lint.syntax.tree import read
from sidecar_lint.workspace.environment_names import meant_environment
from sidecar_lint.workspace.patterns import matches

if TYPE_CHECKING:
    from sidecar_lint.configuration.ruleset import Ruleset
    from sidecar_lint.workspace.files import Files

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_VERSION: Final = re.compile(r"1\.[0-9]{1,2}(?:\.[0-9]{1,2})?")


class Collector(NamedTuple):
    """A collector's configuration that the user names; `workload` is None where none is said to use it.

    `path` starts from the current folder, or is absolute.
    """

    path: str
    workload: str | None
    span: Span


class ConfigurationFile:
    """A configuration file. Paths in it start from its folder; `files` is where they are looked up.

    One that is there and could not be read (`unread`) has no settings.
    """

    def __init__(self, source: Source, files: Files | None = None, unread: Unread | None = None) -> None:
        self.source = source
        self.files = files
        self.unread = unread
        self.tree = read(source)

    @property
    def path(self) -> str:
        """The file."""
        return self.source.path

    @property
    def folder(self) -> str:
        """The folder that its paths start from."""
        return os.path.dirname(os.path.abspath(self.path))

    @cached_property
    def root(self) -> Mapping:
        """The settings; none where it is no map."""
        return as_mapping(self.tree.root)

    @cached_property
    def ruleset(self) -> Ruleset:
        """The rules that it may name: those installed and its own."""
        from sidecar_lint.configuration.ruleset import Ruleset
        from sidecar_lint.rulebook.registry import load_rules

        return Ruleset(self, load_rules())

    @cached_property
    def mistakes(self) -> tuple[Mistake, ...]:
        """What is wrong with it."""
        found = (*self._unreadable(), *self._misfits(), *self.ruleset.mistakes, *self._unusable())
        more = (*self._misspelt(), *self._unknown_ends(), *self._meaningless())
        return tuple(sorted((*found, *more), key=lambda each: each.span))

    @property
    def is_mistaken(self) -> bool:
        """Whether it says something wrong: that a file is not read, or a rule left out, is nothing of the kind."""
        return any(each.is_wrong for each in self.mistakes)

    @property
    def missing_rules(self) -> tuple[Mistake, ...]:
        """Why rules that it names, or may name, are not there."""
        kinds = (Kind.UNREADABLE, Kind.PLUGIN, Kind.LEFT_OUT)
        return tuple(each for each in self.mistakes if each.kind in kinds)

    def _unreadable(self) -> Iterator[Mistake]:
        root = self.tree.root
        if self.tree.problem:
            yield Mistake(
                Kind.UNREADABLE, self.tree.problem.span, f"it is no YAML: {self.tree.problem.problem}"
            )
        elif self.tree.too_deep:
            yield Mistake(Kind.UNREADABLE, self.tree.too_deep, "it is nested too deeply to be read")
        elif root is not None and not root.is_null and not isinstance(root, Mapping):
            yield Mistake(Kind.UNREADABLE, root.span, "it is no map of settings")

    def _misfits(self) -> Iterator[Mistake]:
        if self.root.entries:
            yield from misfits(self.root, schema())
            yield from _repeated(self.root)

    def _unusable(self) -> Iterator[Mistake]:
        """Files that it names and that are not there, are not read, or are of no use."""
        if self.baseline and isinstance(why := self._read_baseline, (str, Unread)):
            yield self.mistake(self.baseline.span, self.resolve(self.baseline), why)
        for collector in self.collectors:
            found = self.look(collector.path)
            if isinstance(found, Unread):
                yield self.mistake(collector.span, collector.path, found)

    def mistake(self, span: Span, path: str, why: Unread | str) -> Mistake:
        """What to say of a file that a setting names."""
        if isinstance(why, str):
            return Mistake(Kind.FILE, span, why)
        if why.is_missing:
            return Mistake(Kind.FILE, span, f"there is no file {path}")
        if why.is_skipped:
            return Mistake(Kind.SKIPPED_FILE, span, f"{self.relative(path)!r} was not looked at: {why.text}")
        return Mistake(Kind.UNREADABLE_FILE, span, f"{self.relative(path)!r} cannot be read: {why.text}")

    def _meaningless(self) -> Iterator[Mistake]:
        """Patterns that mean no path."""
        from sidecar_lint.workspace.patterns import fault

        for pattern in (*_texts(self.root.get("exclude")), *(key for key, _ in self.file_ignores)):
            if why := fault(pattern.text):
                yield Mistake(Kind.VALUE, pattern.span, f"{pattern.text[:80]!r} is no pattern: {why}")

    def _misspelt(self) -> Iterator[Mistake]:
        """Environments that it names, where surely another one is meant that the workspace has."""
        workspace = self.files.workspace(self.path) if self.files else None
        known, named = workspace.environments if workspace else (), self._map("environments")
        for key, _ in named:
            meant = meant_environment(key.text, known)
            if meant and meant not in named.entries:
                message = f"the workspace has no environment {key.text!r}"
                yield Mistake(Kind.ENVIRONMENT, key.span, message, f"write `{meant}`", meant)

    def _unknown_ends(self) -> Iterator[Mistake]:
        """What `dates` says of something that is not in the table, or with a day that there is not."""
        for key, value in self._map("dates"):
            if key.text not in ends():
                near = closest(key.text, ends())
                help_ = f"write `{near}`" if near else "`sidecar-lint rules --dates` lists them"
                yield Mistake(Kind.VALUE, key.span, f"{key.text!r} is none of the dates", help_, near)
            elif isinstance(value, Scalar) and _DATE.fullmatch(value.text) and not read_date(value.text):
                yield Mistake(Kind.VALUE, value.span, f"{value.text!r} is no day of the calendar")

    @cached_property
    def _read_baseline(self) -> Baseline | Unread | str | None:
        """The baseline; or why it cannot be used."""
        if self.baseline is None:
            return None
        found = self.look(self.resolve(self.baseline), LARGEST_BASELINE)
        if found is None or isinstance(found, Unread):
            return found
        try:
            return Baseline.read(found)
        except BaselineError as error:
            return str(error)

    def unread_plugin(self, path: str) -> Unread | None:
        """Why a file or folder of rules is not to be loaded, though it is there."""
        if self.files is None:
            return None
        files = self.files.project(self.path)
        why = files.unread(path)
        if why is None or why.is_missing:
            return None
        if why.reason is not Reason.FOLDER:
            return why
        inside = (os.path.join(path, name) for name in files.names(path) if name.endswith(".py"))
        return next((found for each in inside if (found := files.unread(each))), None)

    def look(self, path: str, largest: int = LARGEST) -> Source | Unread | None:
        """A file that it names, or why it was not read; None where nothing is read at all."""
        return self.files.project(self.path).look(path, largest) if self.files else None

    @property
    def known_findings(self) -> Baseline | None:
        """The baseline that it names, where that can be used."""
        found = self._read_baseline
        return found if isinstance(found, Baseline) else None

    @property
    def select(self) -> tuple[Scalar, ...]:
        """The rules to run; none where all are."""
        return _texts(self.root.get("select"))

    @property
    def ignore(self) -> tuple[Scalar, ...]:
        """The rules that are not run."""
        return _texts(self.root.get("ignore"))

    @property
    def file_ignores(self) -> Iterator[tuple[Scalar, tuple[Scalar, ...]]]:
        """Patterns, and the rules that are not run for what they match."""
        return ((key, _texts(value)) for key, value in self._map("per-file-ignores"))

    @property
    def environment_ignores(self) -> Iterator[tuple[Scalar, tuple[Scalar, ...]]]:
        """Environments, and the rules that do not count there."""
        return ((key, _texts(as_mapping(value).get("ignore"))) for key, value in self._map("environments"))

    @property
    def severities(self) -> Iterator[tuple[Scalar, Severity]]:
        """Rules, and the severity of what they find."""
        for key, value in self._map("severity"):
            if isinstance(value, Scalar) and value.text in FAIL_ON and value.text != "never":
                yield key, Severity(value.text)

    @property
    def fail_on(self) -> Scalar | None:
        """The least severity that fails a run."""
        node = self.root.get("fail-on")
        return node if isinstance(node, Scalar) and node.text in FAIL_ON else None

    @property
    def copilot_version(self) -> Version:
        """The version of Copilot that deploys."""
        node = self.root.get("copilot-version")
        known = isinstance(node, Scalar) and _VERSION.fullmatch(node.text)
        return tuple(map(int, known[0].split("."))) if known else LATEST

    @property
    def has_latest_copilot(self) -> bool:
        """Whether that is the last release, whatever its patch."""
        return self.copilot_version >= LATEST

    @property
    def collectors(self) -> tuple[Collector, ...]:
        """The configurations of collectors that it names."""
        node = self.root.get("collectors")
        if isinstance(node, Mapping):
            named = [(key.text, value) for key, value in node if isinstance(value, Scalar)]
            return tuple(Collector(self.resolve(value), name, value.span) for name, value in named)
        return tuple(Collector(self.resolve(item), None, item.span) for item in _texts(node))

    @property
    def require_reasons(self) -> bool:
        """Whether comments that suppress must say why."""
        node = self.root.get("require-reasons")
        return isinstance(node, Scalar) and node.resolved is True

    @property
    def dates(self) -> Iterator[tuple[str, date | None]]:
        """The days that it has for what ends, by id; None for never."""
        for key, value in self._map("dates"):
            day = read_date(value.text) if isinstance(value, Scalar) else None
            if day or (isinstance(value, Scalar) and value.text == NEVER):
                yield key.text, day

    @property
    def baseline(self) -> Scalar | None:
        """The baseline as it is written."""
        node = self.root.get("baseline")
        return node if isinstance(node, Scalar) and isinstance(node.resolved, str) else None

    @property
    def plugins(self) -> tuple[Scalar, ...]:
        """Files and folders of rules, as they are written."""
        return _texts(self.root.get("plugins"))

    @property
    def rules(self) -> Iterator[tuple[Scalar, Mapping]]:
        """Rules, and their options."""
        return ((key, value) for key, value in self._map("rules") if isinstance(value, Mapping))

    def excludes(self, path: str) -> bool:
        """Whether a file is left out."""
        inside = self.relative(path)
        return any(matches(pattern.text, inside) for pattern in _texts(self.root.get("exclude")))

    def relative(self, path: str) -> str:
        """A path as patterns see it: from this folder, with `/`."""
        try:
            return os.path.relpath(os.path.abspath(path), self.folder).replace(os.sep, "/")
        except ValueError:  # another drive
            return os.path.abspath(path).replace(os.sep, "/")

    def resolve(self, node: Scalar) -> str:
        """The path that a setting names, in a spelling that starts where the user is."""
        return os.path.normpath(os.path.join(os.path.dirname(self.path), node.text))

    def line(self, span: Span) -> str:
        """A place for people: `.sidecar-lint.yml:3`."""
        return f"{self.path}:{self.source.position(span.start).line + 1}"

    def _map(self, name: str) -> Mapping:
        node = self.root.get(name)
        return node if isinstance(node, Mapping) else NOTHING


def _texts(node: Node | None) -> tuple[Scalar, ...]:
    """The texts of a list; what is none is left out."""
    items = node.items if isinstance(node, Sequence) else []
    return tuple(item for item in items if isinstance(item, Scalar) and isinstance(item.resolved, str))


def _repeated(root: Mapping) -> Iterator[Mistake]:
    pending: list[Node] = [root]
    while pending:
        node = pending.pop()
        if isinstance(node, Mapping):
            for _, key in node.duplicates:
                yield Mistake(Kind.VALUE, key.span, f"{key.text!r} is written twice", "write it once")
            pending.extend(node.entries.values())

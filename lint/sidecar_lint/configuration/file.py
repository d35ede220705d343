"""One `.sidecar-lint.yml`: its settings, each with its place. What is mistaken is left out."""

from __future__ import annotations

import os
import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sidecar_lint.configuration.mistakes import Mistake, MistakeKind
from sidecar_lint.configuration.values import FAIL_ON, LATEST, Version
from sidecar_lint.dates import NEVER, read_date
from sidecar_lint.files.patterns import matches
from sidecar_lint.files.reading import LARGEST, Reason, Unread
from sidecar_lint.finding import Severity
from sidecar_lint.memo import Memo
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import NOTHING, Mapping, Node, Scalar, Sequence, as_mapping
from sidecar_lint.syntax.tree import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sidecar_lint.files.project_files import ProjectFiles
    from sidecar_lint.syntax.source import Source
    from sidecar_lint.syntax.span import Span

_VERSION: Final = re.compile(r"1\.[0-9]{1,2}(?:\.[0-9]{1,2})?")


class ConfiguredCollector(NamedTuple):
    """A collector's configuration that the user names; `workload` is None where none is said to use it.

    `path` starts from the current folder, or is absolute.
    """

    path: str
    workload: str | None
    span: Span


class ConfigurationFile(Memo):
    """A configuration file as it is written. Paths in it start from its folder.

    `project` has the files of the project around it, where what it names is looked up. One that is there
    and could not be read (`unread`) has no settings. Rules that it names are code of the repository:
    `plugins_allowed` says whether they may be loaded.
    """

    def __init__(
        self,
        source: Source,
        project: ProjectFiles | None = None,
        unread: Unread | None = None,
        *,
        plugins_allowed: bool = False,
    ) -> None:
        self.source = source
        self.project = project
        self.unread = unread
        self.plugins_allowed = plugins_allowed
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

    def mistake(self, span: Span, path: str, why: Unread | str) -> Mistake:
        """What to say of a file that a setting names."""
        if isinstance(why, str):
            return Mistake(MistakeKind.FILE, span, why)
        if why.is_missing:
            return Mistake(MistakeKind.FILE, span, f"there is no file {path}")
        if why.is_skipped:
            return Mistake(
                MistakeKind.SKIPPED_FILE, span, f"{self.relative(path)!r} was not looked at: {why.text}"
            )
        return Mistake(
            MistakeKind.UNREADABLE_FILE, span, f"{self.relative(path)!r} cannot be read: {why.text}"
        )

    def unread_plugin(self, path: str) -> Unread | None:
        """Why a file or folder of rules is not to be loaded, though it is there."""
        files = self.project
        if files is None:
            return None
        why = files.unread(path)
        if why is None or why.is_missing:
            return None
        if why.reason is not Reason.FOLDER:
            return why
        inside = (os.path.join(path, name) for name in files.names(path) if name.endswith(".py"))
        return next((found for each in inside if (found := files.unread(each))), None)

    def look(self, path: str, largest: int = LARGEST) -> Source | Unread | None:
        """A file that it names, or why it was not read; None where nothing is read at all."""
        return self.project.look(path, largest) if self.project else None

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
        return ((key, _texts(value)) for key, value in self.map("per-file-ignores"))

    @property
    def environment_ignores(self) -> Iterator[tuple[Scalar, tuple[Scalar, ...]]]:
        """Environments, and the rules that do not count there."""
        return ((key, _texts(as_mapping(value).get("ignore"))) for key, value in self.map("environments"))

    @property
    def severities(self) -> Iterator[tuple[Scalar, Severity]]:
        """Rules, and the severity of what they find."""
        for key, value in self.map("severity"):
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
    def collectors(self) -> tuple[ConfiguredCollector, ...]:
        """The configurations of collectors that it names."""
        node = self.root.get("collectors")
        if isinstance(node, Mapping):
            named = [(key.text, value) for key, value in node if isinstance(value, Scalar)]
            return tuple(ConfiguredCollector(self.resolve(value), name, value.span) for name, value in named)
        return tuple(ConfiguredCollector(self.resolve(item), None, item.span) for item in _texts(node))

    @property
    def secret_inputs(self) -> tuple[Scalar, ...]:
        """The paths of input files of `copilot secret init`, as they are written."""
        return _texts(self.root.get("secret_inputs"))

    @property
    def require_reasons(self) -> bool:
        """Whether comments that suppress must say why."""
        node = self.root.get("require-reasons")
        return isinstance(node, Scalar) and node.resolved is True

    @property
    def dates(self) -> Iterator[tuple[str, date | None]]:
        """The days that it has for what ends, by id; None for never."""
        for key, value in self.map("dates"):
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
        return ((key, value) for key, value in self.map("rules") if isinstance(value, Mapping))

    @property
    def exclusions(self) -> tuple[Scalar, ...]:
        """Patterns of the files that are left out."""
        return _texts(self.root.get("exclude"))

    def excludes(self, path: str) -> bool:
        """Whether a file is left out."""
        inside = self.relative(path)
        return any(matches(pattern.text, inside) for pattern in self.exclusions)

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

    def map(self, name: str) -> Mapping:
        """A setting that is a map; an empty one where it is none."""
        node = self.root.get(name)
        return node if isinstance(node, Mapping) else NOTHING


def _texts(node: Node | None) -> tuple[Scalar, ...]:
    """The texts of a list; what is none is left out."""
    items = node.items if isinstance(node, Sequence) else []
    return tuple(item for item in items if isinstance(item, Scalar) and isinstance(item.resolved, str))


class CheckedConfiguration(NamedTuple):
    """A configuration, and its mistakes in the order of the text: what rules about configurations ask."""

    file: ConfigurationFile
    mistakes: tuple[Mistake, ...]

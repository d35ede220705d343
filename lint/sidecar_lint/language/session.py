"""The files of an editor over time: what is open, and what was found in it. For one thread."""

from __future__ import annotations

import os
from time import monotonic
from typing import TYPE_CHECKING, Final

from sidecar_lint.effective_configuration.configurations import Configurations, EffectiveConfiguration
from sidecar_lint.files.reading import Unread
from sidecar_lint.finding import Finding, Severity, Stage
from sidecar_lint.fixing.offering import Offers
from sidecar_lint.fixing.rounds import LintRun
from sidecar_lint.language.schema import beyond_schema
from sidecar_lint.linting.classify import classify
from sidecar_lint.linting.discovery import is_manifest
from sidecar_lint.linting.engine import lint_source
from sidecar_lint.linting.report import Report
from sidecar_lint.linting.rule_failures import TOO_LARGE_CODE
from sidecar_lint.linting.rule_runner import CancellationToken, Cancelled
from sidecar_lint.linting.settings import settle
from sidecar_lint.linting.unread import lint_unread, look
from sidecar_lint.manifests.file import ManifestFile
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.span import Span
from sidecar_lint.workspace.files import Files
from sidecar_lint.workspace.workspace import hurried

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sidecar_lint.linting.inputs import LintInput
    from sidecar_lint.rulebook.rule import Rule

#: A longer text (in code points) is not linted while somebody types in it: it would take a second.
LARGEST: Final = 1 << 20
#: What is on disk is looked at again after this many seconds at the earliest.
_FRESH: Final = 1.0


class Linted(NamedTuple):
    """What was found in one version of an open file; `version` is the editor's, None for a file that is not open.

    `run` says what with; None where the file was not linted after all.
    """

    path: str
    version: int | None
    report: Report
    run: LintRun | None = None


class Session:
    """The open files and everything around them. Paths are absolute.

    `rules` are those to choose from by what is configured; without `schema_rules`, those that say
    what the JSON Schema says too are left out, and without `plugins` no rules that a configuration
    names: an editor opens folders of others. Where it is `isolated`, nothing is configured. `generation` counts the changes, of whatever file.
    """

    def __init__(
        self,
        rules: Sequence[Rule] = (),
        *,
        schema_rules: bool = True,
        plugins: bool = False,
        isolated: bool = False,
    ) -> None:
        self.files = Files(isolated=isolated)
        self.generation = 0
        self.use(rules, schema_rules=schema_rules, plugins=plugins)
        self._versions: dict[str, int | None] = {}
        self._linted: dict[str, tuple[int, Linted]] = {}
        self._offers: dict[str, Offers] = {}
        #: Those in which nothing was found yet.
        self._opened: set[str] = set()
        self._looked = monotonic()

    def use(self, rules: Sequence[Rule], *, schema_rules: bool = True, plugins: bool = False) -> None:
        """Lint with these rules from now on."""
        self.files.allow_plugins(allowed=plugins)
        self._rules = rules
        self._schema_rules = schema_rules
        self._configure()

    def put(self, path: str, text: str, version: int | None) -> bool:
        """A file is open in the editor, with this text; whether anything is new about that."""
        self.look()
        if path not in self._versions:
            self._opened.add(path)
        self._versions[path] = version
        self._linted.pop(path, None)
        changed = self.files.put(path, text)
        if changed:
            self._note(path)
        return changed

    def close(self, path: str) -> None:
        """A file is no longer open: what is on disk counts again."""
        self._versions.pop(path, None)
        self._linted.pop(path, None)
        self._offers.pop(path, None)
        self._opened.discard(path)
        self.files.release(path)
        self._note(path)

    def changed(self, paths: Sequence[str]) -> None:
        """Files are others on disk, new, or gone."""
        for path in paths:
            self.files.forget(path)
            self._note(path)

    def look(self) -> None:
        """Notice what changed on disk, now and then: not every editor tells."""
        if monotonic() - self._looked > _FRESH:
            if self.files.refresh():
                self._configure()
            self._looked = monotonic()

    @property
    def open_files(self) -> tuple[str, ...]:
        """The paths of the open files, the one that was opened last at the end."""
        return tuple(self._versions)

    def lint_input(self, path: str) -> LintInput | None:
        """A file as what it is; None where it is not Copilot's, cannot be read, or is too large."""
        source = self.files.look(path)
        if isinstance(source, Unread) or len(source.text) > LARGEST:
            return None
        found = classify(source, self.files)
        return found if _is_ours(found) else None

    def lint(
        self, path: str, give_way: Callable[[], None] = lambda: None, *, at_hand: bool = False
    ) -> Linted | None:
        """What is wrong with a file now; None where it is not Copilot's or cannot be read.

        `give_way` is called between rules; where it changes a file, Cancelled is raised. A file of which nothing
        was found yet need not wait for what takes all workloads, where what is `at_hand` is enough: the report is
        then partial.
        """
        generation, known = self._linted.get(path, (None, None))
        if known and generation == self.generation:
            return known
        started = self.generation
        find = self._find_at_hand if at_hand and path in self._opened else self._find
        found = find(path, give_way)
        if found is None:
            return None
        report, run = found
        linted = Linted(path, self._versions.get(path), report, run)
        self._opened.discard(path)
        if not report.is_partial:
            self._linted[path] = (started, linted)
        return linted

    def offers(self, linted: Linted) -> Offers | None:
        """The fixes that can be offered for a file as it was linted; what is known of them is kept."""
        if linted.run is None:
            return None
        known = self._offers.get(linted.path)
        if known is None or known.run is not linted.run:
            known = self._offers[linted.path] = Offers(linted.run, self.files)
        return known

    def related(self, path: str) -> tuple[str, ...]:
        """The other open files in which something else may be found once a file has changed."""
        folder = self._project(path)
        others = (other for other in self.open_files if other != path)
        return tuple(other for other in others if folder and self._project(other) == folder)

    def _project(self, path: str) -> str | None:
        workspace = self.files.workspace(path)
        return os.path.abspath(workspace.project) if workspace else None

    def _find_at_hand(self, path: str, give_way: Callable[[], None]) -> tuple[Report, LintRun | None] | None:
        """What is found without what takes all workloads, where these are many."""
        workspace = self.files.workspace(path)

        def pause() -> None:
            with hurried(workspace, on=False):
                give_way()

        with hurried(workspace, on=True):
            return self._find(path, pause)

    def _find(self, path: str, give_way: Callable[[], None]) -> tuple[Report, LintRun | None] | None:
        force, source = self.in_force(path), look(path, self.files)
        if force is None or (isinstance(source, Unread) and source.is_missing):
            return None
        if isinstance(source, Unread):
            return lint_unread(path, source, force.rules, force.settings), None
        if len(source.text) > LARGEST:
            report = _too_large(source)
            return (settle(report, force.settings), None) if report else None
        classified = classify(source, self.files)
        if not _is_ours(classified):
            return None
        report = lint_source(
            source,
            force.rules,
            self.files,
            force.settings,
            judges=force.left_out,
            cancellation=_WhileUnchanged(self, give_way),
        )
        if not self._schema_rules:
            report = beyond_schema(report, classified.file, force.rules)
        return report, LintRun(report, force.rules, force.settings, force.left_out)

    def in_force(self, path: str) -> EffectiveConfiguration | None:
        """What a file is linted with; None where a configuration leaves it out."""
        force = self._configurations.of(path, self.files)
        if force.configuration and force.configuration.excludes(path):
            return None
        return force

    def _note(self, path: str) -> None:
        """A file has changed: nothing that was found is sure to hold."""
        self.generation += 1
        if self.files.is_configuration(path) or not path.endswith((".yml", ".yaml")):
            self._configure()

    def _configure(self) -> None:
        self.generation += 1
        self._configurations = Configurations(rules=self._rules)


def _too_large(source: Source) -> Report | None:
    """Why nothing is said of a file, where it is Copilot's by its place."""
    if not _is_ours(classify(Source(source.path, ""), None)):
        return None
    finding = Finding(
        code=TOO_LARGE_CODE,
        name="file-too-large",
        message=f"not linted here: the file has more than {LARGEST:,} characters",
        span=Span(0, 0),
        severity=Severity.INFO,
        stage=Stage.SILENT,
        effect="the editor shows nothing that is wrong with it",
        help="run `sidecar-lint` on it",
    )
    return Report(source, (finding,))


class _WhileUnchanged(CancellationToken):
    """Gives way to what else there is to do, and up where that changes a file."""

    def __init__(self, session: Session, give_way: Callable[[], None]) -> None:
        self._session = session
        self._generation = session.generation
        self._give_way = give_way

    def check(self) -> None:
        self._give_way()
        if self._session.generation != self._generation:
            raise Cancelled


def _is_ours(found: LintInput) -> bool:
    """Whether a file gets answers, as editors attach to every YAML file: it is something by its place, or a manifest by what it says."""
    path, file = found.source.path, found.file
    if not isinstance(file, ManifestFile):
        return True
    return file.is_placed or is_manifest(path, file.source.text)

"""Changing many files at once, round by round: each is changed, all are linted, and what does harm is undone.

What files share (a workspace, its collectors and secrets) is read anew once a round, not once a file, so
that the time it takes grows with the number of files and not with its square.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Final

from sidecar_lint.fixing.applying import Pieces
from sidecar_lint.linting.engine import lint_source
from sidecar_lint.linting.settings import PLAIN, FindingSettings
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sidecar_lint.finding import Edit, Fix, NewFile
    from sidecar_lint.linting.report import Report
    from sidecar_lint.rulebook.rule import Rule
    from sidecar_lint.workspace.files import Files

#: One change can make room for another, and those that do harm are searched for; what goes on for longer
#: than this goes round in circles.
_ROUNDS: Final = 24


class LintRun(NamedTuple):
    """A file as it was linted, and what with.

    `judges` are rules that report nothing, and are asked whether a change does harm.
    """

    report: Report
    rules: Sequence[Rule]
    settings: FindingSettings = PLAIN
    judges: Sequence[Rule] = ()

    def again(self, source: Source, files: Files | None) -> Report:
        """Lint the file with another text."""
        return lint_source(source, self.rules, files, self.settings, judges=self.judges)


def lint_to_change(
    source: Source,
    rules: Sequence[Rule],
    files: Files | None = None,
    settings: FindingSettings = PLAIN,
    *,
    judges: Sequence[Rule] = (),
) -> LintRun:
    """Lint a file that is to be changed."""
    return LintRun(lint_source(source, rules, files, settings, judges=judges), rules, settings, judges)


class Trial(NamedTuple):
    """What a file would be after some edits, and the files that would be made beside it.

    `fixes` are those that want the edits, if fixes do.
    """

    draft: Draft
    source: Source
    edits: tuple[Edit, ...]
    new_files: tuple[NewFile, ...] = ()
    fixes: tuple[Fix, ...] = ()


#: What a report says of the changes that led to its text.
_OF_CHANGES: Final = ("original", "originally_hidden", "edits", "fixed", "new_files", "uncovered")


class Draft(ABC):
    """A file that is being changed. `report` is about its text so far."""

    def __init__(self, run: LintRun) -> None:
        self.run = run
        was = run.report
        self.report = was._replace(original=was.source, originally_hidden=was.hidden)
        self._pieces = Pieces(len(run.report.source.text))
        #: The round in which it was linted last.
        self.round = 0

    @abstractmethod
    def trial(self) -> Trial | None:
        """What to try next; None where nothing is left to do."""

    @abstractmethod
    def take(self, trial: Trial, after: Report) -> bool:
        """Whether a trial was worth it; then the draft is what was tried."""

    def renew(self, report: Report) -> None:
        """Take what is found in the same text now that other files have changed."""
        kept = {name: getattr(self.report, name) for name in _OF_CHANGES}
        self.report = report._replace(**kept)

    def keep(self, trial: Trial, after: Report) -> None:
        """Be what was tried."""
        self._pieces.apply(trial.edits)
        self.renew(after)
        self.report = self.report._replace(
            edits=self._pieces.edits(),
            fixed=self.report.fixed + len(trial.fixes),
            new_files=trial.new_files,
        )

    @property
    def is_changed(self) -> bool:
        """Whether it is another file than it was."""
        return self.report.source is not self.report.original or bool(self.report.new_files)


def change_all(drafts: Sequence[Draft], files: Files | None) -> list[Report]:
    """The reports of files once nothing is left to do, as a new run would find them; nothing is written."""
    history, around = _History(files), files
    for number in range(1, _ROUNDS + 1):
        trials = [trial for draft in drafts if (trial := draft.trial())]
        if not trials:
            break
        around = _with(files, drafts, trials)
        taken = [_is_taken(trial, around, number) for trial in trials]
        history.note(trials, taken, number)
        if not all(taken):
            around = _with(files, drafts)
    for draft in drafts:
        if history.is_stale(draft):
            draft.renew(draft.run.again(draft.report.source, around))
    return [draft.report for draft in drafts]


def _is_taken(trial: Trial, around: Files | None, number: int) -> bool:
    after = trial.draft.run.again(trial.source, around)
    taken = trial.draft.take(trial, after)
    if taken:
        trial.draft.round = number
    return taken


def _with(files: Files | None, drafts: Iterable[Draft], trials: Iterable[Trial] = ()) -> Files | None:
    """The files as they are with the changes so far, and those of some trials."""
    if files is None:
        return None
    texts = {
        each.report.path: (each.report.source, each.report.new_files) for each in drafts if each.is_changed
    }
    texts.update({trial.source.path: (trial.source, trial.new_files) for trial in trials})
    made = (Source(file.path, file.text) for _, new_files in texts.values() for file in new_files)
    return files.having(*(source for source, _ in texts.values()), *made)


class _History:
    """In which rounds files were changed, or were not after all, by the folder of their workload.

    What is found in a file may depend on the others of that folder, and on those that are in none.
    """

    def __init__(self, files: Files | None) -> None:
        self._files = files
        self._changed: dict[str, int] = {}
        self._undone: dict[str, set[int]] = {}

    def note(self, trials: Sequence[Trial], taken: Sequence[bool], number: int) -> None:
        """Files were changed in a round, or were not after all."""
        for trial, is_taken in zip(trials, taken, strict=True):
            for folder in (self._folder(trial.source.path), _ANY):
                if is_taken:
                    self._changed[folder] = number
                else:
                    self._undone.setdefault(folder, set()).add(number)

    def is_stale(self, draft: Draft) -> bool:
        """Whether a file was linted beside others that were not what they are now."""
        folder = self._folder(draft.report.path)
        folders = (folder, _NONE) if folder else (_ANY,)
        return any(
            self._changed.get(each, 0) > draft.round or draft.round in self._undone.get(each, ())
            for each in folders
        )

    def _folder(self, path: str) -> str:
        workspace = self._files.workspace(path) if self._files else None
        workload = workspace.workload(path) if workspace else None
        return workload.folder if workload else _NONE


#: Stands for the files that are in the folder of no workload, and for all files.
_NONE: Final = ""
_ANY: Final = "*"

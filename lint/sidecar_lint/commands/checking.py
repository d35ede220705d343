"""Linting what the user named, one file after the other, into a report."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Final, TextIO

from sidecar_lint.commands.jobs import Workers, jobs
from sidecar_lint.crash import described, was_interrupted
from sidecar_lint.effective_configuration.configurations import Configurations
from sidecar_lint.files.reading import Unread, read_stream
from sidecar_lint.linting.discovery import STDIN, WorkQueue, discover
from sidecar_lint.linting.engine import lint_source
from sidecar_lint.linting.report import PathProblem, Report
from sidecar_lint.linting.unread import lint_unread, look
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.report.reporter import Reporter
from sidecar_lint.report.stderr import Progress, complain
from sidecar_lint.rulebook.rule import Rule
from sidecar_lint.syntax.source import Source
from sidecar_lint.workspace.files import Files

if TYPE_CHECKING:
    from sidecar_lint.commands.changing import Change
    from sidecar_lint.fixing.rounds import LintRun
    from sidecar_lint.linting.discovery import Found
    from sidecar_lint.workspace.workspace import Workspace

#: So many files that lie in no workspace are changed at once.
_GROUP: Final = 50


class RunOutcome(NamedTuple):
    """How a run went besides its findings: what could not be done, and mistakes in a configuration."""

    failed: bool = False
    misconfigured: bool = False


class Checking:
    """The files to lint, and what is in force for them. Standard input is called `stdin_name`.

    With `affected`, the paths are files that changed, and what is linted is what they may affect.
    `changing` says what to do about findings. What a configuration excludes is left out where it
    was found in a folder, or with `force_exclude` always. So many processes do it as `jobs` says, or where
    that is None as many as are worth it; files are changed by one alone.
    """

    def __init__(  # noqa: PLR0913  all but three have defaults
        self,
        paths: Sequence[str],
        stdin_name: str,
        configurations: Configurations,
        files: Files | None = None,
        changing: Change | None = None,
        *,
        affected: bool = False,
        force_exclude: bool = False,
        jobs: int | None = 1,
    ) -> None:
        self._jobs = jobs
        self._done: set[str] = set()
        #: The files that are handed out to processes: none lints one because it belongs to another.
        self._handed_out: frozenset[str] = frozenset()
        self._found = _affected(paths) if affected else discover(paths)
        self._stdin_name = stdin_name
        self._configurations = configurations
        self._changing = changing
        self._to_change: dict[str, LintRun] = {}
        self._files = files or Files()
        self._named = frozenset(paths)
        self._kept = frozenset() if force_exclude else self._named
        self._misconfigured = False
        self._incomplete = False
        self._found.files = [path for path in self._found.files if not self._is_excluded(path)]

    @property
    def names(self) -> list[str]:
        """The files as they are called."""
        return [self._name(path) for path in self._found.files]

    @property
    def rules(self) -> Sequence[Rule]:
        """Every rule that may be run. Raises UnknownRule where one is asked for that is not there."""
        return self._configurations.rules(self.names, self._files)

    def show_files(self, out: TextIO) -> bool:
        """Print the paths; True where something went wrong."""
        from sidecar_lint.escaping import terminal

        out.writelines(f"{terminal(name)}\n" for name in self.names)
        for problem in self._found.problems:
            complain(problem.message, problem.file)
        return bool(self._found.problems)

    def run(self, reporter: Reporter, *, progress: bool) -> RunOutcome:
        """Lint all there is. A bad file stops nothing."""
        problems = list(self._found.problems)
        for problem in problems:
            reporter.problem(problem)
        for outcome in self._outcomes(Progress(wanted=progress)):
            if isinstance(outcome, PathProblem):
                problems.append(outcome)
            _pass_on(outcome, reporter)
        reporter.finish()
        return RunOutcome(bool(problems) or self._incomplete, self._misconfigured)

    def _outcomes(self, line: Progress) -> Iterator[Report | PathProblem]:
        """What came of each file. Where files are changed, those around them are linted first."""
        for outcome in self._changed(self._linted(line)):
            if isinstance(outcome, PathProblem) or outcome.findings:
                line.clear()
            yield outcome
            if isinstance(outcome, Report):
                outcome.source.keep_text_only()
        line.clear()

    def _changed(self, linted: Iterator[Report | PathProblem]) -> Iterator[Report | PathProblem]:
        if self._changing is None:
            yield from linted
        elif self._changing.needs_all:
            yield from self._changed_together(self._changing, list(linted))
        else:
            for group in self._groups(linted):
                yield from self._changed_together(self._changing, group)

    def _groups(self, linted: Iterator[Report | PathProblem]) -> Iterator[list[Report | PathProblem]]:
        """The outcomes of one workspace after the other; of files that are in none, not too many at once."""
        group: list[Report | PathProblem] = []
        last: Workspace | None = None
        for outcome in linted:
            workspace = self._files.workspace(outcome.path) if isinstance(outcome, Report) else last
            if group and (workspace is not last or (workspace is None and len(group) >= _GROUP)):
                yield group
                group = []
            group.append(outcome)
            last = workspace
        yield group

    def _linted(self, line: Progress) -> Iterator[Report | PathProblem]:
        with closing(self._workers()) as workers:
            queue = WorkQueue(self._found.files)
            for done, path in enumerate(queue):
                line.step(done, len(queue))
                outcome = self._handed_over(workers, path) or self._lint(path)
                if isinstance(outcome, Report):
                    self._incomplete |= outcome.is_incomplete
                    queue.add(self._belonging(path, outcome))
                yield outcome

    def _workers(self) -> Workers:
        """The processes that do it. Standard input can be read by one, and changes are judged by one."""
        paths = self._found.files
        is_for_one = STDIN in paths or self._changing is not None
        number = 1 if is_for_one else jobs(self._jobs, len(paths))
        shared = self._shared() if number > 1 else []
        self._handed_out = frozenset((*paths, *shared))
        return Workers(paths, number, self._lint_for_another, shared)

    def _shared(self) -> list[str]:
        """The files that have to do with all workloads: who lints one has read them all, and lints the others, too.

        They are the first manifest of a workspace, in which it is told what concerns all of it, and the inputs of
        secrets, which most manifests bring along; to lint one of these takes as long as a hundred manifests.
        """
        from sidecar_lint.secrets.in_workspace import secret_inputs_of

        first: dict[Workspace, str] = {}
        for path in self._found.files:
            workspace = self._files.workspace(path)
            if workspace and workspace.workload(path):
                first.setdefault(workspace, path)
        inputs = (each.source.path for workspace in first for each in secret_inputs_of(workspace))
        return [*first.values(), *(path for path in inputs if not self._is_excluded(path))]

    def _lint_for_another(self, path: str) -> dict[str, Report | PathProblem]:
        """What came of a file and of those that belong to it, each once, to be handed to another process."""
        found: dict[str, Report | PathProblem] = {}
        queue = WorkQueue([path])
        for each in queue:
            if each not in self._done and (each == path or each not in self._handed_out):
                self._done.add(each)
                outcome = self._lint(each)
                if isinstance(outcome, Report):
                    queue.add(self._belonging(each, outcome))
                    outcome = outcome._replace(rules=(), found=(), texts=())
                found[each] = outcome
        return found

    def _handed_over(self, workers: Workers, path: str) -> Report | PathProblem | None:
        outcome = workers.outcome(path)
        if isinstance(outcome, Report):
            return outcome._replace(rules=self._configurations.of(path, self._files).rules)
        return outcome

    def _changed_together(
        self, change: Change, linted: Sequence[Report | PathProblem]
    ) -> Iterator[Report | PathProblem]:
        """What came of files that are changed, each written once it is known what becomes of all of these."""
        from sidecar_lint.commands.changing import name_uncovered, write

        paths = [each.path for each in linted if isinstance(each, Report)]
        runs = [run for path in paths if (run := self._to_change.pop(path, None))]
        reports: dict[str, Report] = {}
        try:
            changed = change.change(runs, self._files)
            reports = {run.report.path: report for run, report in zip(runs, changed, strict=True)}
        except Exception as error:  # noqa: BLE001  what was found is still worth reporting
            yield PathProblem(None, f"internal error, nothing was changed: {described(error)}")
        for outcome in linted:
            if isinstance(outcome, PathProblem) or outcome.path not in reports:
                yield outcome
            else:
                report = reports[outcome.path]
                name_uncovered(report)
                yield write(report, self._files.root(report.path)) if change.write else report

    def _belonging(self, path: str, report: Report) -> tuple[str, ...]:
        """What is linted with a file: its configuration, where that has mistakes, and what it brings along."""
        return (*self._mistaken(path), *self._companions(report))

    def _mistaken(self, path: str) -> tuple[str, ...]:
        """The configuration that is in force for a file, where it has mistakes and is not that file."""
        name = self._name(path)
        force = self._configurations.of(name, self._files)
        self._misconfigured |= force.is_misconfigured
        return tuple(each for each in force.mistaken if os.path.abspath(each) != os.path.abspath(name))

    def _companions(self, report: Report) -> list[str]:
        return [path for path in report.companions if not self._is_excluded(path)]

    def _is_excluded(self, path: str) -> bool:
        name = self._name(path)
        if name in self._kept or path in self._kept:
            return False
        made = self._files.configuration(name)
        return made is not None and made.excludes(name)

    def _name(self, path: str) -> str:
        return self._stdin_name if path == STDIN else path

    def _lint(self, path: str) -> Report | PathProblem:
        name = self._name(path)
        try:
            found = self._look(path)
            return self._report(found) if isinstance(found, Source) else self._unread(found, path)
        except Exception as error:
            if was_interrupted(error):
                raise KeyboardInterrupt from error
            return PathProblem(name, f"internal error, please report it: {described(error)}")

    def _look(self, path: str) -> Source | Unread:
        if path != STDIN:
            return look(path, self._files)
        found = read_stream(sys.stdin.buffer)
        if isinstance(found, Unread):
            return found
        source = Source.from_bytes(self._stdin_name, found)
        self._files = self._files.having(source)
        return source

    def _unread(self, why: Unread, path: str) -> Report | PathProblem:
        """What there is to say of a file that was not read: whoever named it himself expects it to be."""
        if path in self._named or why.is_missing:
            return PathProblem(self._name(path), f"cannot read it: {why.text}")
        force = self._configurations.of(path, self._files)
        return lint_unread(path, why, force.rules, force.settings)

    def _report(self, source: Source) -> Report:
        force = self._configurations.of(source.path, self._files)
        if self._changing is None:
            return lint_source(source, force.rules, self._files, force.settings)
        from sidecar_lint.fixing.rounds import lint_to_change

        run = lint_to_change(source, force.rules, self._files, force.settings, judges=force.left_out)
        self._to_change[source.path] = run
        return run.report


def _pass_on(outcome: Report | PathProblem, reporter: Reporter) -> None:
    if isinstance(outcome, PathProblem):
        reporter.problem(outcome)
    else:
        reporter.add(outcome)


def _affected(paths: Sequence[str]) -> Found:
    from sidecar_lint.commands.affected import affected_by

    return affected_by(paths)

"""Linting what the user named, one file after the other, into a report."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, TextIO

from sidecar_lint.commands.affected import affected_by
from sidecar_lint.commands.discovery import STDIN, discover
from sidecar_lint.configuration.configurations import Configurations, InForce
from sidecar_lint.escaping import terminal
from sidecar_lint.files.reading import Unread, read_stream
from sidecar_lint.linting.engine import Agenda, Report, lint_source
from sidecar_lint.linting.unread import lint_unread, look
from sidecar_lint.report.reporter import Problem, Reporter
from sidecar_lint.report.stderr import Progress, complain
from sidecar_lint.rulebook.rule import Rule
from sidecar_lint.syntax.source import Source
from sidecar_lint.workspace.files import Files


class Fixing(NamedTuple):
    """Which fixes to apply: `unsafe` ones too? And whether to `write` the files."""

    unsafe: bool
    write: bool


class Ignoring(NamedTuple):
    """Write comments that suppress what is found, with a reason."""

    reason: str


class Outcome(NamedTuple):
    """How a run went besides its findings: what could not be done, and mistakes in a configuration."""

    failed: bool = False
    misconfigured: bool = False


class Checking:
    """The files to lint, and what is in force for them. Standard input is called `stdin_name`.

    With `affected`, the paths are files that changed, and what is linted is what they may affect.
    `changing` says what to do about findings. What a configuration excludes is left out where it
    was found in a folder, or with `force_exclude` always.
    """

    def __init__(  # noqa: PLR0913  all but three have defaults
        self,
        paths: Sequence[str],
        stdin_name: str,
        configurations: Configurations,
        files: Files | None = None,
        changing: Fixing | Ignoring | None = None,
        *,
        affected: bool = False,
        force_exclude: bool = False,
    ) -> None:
        self._found = affected_by(paths) if affected else discover(paths)
        self._stdin_name = stdin_name
        self._configurations = configurations
        self._changing = changing
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
    def rules(self) -> tuple[Rule, ...]:
        """Every rule that may be run. Raises UnknownRule where one is asked for that is not there."""
        return self._configurations.rules(self.names, self._files)

    def show_files(self, out: TextIO) -> bool:
        """Print the paths; True where something went wrong."""
        out.writelines(f"{terminal(name)}\n" for name in self.names)
        for problem in self._found.problems:
            complain(problem.message, problem.file)
        return bool(self._found.problems)

    def run(self, reporter: Reporter, *, progress: bool) -> Outcome:
        """Lint all there is. A bad file stops nothing."""
        problems = list(self._found.problems)
        for path in self._found.skipped:
            complain("skipped: it is an addon of environments", path)
        for problem in problems:
            reporter.problem(problem)
        agenda = Agenda(self._found.files)
        line = Progress(wanted=progress)
        for done, path in enumerate(agenda):
            line.step(done, len(agenda))
            outcome = self._lint(path)
            if isinstance(outcome, Problem):
                problems.append(outcome)
            else:
                self._incomplete |= outcome.is_incomplete
                agenda.add((*self._mistaken(path), *self._companions(outcome)))
            if isinstance(outcome, Problem) or outcome.findings:
                line.clear()
            _pass_on(outcome, reporter)
        line.clear()
        reporter.finish()
        return Outcome(bool(problems) or self._incomplete, self._misconfigured)

    def _mistaken(self, path: str) -> tuple[str, ...]:
        """The configuration that is in force for a file, where it has mistakes and is not that file."""
        name = self._name(path)
        force = self._configurations.of(name, self._files)
        self._misconfigured |= force.is_misconfigured
        return tuple(each for each in force.mistaken if os.path.abspath(each) != os.path.abspath(name))

    def _companions(self, report: Report) -> list[str]:
        """The files that one leads to, but for those that a fix would make and that nobody wrote."""
        planned = {os.path.abspath(file.path) for file in report.new_files if not os.path.exists(file.path)}
        there = (path for path in report.companions if os.path.abspath(path) not in planned)
        return [path for path in there if not self._is_excluded(path)]

    def _is_excluded(self, path: str) -> bool:
        name = self._name(path)
        if name in self._kept or path in self._kept:
            return False
        made = self._files.configuration(name)
        return made is not None and made.excludes(name)

    def _name(self, path: str) -> str:
        return self._stdin_name if path == STDIN else path

    def _lint(self, path: str) -> Report | Problem:
        name = self._name(path)
        try:
            found = self._look(path)
            if isinstance(found, Source):
                return self._report(found, path)
            return self._unread(found, path)
        except OSError as error:
            return Problem(name, f"cannot write it: {error.strerror or error}")
        except Exception as error:  # noqa: BLE001  one file must not end the run
            return Problem(name, f"internal error, please report it: {type(error).__name__}: {error}")

    def _look(self, path: str) -> Source | Unread:
        if path != STDIN:
            return look(path, self._files)
        found = read_stream(sys.stdin.buffer)
        if isinstance(found, Unread):
            return found
        source = Source.from_bytes(self._stdin_name, found)
        self._files = self._files.having(source)
        return source

    def _unread(self, why: Unread, path: str) -> Report | Problem:
        """What there is to say of a file that was not read: whoever named it himself expects it to be."""
        if path in self._named or why.is_missing:
            return Problem(self._name(path), f"cannot read it: {why.text}")
        force = self._configurations.of(path, self._files)
        return lint_unread(path, why, force.rules, force.settings)

    def _report(self, source: Source, path: str) -> Report:
        force = self._configurations.of(source.path, self._files)
        if self._changing is None:
            return lint_source(source, force.rules, self._files, force.settings)
        from sidecar_lint.fixing.rewriting import write

        report = self._changed(source, force)
        wanted = not isinstance(self._changing, Fixing) or self._changing.write
        if wanted and (report.source != source or report.new_files):
            write(Path(path), report)
            self._files = self._files.having(report.source)
        return report

    def _changed(self, source: Source, force: InForce) -> Report:
        if isinstance(self._changing, Ignoring):
            from sidecar_lint.suppressions.writing import add_suppressions

            reason = self._changing.reason
            return add_suppressions(source, force.rules, self._files, force.settings, reason=reason)
        from sidecar_lint.fixing.rewriting import rewrite

        unsafe = self._changing is not None and self._changing.unsafe
        return rewrite(source, force.rules, self._files, force.settings, unsafe=unsafe)


def _pass_on(outcome: Report | Problem, reporter: Reporter) -> None:
    if isinstance(outcome, Problem):
        reporter.problem(outcome)
    else:
        reporter.add(outcome)

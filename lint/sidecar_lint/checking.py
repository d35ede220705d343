"""Linting what the user named, one file after the other, into a report."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, TextIO

from sidecar_lint.affected import affected_by
from sidecar_lint.discovery import STDIN, Problem, discover
from sidecar_lint.engine import Agenda, Report, lint_source
from sidecar_lint.rule import Rule
from sidecar_lint.source import Source
from sidecar_lint.stderr import Progress, complain
from sidecar_lint.workspace.files import Files


class Reporter(Protocol):
    """Where reports go."""

    def add(self, report: Report) -> None:
        """Take the report of one file."""

    def problem(self, problem: Problem) -> None:
        """Take what could not be done."""

    def finish(self) -> None:
        """There is nothing more to come."""


class Fixing(NamedTuple):
    """Which fixes to apply: `unsafe` ones too? And whether to `write` the files."""

    unsafe: bool
    write: bool


class Checking:
    """The files to lint, and the rules to lint them with. Standard input is called `stdin_name`.

    With `affected`, the paths are files that changed, and what is linted is what they may affect.
    """

    def __init__(
        self,
        paths: Sequence[str],
        stdin_name: str,
        rules: Sequence[Rule],
        fixing: Fixing | None = None,
        *,
        affected: bool = False,
    ) -> None:
        self._found = affected_by(paths) if affected else discover(paths)
        self._stdin_name = stdin_name
        self._rules = rules
        self._fixing = fixing
        self._files = Files()

    def show_files(self, out: TextIO) -> bool:
        """Print the paths; True where something went wrong."""
        out.writelines(f"{self._name(path)}\n" for path in self._found.files)
        for problem in self._found.problems:
            complain(problem.message, problem.file)
        return bool(self._found.problems)

    def run(self, reporter: Reporter, *, progress: bool) -> bool:
        """Lint all there is; True where something could not be done. A bad file stops nothing."""
        problems = list(self._found.problems)
        for path in self._found.skipped:
            complain("skipped: it describes an environment or a pipeline", path)
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
                agenda.add(outcome.companions)
            if isinstance(outcome, Problem) or outcome.findings:
                line.clear()
            _pass_on(outcome, reporter)
        line.clear()
        reporter.finish()
        return bool(problems)

    def _name(self, path: str) -> str:
        return self._stdin_name if path == STDIN else path

    def _lint(self, path: str) -> Report | Problem:
        name = self._name(path)
        try:
            source = self._read(path)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else None
            return Problem(name, f"cannot read it: {reason or error}")
        try:
            return self._fix(source, path) if self._fixing else lint_source(source, self._rules, self._files)
        except OSError as error:
            return Problem(name, f"cannot write it: {error.strerror or error}")
        except Exception as error:  # noqa: BLE001  one file must not end the run
            return Problem(name, f"internal error, please report it: {type(error).__name__}: {error}")

    def _read(self, path: str) -> Source:
        if path != STDIN:
            return self._files.read(path)
        source = Source.from_bytes(self._stdin_name, sys.stdin.buffer.read())
        self._files = self._files.having(source)
        return source

    def _fix(self, source: Source, path: str) -> Report:
        from sidecar_lint.rewriting import rewrite, write

        unsafe = self._fixing is not None and self._fixing.unsafe
        report = rewrite(source, self._rules, self._files, unsafe=unsafe)
        if self._fixing and self._fixing.write and report.fixed:
            write(Path(path), report)
            self._files = self._files.having(report.source)
        return report


def _pass_on(outcome: Report | Problem, reporter: Reporter) -> None:
    if isinstance(outcome, Problem):
        reporter.problem(outcome)
    else:
        reporter.add(outcome)

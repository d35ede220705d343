"""Doing with a project all that there is to do, and holding what comes of it against what must be."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nasty import obeyed

from sidecar_lint import Document, Report, Span
from sidecar_lint.commands.changing import Change, Fixing, Ignoring, Trying
from sidecar_lint.commands.checking import Checking
from sidecar_lint.configuration.file import ConfigurationFile
from sidecar_lint.effective_configuration.configurations import CommandLineOverrides, Configurations
from sidecar_lint.finding import Fix
from sidecar_lint.fixing.applying import apply_edits
from sidecar_lint.fixing.offering import try_fix
from sidecar_lint.fixing.suppressing import Comments
from sidecar_lint.language import fixes, names
from sidecar_lint.language.completion import complete
from sidecar_lint.language.effective import effective, environments
from sidecar_lint.language.extraction import extractions
from sidecar_lint.language.folding import folds
from sidecar_lint.language.hints import hints
from sidecar_lint.language.hover import hover
from sidecar_lint.language.links import links
from sidecar_lint.language.selection import selections
from sidecar_lint.language.session import Linted, Session
from sidecar_lint.language.symbols import symbols
from sidecar_lint.language.workspace_names import FileEdits, rename_environment
from sidecar_lint.linting.baseline import Baseline
from sidecar_lint.linting.classify import classify
from sidecar_lint.linting.hidden import Hidden, hidden_in
from sidecar_lint.linting.rule_failures import CRASH_CODE
from sidecar_lint.manifests.file import ManifestFile
from sidecar_lint.rendering.rendering import CannotRender, Form, render
from sidecar_lint.report.baseline import BaselineReport
from sidecar_lint.report.diff import DiffReport
from sidecar_lint.report.formats import WITH_FIXES, Format, report_in
from sidecar_lint.report.statistics import StatisticsReport
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.secrets.secret_input import SecretInput
from sidecar_lint.syntax.outline import Outline
from sidecar_lint.syntax.source import Source
from sidecar_lint.workspace.files import Files

if TYPE_CHECKING:
    import random

    from sidecar_lint.linting.inputs import FileModel
    from sidecar_lint.linting.report import PathProblem
    from sidecar_lint.report.reporter import Reporter

_DOCUMENTS: Final = (Format.JSON, Format.SARIF, Format.GITLAB, Format.RDJSON)
_LINES: Final = (Format.TEXT, Format.CONCISE)
_NEW_NAMES: Final = ("other", "other", "../other", "null", "a b", "", "x" * 300, "é")


class Wrong(Exception):  # noqa: N818  found by us, not raised by the linter
    """Something is not as it must be."""


# What is done.


def everything(paths: list[str], chance: random.Random) -> None:
    named = sorted(chance.sample(paths, min(3, len(paths)))) if chance.random() < 0.3 else ["."]
    chance.choice((_report, _report, _fix, _suppress, _diff, _baseline))(named, chance)
    path = chance.choice(paths)
    chance.choice((_render, _edit, _edit))(path, chance)


class _Kept:
    """A report that keeps what it gets, and passes it on."""

    def __init__(self, *reporters: Reporter) -> None:
        self._reporters = reporters
        self.reports: list[Report] = []

    def add(self, report: Report) -> None:
        self.reports.append(report)
        _is_right(report)
        for each in self._reporters:
            each.add(report)

    def problem(self, problem: PathProblem) -> None:
        if "internal error" in problem.message:
            raise Wrong(problem.message)
        for each in self._reporters:
            each.problem(problem)

    def finish(self) -> None:
        for each in self._reporters:
            each.finish()


def _check(
    paths: list[str],
    *reporters: Reporter,
    changing: Change | None = None,
    overrides: CommandLineOverrides | None = None,
) -> list[Report]:
    kept = _Kept(*reporters)
    configurations = Configurations(overrides or CommandLineOverrides(), load_rules())
    Checking(paths, "-", configurations, changing=changing).run(kept, progress=False)
    return kept.reports


def _report(paths: list[str], chance: random.Random) -> None:
    """In some format, as the command prints it."""
    wanted, out = chance.choice(list(Format)), StringIO()
    reporter = report_in(wanted, out, quiet=chance.random() < 0.2, rules=load_rules())
    _check(paths, reporter, changing=Trying() if wanted in WITH_FIXES else None)
    text = out.getvalue()
    text.encode("utf-8")
    if wanted in _DOCUMENTS:
        json.loads(text)
    for line in obeyed(text) if wanted in _LINES else ():
        raise Wrong(f"a terminal or a service obeys a line of {wanted}", line)


def _fix(paths: list[str], chance: random.Random) -> None:
    """What is fixed and written is read as before; what is not all text is as it was."""
    unsafe = chance.random() < 0.5
    for report in _check(paths, changing=Fixing(unsafe, write=True)):
        _is_harmless(report)


def _suppress(paths: list[str], _chance: random.Random) -> None:
    """Comments, written twice: then nothing is left to do."""
    for report in _check(paths, changing=Ignoring("a reason")):
        _is_harmless(report)
    for report in _check(paths, changing=Ignoring("a reason", write=False)):
        if report.edits:
            raise Wrong("comments are added twice", report.path, report.edits)


def _diff(paths: list[str], chance: random.Random) -> None:
    out = StringIO()
    _check(
        paths,
        DiffReport(out),
        StatisticsReport(StringIO()),
        changing=Fixing(chance.random() < 0.5, write=False),
    )
    for line in obeyed(out.getvalue()):
        raise Wrong("a terminal or a service obeys a line of a diff", line)


def _baseline(paths: list[str], _chance: random.Random) -> None:
    """All there is goes into a baseline, and is known then."""
    out = StringIO()
    old = Baseline(os.path.abspath("new.json"))
    reporter = BaselineReport(out, old)
    _check(paths, reporter, overrides=CommandLineOverrides(no_baseline=True))


def _render(path: str, chance: random.Random) -> None:
    """What every environment gets of a manifest."""
    files = Files(isolated=True)
    source = files.look(path)
    document = classify(source, files).file if isinstance(source, Source) else None
    if not isinstance(document, Document):
        return
    known = [*document.environments, "other"]
    for form in Form:
        try:
            made = render(document, chance.choice(known), form)
        except CannotRender:
            continue
        made.yaml(origin=chance.random() < 0.5).encode("utf-8")
        json.dumps(made.json(origin=True))


def _edit(path: str, chance: random.Random) -> None:
    """What an editor asks about a file, at offsets in it."""
    session = Session(load_rules(), schema_rules=chance.random() < 0.5)
    path = os.path.abspath(path)
    text = Path(path).read_bytes().decode("utf-8", "replace")
    session.put(path, text, 1)
    lint_input = session.lint_input(path)
    linted = session.lint(path)
    if lint_input is None or linted is None:
        return
    _is_right(linted.report)
    source = linted.report.source
    outline = Outline(source)
    symbols(outline, Hidden(hidden_in(lint_input)))
    folds(source)
    if chance.random() < 0.2 and linted.run:
        fixes.fix_all(linted.run, session.files)
    for _ in range(3):
        offset = chance.randint(0, len(text))
        selections(outline, offset)
        if linted.run and (offers := session.offers(linted)):
            touched = list(fixes.at(linted.report.findings, Span(offset, offset)))
            comments = Comments(source)
            found = [*fixes.fixes(touched, offers), *(a for f in touched for a in fixes.ignores(f, comments))]
            list(fixes.told(found, linted.report))
        _ask(lint_input.file, offset, chance)
        _ask_for_names(lint_input.file, offset, chance, session, linted)
    if isinstance(lint_input.file, Document):
        hints(lint_input.file)
    if isinstance(lint_input.file, ManifestFile):
        links(lint_input.file)


def _ask(file: FileModel, offset: int, chance: random.Random) -> None:
    if isinstance(file, ManifestFile):
        complete(file, offset)
        hover(file, offset, load_rules())
    if not isinstance(file, Document):
        return
    list(extractions(file, offset))
    if chance.random() < 0.2:
        for environment in environments(file)[:2]:
            with suppress(CannotRender):
                effective(file, environment, chance.choice(list(Form)))


def _ask_for_names(
    file: FileModel, offset: int, chance: random.Random, session: Session, linted: Linted
) -> None:
    if not isinstance(file, ManifestFile | SecretInput | ConfigurationFile):
        return
    name = names.name_at(file, offset)
    if name is None:
        return
    names.same(file, name)
    names.definition(file, name)
    workspace = session.files.workspace(file.source.path)
    with suppress(ValueError):
        if name.kind == names.ENVIRONMENT and workspace:
            _renamed(rename_environment(workspace, session.files, name.text, chance.choice(_NEW_NAMES)))
        else:
            edits = names.rename(file, name, chance.choice(_NEW_NAMES))
            if linted.run and edits:
                try_fix(linted.run, Fix("rename", edits), session.files)


def _renamed(files: list[FileEdits]) -> None:
    """Each file is all of its text but for the names."""
    for source, edits in files:
        apply_edits(source.text, edits)


# What must be.


def _is_right(report: Report) -> None:
    """Places lie in the text, no rule crashed, and what is not all text has no fix."""
    length = len(report.source.text)
    for finding in report.findings:
        if finding.code == CRASH_CODE:
            raise Wrong(finding.message)
        _lies_within(finding.span, length, finding.code)
        for related in finding.related:
            _lies_within(
                related.span, len((related.source or report.source).text), f"related of {finding.code}"
            )
        for fix in finding.fixes:
            if not report.source.writable:
                raise Wrong(f"{finding.code} fixes what is not all text")
            for edit in fix.edits:
                _lies_within(edit.span, length, f"edit of {finding.code}")


def _lies_within(span: Span, length: int, what: str) -> None:
    if not 0 <= span.start <= span.end <= length:
        raise Wrong(f"a place is outside of the text: {what}", span, length)


def _is_harmless(report: Report) -> None:
    before, after = report.original, report.source
    if before is None or before.text == after.text:
        return
    if not before.writable:
        raise Wrong("a file that is not all text was written", report.path)
    if Path(report.path).read_bytes() != after.encoded:
        raise Wrong("what was written is not what is reported", report.path)
    if not Outline(before).tree.unread and Outline(after).tree.unread:
        raise Wrong("a file is not read any longer", report.path)

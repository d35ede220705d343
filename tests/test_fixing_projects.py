"""Every fix of every fixture and of every rule's examples: nobody is worse off, and nothing is lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml
from projects import Project, examples, linted, workspaces

from sidecar_lint import Finding, Fix, Severity, Stage
from sidecar_lint.fixing.applying import Shift, apply, apply_edits
from sidecar_lint.fixing.offering import Offers
from sidecar_lint.fixing.rewriting import rewrite_all
from sidecar_lint.syntax.grammar import scalars
from sidecar_lint.syntax.tree import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sidecar_lint.fixing.rounds import LintRun
    from sidecar_lint.linting.report import Report
    from sidecar_lint.syntax.source import Source

PROJECTS = [*workspaces(), *examples()]
_STAGES = list(Stage)


def _name(project: Project) -> str:
    return project.name


def _ranks(report: Report, *, without: Iterable[Finding] = ()) -> dict[str, int]:
    """How early each environment fails; one that the file does not name is any other."""
    left = {(each.code, each.span) for each in without}
    ranks = dict.fromkeys(report.environments, len(_STAGES))
    for finding in report.found:
        is_grave = finding.severity is not Severity.INFO or finding.stage is Stage.COPILOT
        if is_grave and (finding.code, finding.span) not in left:
            for name in finding.environments:
                ranks[name] = min(ranks.get(name, len(_STAGES)), _STAGES.index(finding.stage))
    return ranks


def _assert_not_worse(before: Report, after: Report, without: Iterable[Finding] = ()) -> None:
    if not before.understood or read(before.source).unread:
        return
    assert not read(after.source).unread
    had, has = _ranks(before), _ranks(after, without=without)
    worse = {name for name, rank in has.items() if rank < had.get(name, had.get("*", len(_STAGES)))}
    assert not worse, (worse, after.source.text, after.found)


def _assert_kept(report: Report) -> None:
    """Outside of what the edits are about, every byte stays; so do anchors, aliases and comments."""
    original = report.original
    assert original is not None
    assert apply_edits(original.text, report.edits) == report.source.text
    for start, end in _properties(original.text):
        assert not any(edit.span.start < end and start < edit.span.end for edit in report.edits), report.edits
    assert _comments(original) == _comments(report.source)


def _comments(source: Source) -> list[str]:
    """The comments but for those that are meant for us, which fixes may be about."""
    inside = {at for span, style in scalars(source.text) if style not in ("|", ">") for at in range(*span)}
    others = re.sub(r"#.*sidecar[-_]lint.*", lambda match: " " * len(match[0]), source.text)
    found = re.finditer(r"(?m)(?:^|(?<=\s))#.*$", others)
    return [match[0] for match in found if match.start() not in inside]


def _properties(text: str) -> Iterator[tuple[int, int]]:
    """Where anchors and aliases are."""
    return _tokens(text, yaml.AnchorToken, yaml.AliasToken)


def _tags(text: str) -> Iterator[tuple[int, int]]:
    """Where tags are; CloudFormation's are functions."""
    return ((start, end) for start, end in _tokens(text, yaml.TagToken) if text.startswith("!!", start))


def _tokens(text: str, *kinds: type) -> Iterator[tuple[int, int]]:
    try:
        for token in yaml.scan(text, yaml.CLoader):
            if isinstance(token, kinds):
                yield token.start_mark.index, token.end_mark.index
    except yaml.YAMLError:
        return


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
@pytest.mark.parametrize("project", PROJECTS, ids=_name)
def test_all_fixes_at_once(project: Project, *, unsafe: bool) -> None:
    files = project.files()
    runs = linted(project, files)
    reports = rewrite_all(runs, files, unsafe=unsafe)
    for run, report in zip(runs, reports, strict=True):
        _assert_kept(report)
        _assert_not_worse(run.report, report, report.uncovered)
        if not unsafe:
            assert not report.uncovered
    fixed = project.having({each.path: each.source.text for each in reports})
    fixed = fixed.having({file.path: file.text for each in reports for file in each.new_files})
    files = fixed.files()
    again = linted(fixed, files)
    found = {run.report.path: run.report.findings for run in again}
    assert all(found[report.path] == report.findings for report in reports)
    assert not any(report.edits for report in rewrite_all(again, files, unsafe=unsafe))


@pytest.mark.parametrize("project", PROJECTS, ids=_name)
def test_each_fix_by_itself(project: Project) -> None:
    """Each mends what it is about, and none does harm: else a rule would promise what nobody gets."""
    files = project.files()
    for run in linted(project, files):
        offers = Offers(run, files)
        for finding, fix in ((each, fix) for each in run.report.findings for fix in each.fixes):
            (offer,) = offers.of([fix])
            _assert_mends(run, finding, fix, project, offer.uncovers)


def _assert_mends(
    run: LintRun, finding: Finding, fix: Fix, project: Project, uncovers: Iterable[Finding]
) -> None:
    before = run.report
    for start, end in _tags(before.source.text):  # only what is about a tag takes it away
        assert not any(edit.text and edit.span.start < end and start < edit.span.end for edit in fix.edits)
    text = apply(before.source.text, [fix])
    texts = {before.path: text, **{file.path: file.text for file in fix.new_files}}
    fixed = project.having(texts)
    files = fixed.files()
    after = run.again(files.read(before.path), files)
    _assert_not_worse(before, after, uncovers)
    place = Shift(fix.edits).span(finding.span)
    same = [
        each
        for each in after.findings
        if (each.code, each.message, each.span) == (finding.code, finding.message, place)
    ]
    assert not same, (finding, fix, text)

"""Linting: a text in, findings out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.linting.check_target import embeddings
from sidecar_lint.linting.classify import classify
from sidecar_lint.linting.hidden import hidden_in
from sidecar_lint.linting.inputs import about_suppressions
from sidecar_lint.linting.report import Report
from sidecar_lint.linting.rule_runner import NEVER, CancellationToken, RuleRunner, place
from sidecar_lint.linting.settings import PLAIN, FindingSettings, settle
from sidecar_lint.linting.sharing import Sharing
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.rulebook.selection import holding
from sidecar_lint.syntax.comments import may_have_comments
from sidecar_lint.syntax.source import Source, masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sidecar_lint.finding import Finding
    from sidecar_lint.rulebook.rule import Rule
    from sidecar_lint.workspace.files import Files


def lint_text(text: str | bytes, path: str = "manifest.yml", rules: Sequence[Rule] | None = None) -> Report:
    """Lint a manifest that is in memory, with the given rules or with all that are installed.

    `path` is only a name: nothing around it is looked at. Anything is acceptable as text; raises
    RuleLoadError where the installed rules cannot be loaded, and nothing else.
    """
    source = Source.from_bytes(path, text) if isinstance(text, bytes) else Source(path, text)
    return lint_source(source, holding(load_rules()) if rules is None else rules)


def lint_source(  # noqa: PLR0913  all but two have defaults
    source: Source,
    rules: Sequence[Rule],
    files: Files | None = None,
    settings: FindingSettings = PLAIN,
    *,
    judges: Sequence[Rule] = (),
    cancellation: CancellationToken = NEVER,
) -> Report:
    """Lint one file. Without `files` nothing around it is looked at.

    Findings are found, then suppressed by comments, then judged by settings and held against the
    baseline; of what is left, that which follows from something else is not told. What `judges` find is
    not reported; it is only in what was `found`. Raises Cancelled where `cancellation` says so. Of a file in
    a workspace that is hurried the report may be partial.
    """
    file = classify(source, files)
    targets = tuple(file.targets())
    asked = RuleRunner(file.environments, targets, file.manifests, Sharing(source), cancellation)
    asked.run(rules)
    shown = asked.findings()
    asked.run(judges)
    report = Report(
        source,
        _mendable(shown, source),
        file.environments,
        companions=tuple(file.companions()),
        hidden=hidden_in(file),
        shown_elsewhere=tuple(_shown_elsewhere(shown, files)),
        rules=rules,
        found=tuple(asked.as_found()),
        texts=tuple(embeddings(targets)),
        understood=file.is_understood,
        is_partial=asked.is_partial,
    )
    if may_have_comments(source.text):
        report = _suppress(
            report, rules, settings, cancellation, judge=files is not None and not report.is_partial
        )
    return settle(report, settings)


def _mendable(findings: tuple[Finding, ...], source: Source) -> tuple[Finding, ...]:
    """Findings as they can be mended: what is not all text is never written."""
    return findings if source.writable else tuple(each._replace(fixes=()) for each in findings)


def _shown_elsewhere(findings: Iterable[Finding], files: Files | None) -> Iterator[Source]:
    """The other files of related places without what must not be shown of them."""
    others = {
        each.source.path: each.source for finding in findings for each in finding.related if each.source
    }
    for source in others.values():
        yield masked(source, hidden_in(classify(source, files)))


def _suppress(
    report: Report,
    rules: Sequence[Rule],
    settings: FindingSettings,
    cancellation: CancellationToken,
    *,
    judge: bool,
) -> Report:
    """Take away what comments suppress, and ask the rules about those comments."""
    from sidecar_lint.linting.suppressing import suppressions_of

    suppressions = suppressions_of(report, rules, settings, judge=judge)
    asked = RuleRunner((), (about_suppressions(suppressions),), (), Sharing(report.source), cancellation)
    asked.run(rules)
    said = _mendable(asked.findings(), report.source)
    findings = tuple(sorted((*suppressions.findings, *said), key=place))
    return report._replace(
        findings=findings,
        found=(*report.found, *said),
        suppressed=tuple(suppressions.suppressed),
    )

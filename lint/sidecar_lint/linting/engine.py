"""Linting: a text in, findings out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final

from sidecar_lint.crash import described
from sidecar_lint.files.reading import Unread
from sidecar_lint.finding import ANY_ENVIRONMENT, Edit, Finding, NewFile, Related, Severity, Stage
from sidecar_lint.linting.hidden import hidden_in
from sidecar_lint.linting.opening import open_source
from sidecar_lint.linting.settings import PLAIN, Settings
from sidecar_lint.linting.settling import judged, settle
from sidecar_lint.linting.sharing import Sharing
from sidecar_lint.linting.subject import Subject, embeddings
from sidecar_lint.manifests.document import Document
from sidecar_lint.manifests.manifest import Manifest
from sidecar_lint.rulebook import plugins
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.rulebook.rule import Rule
from sidecar_lint.rulebook.versions import holding
from sidecar_lint.syntax.comments import may_have_comments
from sidecar_lint.syntax.source import Source, masked
from sidecar_lint.syntax.span import Span
from sidecar_lint.workspace.files import Files

if TYPE_CHECKING:
    from sidecar_lint.embedding import Embedding
    from sidecar_lint.suppressions.suppressions import Suppressed

#: Reported for a rule that raises: the rest of the run goes on.
CRASH_CODE: Final = "SL000"
CRASH_NAME: Final = "rule-crashed"
#: Reported for a rule that takes longer than `PATIENCE` seconds for one file.
SLOW_CODE: Final = "SL039"
SLOW_NAME: Final = "slow-rule"
PATIENCE: Final = 5.0
#: The rule that reports a file which should be read and cannot: the run is then not to be trusted.
UNREADABLE_CODE: Final = "SL038"


#: How many findings of one file people are shown; programs get all of them.
MOST_SHOWN: Final = 1000


@dataclass(frozen=True)
class Report:
    """What was found in one file. `findings` are in the order of the text.

    `environments` are those the findings can hold in: "*", then what the file names. Where fixes
    were applied, `source` is the text after them, `original` the one before, `edits` what leads from that
    to this, `fixed` the number of fixes, `new_files` what they add beside it.
    """

    source: Source
    findings: tuple[Finding, ...]
    environments: tuple[str, ...] = (ANY_ENVIRONMENT,)
    fixed: int = 0
    original: Source | None = None
    edits: tuple[Edit, ...] = ()
    new_files: tuple[NewFile, ...] = ()
    #: The files that belong to this one and are linted with it.
    companions: tuple[str, ...] = ()
    #: What must not be shown of it, and of `original`: the values of secrets, and credentials.
    hidden: tuple[Span, ...] = ()
    originally_hidden: tuple[Span, ...] = ()
    #: The other files in which places are related to findings, as they may be shown.
    shown_elsewhere: tuple[Source, ...] = ()
    #: The codes of the rules that were run.
    ran: frozenset[str] = frozenset()
    #: All that was found, before comments, settings and the baseline took anything away. It has what the
    #: rules found that were only asked to judge fixes, too.
    found: tuple[Finding, ...] = ()
    #: The texts inside the file that were linted.
    texts: tuple[Embedding, ...] = ()
    #: Whether it was looked at as what it is: it could be read, and a manifest has a type.
    understood: bool = True
    #: What fixes brought to light: findings that the mended mistakes had hidden.
    uncovered: tuple[Finding, ...] = ()
    #: What comments in the file took away.
    suppressed: tuple[Suppressed, ...] = ()
    #: How many findings the baseline has already, and how many of it are fixed since.
    known: int = 0
    gone: int = 0
    #: The least severity that fails a run; None where nothing does.
    fail_on: Severity | None = Severity.WARNING

    @cached_property
    def shown(self) -> Source:
        """The text as it may be printed: asterisks stand for what is hidden."""
        return masked(self.source, self.hidden)

    def shown_of(self, related: Related) -> Source:
        """The file of a related place as it may be printed."""
        source = related.source
        if source is None:
            return self.shown
        return next((each for each in self.shown_elsewhere if each.path == source.path), source)

    @property
    def fails(self) -> bool:
        """Whether a finding is as grave as what fails a run."""
        limit = self.fail_on
        return limit is not None and any(each.severity.rank <= limit.rank for each in self.findings)

    @property
    def is_incomplete(self) -> bool:
        """Whether it could not say all, as a file that belongs to what was linted cannot be read."""
        return any(each.code == UNREADABLE_CODE for each in self.findings)

    @property
    def path(self) -> str:
        """The file as the user named it."""
        return self.source.path


def lint_text(text: str | bytes, path: str = "manifest.yml", rules: Sequence[Rule] | None = None) -> Report:
    """Lint a manifest that is in memory, with the given rules or with all that are installed.

    `path` is only a name: nothing around it is looked at. Anything is acceptable as text; raises
    RuleLoadError where the installed rules cannot be loaded, and nothing else.
    """
    source = Source.from_bytes(path, text) if isinstance(text, bytes) else Source(path, text)
    return lint_source(source, holding(load_rules()) if rules is None else rules)


def lint_paths(
    paths: Iterable[str | Path],
    rules: Sequence[Rule] | None = None,
    files: Files | None = None,
    *,
    allow_plugins: bool = False,
) -> Iterator[Report]:
    """Lint files, and what belongs to them (addons, a collector's configuration), each once.

    What is configured for a file is in force. A configuration comes after the file for which it was
    found, where it has mistakes. Rules that it names are code of the repository: they are loaded with
    `allow_plugins`, or where SIDECAR_LINT_ALLOW_PLUGINS is 1. `files` may have texts that are not saved
    yet; then it says whether they may be loaded. Raises OSError for a path that cannot be read; what
    belongs to a file and cannot be read is a finding.
    """
    from sidecar_lint.configuration.configurations import Configurations
    from sidecar_lint.linting.unread import lint_unread, look

    files = files or Files(plugins=plugins.are_allowed(asked=allow_plugins))
    configurations = Configurations(rules=rules)
    named = dict.fromkeys(map(str, paths))
    agenda = Agenda(named)
    for path in agenda:
        force = configurations.of(path, files)
        found = files.read(path) if path in named else look(path, files)
        if isinstance(found, Unread):
            report = lint_unread(path, found, force.rules, force.settings)
        else:
            report = lint_source(found, force.rules, files, force.settings)
        agenda.add((*force.mistaken, *report.companions))
        yield report
        report.source.keep_text_only()


class Agenda:
    """The files that are still to be linted, each once; what belongs to one comes right after it."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._waiting = list(paths)[::-1]
        self._seen: set[str] = set()

    def __len__(self) -> int:
        """How many files it has had so far, those to come included."""
        return len(self._seen) + len(self._waiting)

    def __iter__(self) -> Iterator[str]:
        while self._waiting:
            path = self._waiting.pop()
            key = os.path.abspath(path)
            if key not in self._seen:
                self._seen.add(key)
                yield path

    def add(self, paths: Iterable[str]) -> None:
        """Put files at the front."""
        self._waiting += list(paths)[::-1]


def lint_source(
    source: Source,
    rules: Sequence[Rule],
    files: Files | None = None,
    settings: Settings = PLAIN,
    *,
    judges: Sequence[Rule] = (),
) -> Report:
    """Lint one file. Without `files` nothing around it is looked at.

    Findings are found, then suppressed by comments, then judged by settings and held against the
    baseline. What `judges` find is not reported; it is only in what was `found`.
    """
    opened = open_source(source, files)
    subjects = tuple(opened.subjects())
    manifests = opened.manifests if isinstance(opened, Document) else ()
    asked = _Collector(opened.environments, subjects, manifests, Sharing(source))
    asked.run(rules)
    shown = asked.findings()
    asked.run(judges)
    report = Report(
        source,
        _mendable(shown, source),
        opened.environments,
        companions=tuple(opened.companions()),
        hidden=hidden_in(opened),
        shown_elsewhere=tuple(_shown_elsewhere(shown, files)),
        ran=frozenset(rule.code for rule in rules),
        found=tuple(asked.as_found()),
        texts=tuple(embeddings(subjects)),
        understood=bool(manifests) or not isinstance(opened, Document),
    )
    if may_have_comments(source.text):
        report = _suppress(report, rules, settings, judge=files is not None)
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
        yield masked(source, hidden_in(open_source(source, files)))


def _suppress(report: Report, rules: Sequence[Rule], settings: Settings, *, judge: bool) -> Report:
    """Take away what comments suppress, and ask the rules about those comments."""
    from sidecar_lint.linting.suppressing import suppressions_of

    suppressions = suppressions_of(report, rules, settings, judge=judge)
    subject = Subject("check_suppressions", suppressions, ())
    asked = _Collector((), (subject,), (), Sharing(report.source))
    asked.run(rules)
    said = _mendable(asked.findings(), report.source)
    findings = tuple(sorted((*suppressions.findings, *said), key=_place))
    return replace(
        report,
        findings=findings,
        found=(*report.found, *said),
        suppressed=tuple(suppressions.suppressed),
    )


def _place(finding: Finding) -> tuple[int, int, str, str, tuple[str, ...]]:
    return (finding.span.start, finding.span.end, finding.code, finding.message, finding.environments)


class _Collector:
    """Runs rules over a file; equal findings of several environments become one."""

    def __init__(
        self,
        environments: tuple[str, ...],
        subjects: Sequence[Subject],
        manifests: Sequence[Manifest],
        sharing: Sharing,
    ) -> None:
        self._environments = environments
        self._subjects = subjects
        self._manifests = manifests
        self._sharing = sharing
        self._found: dict[Finding, list[str]] = {}

    def findings(self) -> tuple[Finding, ...]:
        """What was found, in the order of the text."""
        joined = (judged(finding, self._environments) for finding in self.as_found())
        return tuple(sorted(joined, key=_place))

    def as_found(self) -> Iterator[Finding]:
        """The same in the order of finding, as grave as the rules say."""
        for finding, environments in self._found.items():
            yield self._sharing.weigh(finding)._replace(environments=tuple(sorted(set(environments))))

    def run(self, rules: Iterable[Rule]) -> None:
        """Ask rules, one after the other."""
        then = perf_counter()
        for rule in rules:
            self._run(rule)
            now = perf_counter()
            if now - then > PATIENCE:
                self._add(_slow(rule, now - then), self._environments)
            then = now

    def _run(self, rule: Rule) -> None:
        kind = type(rule)
        try:
            for subject in self._subjects:
                if getattr(kind, subject.check) is not getattr(Rule, subject.check):
                    self._ask(rule, subject)
            if kind.check is not Rule.check and self._manifests:
                self._check(rule, self._manifests)
        except Exception as error:  # noqa: BLE001  a plug-in may raise anything
            self._add(_crash(rule, error), self._environments)

    def _ask(self, rule: Rule, subject: Subject) -> None:
        for finding in getattr(rule, subject.check)(subject.value):
            self._add(subject.moved(finding), finding.environments or subject.environments)

    def _check(self, rule: Rule, manifests: Sequence[Manifest]) -> None:
        base, *others = manifests
        reads = base.watch()
        findings = tuple(rule.check(base))
        same = [ANY_ENVIRONMENT]
        for manifest, environment in zip(others, self._environments[1:], strict=True):
            if reads.everything or not manifest.changed.isdisjoint(reads.sections):
                for finding in rule.check(manifest):
                    self._add(finding, (environment,))
            else:
                same.append(environment)
        for finding in findings:
            self._add(finding, same)

    def _add(self, finding: Finding, environments: Iterable[str]) -> None:
        plain = finding._replace(environments=()) if finding.environments else finding
        self._found.setdefault(plain, []).extend(environments)


def _crash(rule: Rule, error: Exception) -> Finding:
    return Finding(
        code=CRASH_CODE,
        name=CRASH_NAME,
        message=f"rule {rule.code} ({rule.name}) crashed: {described(error)}",
        span=Span(0, 0),
        severity=Severity.WARNING,
        stage=Stage.SILENT,
        effect="this rule did not check the file; the others did",
        help=f"report it to the author of {type(rule).__module__}",
    )


def _slow(rule: Rule, seconds: float) -> Finding:
    return Finding(
        code=SLOW_CODE,
        name=SLOW_NAME,
        message=f"rule {rule.code} ({rule.name}) took {seconds:.1f} s for this file",
        span=Span(0, 0),
        severity=Severity.INFO,
        stage=Stage.SILENT,
        effect="every run takes that long",
        help=f"ignore it, or tell the author of {type(rule).__module__}",
    )

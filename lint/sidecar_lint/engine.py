"""Linting: a text in, findings out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sidecar_lint.document import Document
from sidecar_lint.finding import ANY_ENVIRONMENT, Finding, Severity, Span, Stage
from sidecar_lint.manifest import Manifest
from sidecar_lint.registry import load_rules
from sidecar_lint.rule import Rule
from sidecar_lint.source import Source

#: Reported for a rule that raises: the rest of the run goes on.
CRASH_CODE: Final = "SL000"
CRASH_NAME: Final = "rule-crashed"


@dataclass(frozen=True)
class Report:
    """What was found in one file. `findings` are in the order of the text.

    `environments` are those the findings can hold in: "*", then what the file names. Where fixes
    were applied, `source` is the text after them, `original` the one before, `fixed` their number.
    """

    source: Source
    findings: tuple[Finding, ...]
    environments: tuple[str, ...] = (ANY_ENVIRONMENT,)
    fixed: int = 0
    original: Source | None = None

    @property
    def path(self) -> str:
        """The file as the user named it."""
        return self.source.path


def lint_text(text: str | bytes, path: str = "manifest.yml", rules: Sequence[Rule] | None = None) -> Report:
    """Lint a manifest that is in memory, with the given rules or with all that are installed.

    `path` is only a name. Anything is acceptable as text; raises RuleLoadError where the installed
    rules cannot be loaded, and nothing else.
    """
    source = Source.from_bytes(path, text) if isinstance(text, bytes) else Source(path, text)
    return lint_source(source, load_rules() if rules is None else rules)


def lint_paths(paths: Iterable[str | Path], rules: Sequence[Rule] | None = None) -> Iterator[Report]:
    """Lint manifest files one after the other. Raises OSError for a file that cannot be read."""
    for path in paths:
        yield lint_text(Path(path).read_bytes(), str(path), rules)


def lint_source(source: Source, rules: Sequence[Rule]) -> Report:
    """Lint one file."""
    document = Document(source)
    found = _Collector(document)
    for rule in rules:
        found.run(rule)
    return Report(source, tuple(sorted(found.findings(), key=_place)), document.environments)


def _place(finding: Finding) -> tuple[int, int, str, str]:
    return (finding.span.start, finding.span.end, finding.code, finding.message)


class _Collector:
    """Runs rules over a document; equal findings of several environments become one."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._found: dict[Finding, list[str]] = {}
        self._names_environments = bool(document.overrides)

    def findings(self) -> Iterator[Finding]:
        for finding, environments in self._found.items():
            yield self._judged(finding._replace(environments=tuple(sorted(set(environments)))))

    def run(self, rule: Rule) -> None:
        kind = type(rule)
        try:
            if kind.check_document is not Rule.check_document:
                for finding in rule.check_document(self._document):
                    self._add(finding, finding.environments or self._document.environments)
            if kind.check is not Rule.check and self._document.manifests:
                self._check(rule, self._document.manifests)
        except Exception as error:  # noqa: BLE001  a plug-in may raise anything
            self._add(_crash(rule, error), self._document.environments)

    def _check(self, rule: Rule, manifests: Sequence[Manifest]) -> None:
        base, *others = manifests
        reads = base.watch()
        findings = tuple(rule.check(base))
        same = [ANY_ENVIRONMENT]
        for manifest, environment in zip(others, self._document.overrides, strict=True):
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

    def _judged(self, finding: Finding) -> Finding:
        """A base that environments complete may be incomplete on purpose."""
        only_base = finding.environments == (ANY_ENVIRONMENT,)
        if only_base and self._names_environments and finding.severity is not Severity.INFO:
            return finding._replace(severity=Severity.INFO)
        return finding


def _crash(rule: Rule, error: Exception) -> Finding:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return Finding(
        code=CRASH_CODE,
        name=CRASH_NAME,
        message=f"rule {rule.code} ({rule.name}) crashed: {type(error).__name__}: {error}{where}",
        span=Span(0, 0),
        severity=Severity.WARNING,
        stage=Stage.SILENT,
        effect="this rule did not check the file; the others did",
        help=f"report it to the author of {type(rule).__module__}",
    )

"""Whether fixes do harm: what is found before and after them, held against each other.

A fix does harm where the file is not read any longer; where an environment fails at an earlier stage than
what the fix mends there, or fails where nothing is mended; and where its rule finds something in an
environment in which it found nothing: what is right for one environment need not be for others that
share the line. So no environment is refused, or fails sooner, that did not before.

Mistakes that were hidden do not count against a fix that has to be asked for. A fix that is surely meant
must not bring an error or a warning to light either, unless nothing was seen of the file before.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sidecar_lint.finding import ANY_ENVIRONMENT, Finding, Fix, Severity, Stage
from sidecar_lint.fixing.applying import Shift
from sidecar_lint.fixing.origins import FixOrigins
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.tree import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sidecar_lint.linting.report import Report
    from sidecar_lint.syntax.span import Span

_RANKS: Final = {stage: rank for rank, stage in enumerate(Stage)}
#: Of an environment in which nothing fails.
_FINE: Final = len(_RANKS)


class Verdict(NamedTuple):
    """What came of applying some fixes at once.

    Where they do `harm`, `guilty` are those of them that are known to be why, and `worse` is what is found
    because of it. What each `uncovered` was wrong before.
    """

    harm: bool = False
    guilty: frozenset[Fix] = frozenset()
    worse: tuple[Finding, ...] = ()
    uncovered: Mapping[Fix, Sequence[Finding]] = MappingProxyType({})


def judge(before: Report, after: Report, fixes: Sequence[Fix], *, unsafe: bool) -> Verdict:
    """Hold a file with fixes against the one without; with `unsafe` all of them were asked for."""
    if read(before.source).unread:
        return Verdict(harm=False)
    if read(after.source).unread:
        return Verdict(harm=True)
    if not before.understood:
        return Verdict(harm=False)
    return _Comparison(before, after, fixes).verdict(unsafe=unsafe)


def _is_grave(finding: Finding) -> bool:
    """Whether something fails; "*" may do so in silence, but to be refused is to be refused."""
    return finding.severity is not Severity.INFO or finding.stage is Stage.COPILOT


class _Comparison:
    """The findings of a file before and after some fixes."""

    def __init__(self, before: Report, after: Report, fixes: Sequence[Fix]) -> None:
        self._before = before
        self._after = after
        self._fixes = fixes
        self._shift = Shift(edit for fix in fixes for edit in fix.edits)

    def verdict(self, *, unsafe: bool) -> Verdict:
        """What to say of them."""
        origins = FixOrigins(self._before, self._after, self._fixes, self._shift)
        worse, guilty, uncovered = list[Finding](), set[Fix](), defaultdict[Fix, list[Finding]](list)
        for finding in self._new():
            fix, hidden = origins.of(finding.span.start)
            asked = unsafe or (fix is not None and not fix.safe)
            grave = _is_grave(finding)
            if not (fix and hidden and asked) and (self._is_worse(finding, fix) or (grave and not asked)):
                worse.append(finding)
                guilty.update((fix,) if fix else ())
            elif fix and grave:
                uncovered[fix].append(finding)
        return Verdict(bool(worse), frozenset(guilty), tuple(worse), uncovered)

    def _new(self) -> Iterator[Finding]:
        """What was not found before, or not in so many environments; with those in which it is new."""
        for finding in self._after.found:
            known = self._had.get((finding.code, finding.span), set())
            new = tuple(name for name in finding.environments if self._former(name) not in known)
            if new:
                yield finding._replace(environments=new)

    @cached_property
    def _had(self) -> dict[tuple[str, Span], set[str]]:
        """In which environments each rule found something at a place, which is where it is now."""
        had: dict[tuple[str, Span], set[str]] = {}
        for finding in self._before.found:
            had.setdefault((finding.code, self._shift.span(finding.span)), set()).update(finding.environments)
        return had

    @cached_property
    def _named(self) -> frozenset[str]:
        found = (name for finding in self._before.found for name in finding.environments)
        return frozenset((*self._before.environments, *found))

    def _former(self, environment: str) -> str:
        """What an environment was before: one that the file did not name was any other."""
        return environment if environment in self._named else ANY_ENVIRONMENT

    def _is_worse(self, finding: Finding, fix: Fix | None) -> bool:
        """Whether a new finding is harm that a fix did, or any of them where that is not known.

        It is if it is of an earlier stage than all that the fix mends in an environment, or of the same
        rule where that had found nothing.
        """
        mended = self._findings.get(fix, ()) if fix else ()
        codes = {each.code for each in mended} if fix else self._codes
        had = self._held[finding.code] if finding.code in codes else None
        was = _ranks(mended)
        rank = _RANKS[finding.stage] if _is_grave(finding) else _FINE
        return any(
            rank < was.get(name, _FINE) or (had is not None and name not in had)
            for name in map(self._former, finding.environments)
        )

    @cached_property
    def _held(self) -> dict[str, set[str]]:
        held: dict[str, set[str]] = {}
        for finding in self._before.found:
            held.setdefault(finding.code, set()).update(finding.environments)
        return held

    @cached_property
    def _findings(self) -> dict[Fix, list[Finding]]:
        """What each fix mends."""
        found: dict[Fix, list[Finding]] = {}
        for finding in self._before.found:
            for fix in finding.fixes:
                found.setdefault(fix, []).append(finding)
        return found

    @cached_property
    def _codes(self) -> frozenset[str]:
        """The rules of all that is mended."""
        mended = (self._findings.get(fix, ()) for fix in self._fixes)
        return frozenset(finding.code for findings in mended for finding in findings)


def _ranks(findings: Iterable[Finding]) -> dict[str, int]:
    """How early each environment fails for what is found."""
    ranks: dict[str, int] = {}
    for finding in filter(_is_grave, findings):
        for name in finding.environments:
            ranks[name] = min(ranks.get(name, _FINE), _RANKS[finding.stage])
    return ranks

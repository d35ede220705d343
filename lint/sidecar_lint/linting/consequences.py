"""One mistake, one finding: what follows from a finding that is told is only a related place of that.

Rules say what their findings follow from. It counts where the cause is told: in the same file, in the same
environments, and once comments, settings and the baseline have had their say. So nothing is lost where the
cause is not reported, and a cause that is less grave than what follows from it hides nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from sidecar_lint.finding import (
    ANY_ENVIRONMENT,
    Cause,
    Finding,
    Fix,
    Related,
    Severity,
    Stage,
    demoted,
    is_of_base_only,
)
from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from sidecar_lint.linting.report import Report

_EARLIEST: Final = {stage: rank for rank, stage in enumerate(Stage)}


def without_consequences(report: Report) -> Report:
    """A report whose findings do not follow from others; `with_consequences` are all of them."""
    found = _joined(report.findings)
    report = report._replace(findings=found, with_consequences=report.findings)
    if not any(finding.follows_from for finding in found):
        return report
    return report._replace(findings=tuple(_told(report, _following(found, report.environments))))


def _joined(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings without those that say the same, with the same effect, of other environments or through an alias.

    In other environments they may come at another stage, and have to do with other places: a variable that an
    environment overrides is another one. Where a value came through an alias, nothing is there to be changed.
    """
    found: dict[Finding, list[Finding]] = {}
    for finding in findings:
        what = finding._replace(
            environments=(),
            severity=Severity.ERROR,
            stage=Stage.SILENT,
            follows_from=(),
            related=(),
            fixes=(),
        )
        found.setdefault(what, []).append(finding)
    return tuple(_in_all(alike) for each in found.values() for alike in _with_one_fix(each))


def _with_one_fix(findings: list[Finding]) -> Iterable[list[Finding]]:
    """Findings apart by what would mend them, where there is more than one such thing."""
    if len({finding.fixes for finding in findings if finding.fixes}) <= 1:
        return (findings,)
    apart: defaultdict[tuple[Fix, ...], list[Finding]] = defaultdict(list)
    for finding in findings:
        apart[finding.fixes].append(finding)
    return apart.values()


def _in_all(findings: list[Finding]) -> Finding:
    if len(findings) == 1:
        return findings[0]
    first = min(findings, key=lambda each: (each.severity.rank, _EARLIEST[each.stage]))
    environments = sorted({name for each in findings for name in each.environments})
    return first._replace(
        stage=_earliest(findings),
        environments=tuple(environments),
        related=tuple(dict.fromkeys(place for each in findings for place in each.related)),
        fixes=next((each.fixes for each in findings if each.fixes), ()),
    )


class _Held(NamedTuple):
    """A finding, by its number, in one of its environments."""

    number: int
    environment: str


def _told(report: Report, following: dict[_Held, list[_Held]]) -> Iterator[Finding]:
    """What is left of findings, each with what follows from it."""
    involved = {held.number for cause, each in following.items() for held in (cause, *each)}
    origins = _origins(report.findings, report.environments, following, involved)
    consequences: defaultdict[_Held, list[Finding]] = defaultdict(list)
    for held, origin in sorted(origins.items()):
        if held.number != origin:
            consequences[_Held(origin, held.environment)].append(report.findings[held.number])
    for number, finding in enumerate(report.findings):
        if number not in involved:  # as most are
            yield finding
            continue
        environments = _environments(finding, report.environments)
        kept = tuple(each for each in environments if origins[_Held(number, each)] == number)
        if not kept:
            continue
        left = finding if kept == environments else _only(finding, kept, report.environments)
        behind = {each: consequences[_Held(number, each)] for each in kept}
        apart = tuple(_by_refusal(finding, behind))
        for alike in apart:
            told = left if len(apart) == 1 else left._replace(environments=alike)
            yield _standing_for(told, dict.fromkeys(each for name in alike for each in behind[name]))


def _by_refusal(cause: Finding, following: dict[str, list[Finding]]) -> Iterator[tuple[str, ...]]:
    """Environments in which Copilot refuses the manifest for what follows, and those in which it does not."""
    found: defaultdict[bool, list[str]] = defaultdict(list)
    for environment, consequences in following.items():
        found[_earliest((cause, *consequences)) is Stage.COPILOT].append(environment)
    yield from map(tuple, found.values())


def _earliest(findings: Iterable[Finding]) -> Stage:
    return min((each.stage for each in findings), key=_EARLIEST.__getitem__)


def _only(finding: Finding, kept: tuple[str, ...], environments: tuple[str, ...]) -> Finding:
    return demoted(finding._replace(environments=kept), environments)


def _standing_for(cause: Finding, consequences: Iterable[Finding]) -> Finding:
    """A finding with what follows from it as related places, and as early as the earliest of it."""
    following = tuple(sorted(consequences, key=lambda each: each.span))
    if not following:
        return cause
    related = (Related(each.span, f"{_word(each, cause)}: {each.message}") for each in following)
    return cause._replace(
        stage=_earliest((cause, *following)),
        effect=_effect(cause, following),
        related=tuple(dict.fromkeys((*cause.related, *related))),
    )


def _effect(cause: Finding, following: tuple[Finding, ...]) -> str:
    """The effect of a finding; where what follows from it is noticed earlier, its effect as well: the stage is of that."""
    first = min(following, key=lambda each: _EARLIEST[each.stage])
    if _EARLIEST[first.stage] >= _EARLIEST[cause.stage] or not (cause.effect and first.effect):
        return cause.effect
    return f"{cause.effect}; as it is, {first.effect}"


def _word(consequence: Finding, cause: Finding) -> str:
    return "likewise" if consequence.code == cause.code else "therefore"


def _environments(finding: Finding, environments: tuple[str, ...]) -> tuple[str, ...]:
    """Where a finding holds; one of a file that has no environments holds in one like any other."""
    return finding.environments or environments or (ANY_ENVIRONMENT,)


def _origins(
    findings: tuple[Finding, ...],
    environments: tuple[str, ...],
    following: dict[_Held, list[_Held]],
    involved: set[int],
) -> dict[_Held, int]:
    """For each finding that is `involved`, and environment, the number of the one that is told there.

    That is itself, or what it follows from.
    """
    every = [
        _Held(number, each)
        for number in sorted(involved)
        for each in _environments(findings[number], environments)
    ]
    dependent = {held for each in following.values() for held in each}
    origins: dict[_Held, int] = {}
    # What follows from nothing is told first. Then what is graver than that, and one of those in a circle.
    for held in (*(each for each in every if each not in dependent), *every):
        if held not in origins:
            cause = findings[held.number]
            # In the base alone nothing is graver than information.
            hides = Severity.ERROR if is_of_base_only(cause, environments) else cause.severity
            origins.update(dict.fromkeys(_hidden(held, hides, findings, following, origins), held.number))
    return origins


def _hidden(
    origin: _Held,
    gravest: Severity,
    findings: tuple[Finding, ...],
    following: dict[_Held, list[_Held]],
    known: Container[_Held],
) -> set[_Held]:
    """A finding that is told, and what follows from it directly or not and is not graver."""
    found: set[_Held] = set()
    waiting = [origin]
    while waiting:
        held = waiting.pop()
        if held not in found and held not in known and findings[held.number].severity.rank >= gravest.rank:
            found.add(held)
            waiting += following.get(held, ())
    return found


def _following(findings: tuple[Finding, ...], environments: tuple[str, ...]) -> dict[_Held, list[_Held]]:
    """What follows directly from each finding in each environment."""
    places = _Places(findings, environments)
    following: defaultdict[_Held, list[_Held]] = defaultdict(list)
    for number, finding in enumerate(findings):
        for environment in _environments(finding, environments) if finding.follows_from else ():
            for cause in finding.follows_from:
                found = places.first(cause, environment)
                if found is not None:
                    following[_Held(found, environment)].append(_Held(number, environment))
    return following


class _Places:
    """Where the findings of each rule begin, in each environment; of those rules that others name as a cause."""

    def __init__(self, findings: tuple[Finding, ...], environments: tuple[str, ...]) -> None:
        self._found: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        causes = {cause.code for finding in findings for cause in finding.follows_from}
        for number, finding in enumerate(findings):
            for environment in _environments(finding, environments) if finding.code in causes else ():
                self._found[finding.code, environment].append((finding.span.start, number))
        for found in self._found.values():
            found.sort()

    def first(self, cause: Cause, environment: str) -> int | None:
        """The number of the finding that a cause names; None where there is none in an environment."""
        found = self._found.get((cause.code, environment), [])
        at = bisect_left(found, (cause.span.start, -1))
        last = max(cause.span.start, cause.span.end - 1)
        return found[at][1] if at < len(found) and found[at][0] <= last else None

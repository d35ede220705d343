"""Asking rules about a file, and joining what they find."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sidecar_lint.crash import was_interrupted
from sidecar_lint.finding import ANY_ENVIRONMENT, Cause, Finding, demoted
from sidecar_lint.linting.check_target import MANIFEST_HOOKS, findings_in
from sidecar_lint.linting.rule_failures import PATIENCE, crashed, slow
from sidecar_lint.linting.stopwatch import Stopwatch
from sidecar_lint.manifests.read_tracking import Differences
from sidecar_lint.rulebook.registry import Subject, about
from sidecar_lint.workspace.workspace import Postponed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sidecar_lint.linting.check_target import CheckTarget
    from sidecar_lint.linting.sharing import Sharing
    from sidecar_lint.manifests.manifest import Manifest
    from sidecar_lint.rulebook.rule import Hook, Rule


class Cancelled(Exception):  # noqa: N818  nothing is wrong: there is something newer to do
    """Linting was given up, and nothing came of it."""


class CancellationToken:
    """Goes to whoever does the work, which asks it between two rules. This one never cancels anything."""

    def check(self) -> None:
        """Raises Cancelled where the work is not wanted any longer."""


NEVER = CancellationToken()


class RuleRunner:
    """Runs rules over a file; equal findings of several environments become one, whatever they follow from.

    `is_partial` where a rule has to wait, and was not asked all.
    """

    def __init__(
        self,
        environments: tuple[str, ...],
        targets: Sequence[CheckTarget[Any]],
        manifests: Sequence[Manifest],
        sharing: Sharing,
        cancellation: CancellationToken,
    ) -> None:
        self._environments = environments
        self._targets: dict[Hook, list[CheckTarget[Any]]] = {}
        for target in targets:
            self._targets.setdefault(target.hook, []).append(target)
        self._manifests = manifests
        numbers: dict[Differences, int] = {}
        #: The manifests of named environments; of many most differ from the base in the same places.
        self._others = [
            (manifest, environment, numbers.setdefault(manifest.differences, len(numbers)))
            for manifest, environment in zip(
                manifests[1:], environments[1:] if manifests else (), strict=True
            )
        ]
        self._differences = tuple(numbers)
        self._anywhere = Differences(
            frozenset(place for each in numbers for place in each.places),
            frozenset(section for each in numbers for section in each.sections),
        )
        self._hooks = frozenset((*self._targets, *(MANIFEST_HOOKS if manifests else ())))
        self._sharing = sharing
        self._cancellation = cancellation
        self.is_partial = False
        self._found: dict[Finding, list[str]] = {}
        self._causes: dict[Finding, dict[Cause, None]] = {}

    def findings(self) -> tuple[Finding, ...]:
        """What was found, in the order of the text."""
        joined = (demoted(finding, self._environments) for finding in self.as_found())
        return tuple(sorted(joined, key=place))

    def as_found(self) -> Iterator[Finding]:
        """The same in the order of finding, as grave as the rules say."""
        for finding, environments in self._found.items():
            yield self._sharing.weigh(finding)._replace(
                environments=tuple(sorted(set(environments))),
                follows_from=tuple(self._causes.get(finding, ())),
            )

    def run(self, rules: Sequence[Rule]) -> None:
        """Ask rules, one after the other. Raises Cancelled."""
        asked = about(rules, Subject(self._hooks, self._sharing.text))
        watch = Stopwatch()
        for rule in asked:
            if self._hooks.isdisjoint(rule.hooks):
                continue
            if self._cancellation is not NEVER:
                self._cancellation.check()
                watch.lap()
            self._run(rule)
            if (took := watch.lap()) > PATIENCE:
                self._add(slow(rule, took), self._environments)

    def _run(self, rule: Rule) -> None:
        try:
            asks_manifests = False
            for hook in rule.hooks:
                if hook in MANIFEST_HOOKS:
                    asks_manifests = True
                for target in self._targets.get(hook, ()):
                    for finding in target.findings(rule):
                        self._add(finding, finding.environments or target.environments)
            if asks_manifests and self._manifests:
                self._check(rule, self._manifests[0])
        except Postponed:
            self.is_partial = True
        except Exception as error:
            if was_interrupted(error):
                raise KeyboardInterrupt from error
            self._add(crashed(rule, error), self._environments)

    def _check(self, rule: Rule, base: Manifest) -> None:
        reads = base.watch()
        findings = findings_in(base, rule)
        is_apart = reads.meet(self._anywhere)
        if not findings and not is_apart:
            return
        again = [is_apart and reads.meet(each) for each in self._differences]
        same = [ANY_ENVIRONMENT]
        for manifest, environment, number in self._others:
            if again[number]:
                for finding in findings_in(manifest, rule):
                    self._add(finding, (environment,))
            else:
                same.append(environment)
        for finding in findings:
            self._add(finding, same)

    def _add(self, finding: Finding, environments: Iterable[str]) -> None:
        causes = finding.follows_from
        plain = (
            finding._replace(environments=(), follows_from=()) if finding.environments or causes else finding
        )
        if causes:
            self._causes.setdefault(plain, {}).update(dict.fromkeys(causes))
        self._found.setdefault(plain, []).extend(environments)


def place(finding: Finding) -> tuple[int, int, str, str, tuple[str, ...]]:
    """What findings of a file are sorted by: the order of the text."""
    return (finding.span.start, finding.span.end, finding.code, finding.message, finding.environments)

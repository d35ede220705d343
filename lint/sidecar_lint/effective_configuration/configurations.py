"""What is in force for each file: its configuration, and the command line over that."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from sidecar_lint.configuration.values import FAIL_ON
from sidecar_lint.dates import Calendar
from sidecar_lint.linting.rule_failures import ALWAYS_TOLD
from sidecar_lint.linting.settings import PLAIN, FindingSettings
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.rulebook.option import dated
from sidecar_lint.rulebook.registry import only
from sidecar_lint.rulebook.selection import choose, codes_of, holding, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sidecar_lint.configuration.file import ConfigurationFile
    from sidecar_lint.linting.baseline import Baseline
    from sidecar_lint.rulebook.rule import Rule
    from sidecar_lint.rulebook.ruleset import Ruleset
    from sidecar_lint.workspace.files import Files


class CommandLineOverrides(NamedTuple):
    """What the command line says; it wins over every configuration.

    `select` and `ignore` as `--select` and `--ignore`; `fail_on` the word, empty where it says
    nothing; `baseline` is held against the findings instead of the configured one, which
    `no_baseline` leaves out.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = ""
    baseline: Baseline | None = None
    no_baseline: bool = False
    today: date | None = None


_NOTHING: Final = CommandLineOverrides()


class EffectiveConfiguration(NamedTuple):
    """What a file is linted with: the rules that are run, and what becomes of what they find.

    `left_out` are the rules that could be run for it, and are not.
    """

    rules: Sequence[Rule]
    settings: FindingSettings
    configuration: ConfigurationFile | None = None
    left_out: Sequence[Rule] = ()

    @property
    def mistaken(self) -> tuple[str, ...]:
        """The path of the configuration, if there is something to say of it."""
        made = self.configuration
        if made is None:
            return ()
        from sidecar_lint.linting.configuration_mistakes import mistakes_in

        return (made.path,) if made.unread or mistakes_in(made) else ()

    @property
    def is_misconfigured(self) -> bool:
        """Whether the configuration says something wrong."""
        return self.configuration is not None and _is_mistaken(self.configuration)


class Configurations:
    """What is in force for each file. `rules` are the ones to choose from; without them, those installed."""

    def __init__(
        self, overrides: CommandLineOverrides = _NOTHING, rules: Sequence[Rule] | None = None
    ) -> None:
        self._overrides = overrides
        self._rules = rules
        self._made: dict[int, _Made] = {}

    @cached_property
    def _installed(self) -> Sequence[Rule]:
        from sidecar_lint.rulebook.registry import load_rules

        return load_rules() if self._rules is None else self._rules

    def rules(self, paths: Iterable[str], files: Files) -> Sequence[Rule]:
        """Every rule that may be run for these files; those that the command line chooses, if it does.

        Raises UnknownRule where it names one that there is neither here nor in a configuration.
        """
        found = {id(each): each for path in paths if (each := files.configuration(path))}
        rulesets = [_ruleset(each) for each in found.values()]
        own = {rule.code: rule for each in rulesets for rule in each.own}
        known = (*self._installed, *own.values()) if own else self._installed
        all_known = all(each.is_whole for each in rulesets)
        return choose(known, self._overrides.select, self._overrides.ignore, all_known=all_known)

    def of(self, path: str, files: Files) -> EffectiveConfiguration:
        """What is in force for a file."""
        configuration = files.configuration(path)
        made = self._made.get(id(configuration))
        if made is None:
            made = _Made(self._installed, self._overrides, configuration, isolated=files.isolated)
            self._made[id(configuration)] = made
        if files.is_configuration(path):
            return EffectiveConfiguration(
                made.rules_about_it, FindingSettings(fail_on=made.settings.fail_on), configuration
            )
        ignored = made.ignored_in(path)
        rules = made.rules_without(ignored)
        return EffectiveConfiguration(
            rules, made.settings_without(ignored), configuration, _without(made.rules, rules)
        )


def _ruleset(configuration: ConfigurationFile) -> Ruleset:
    """The rules that a configuration may name. Most files have none, and pay for no more than that question."""
    from sidecar_lint.rulebook.ruleset import ruleset_of

    return ruleset_of(configuration)


def _is_mistaken(configuration: ConfigurationFile) -> bool:
    from sidecar_lint.linting.configuration_mistakes import is_mistaken

    return is_mistaken(configuration)


def _without(rules: Sequence[Rule], run: Sequence[Rule]) -> Sequence[Rule]:
    if run is rules:
        return ()
    codes = {rule.code for rule in run}
    return tuple(rule for rule in rules if rule.code not in codes)


def _are_the_same(rules: Sequence[Rule], others: Sequence[Rule]) -> bool:
    return rules is others or tuple(rules) == tuple(others)


class _Made:
    """What one configuration means."""

    def __init__(
        self,
        installed: Sequence[Rule],
        overrides: CommandLineOverrides,
        configuration: ConfigurationFile | None,
        *,
        isolated: bool,
    ) -> None:
        self._installed = installed
        self._isolated = isolated
        self._overrides = overrides
        self._configuration = configuration
        self.known = installed
        self.rules = holding(installed)
        if configuration:
            ruleset = _ruleset(configuration)
            own = ruleset.own if _are_the_same(installed, ruleset.installed) else ()
            self.known = (*installed, *own) if own else installed
            self.rules = holding(ruleset.configured(self.known), configuration.copilot_version)
        own_dates = dict(configuration.dates) if configuration else {}
        if own_dates or overrides.today:
            calendar = Calendar(overrides.today, own_dates)
            self.rules = tuple(dated(rule, calendar) for rule in self.rules)
        #: The codes that are ignored everywhere.
        self._ignored = frozenset[str]()
        self._chosen = self._choice()

    def _choice(self) -> Sequence[Rule]:
        """The rules that are selected and not ignored, wherever that is said."""
        made, known = self._configuration, self.known
        select = split(self._overrides.select) or ([each.text for each in made.select] if made else [])
        ignore = [each.text for each in made.ignore] if made else []
        if not (select or ignore or self._overrides.ignore):
            return self.rules
        asked = codes_of(known, split(self._overrides.select))
        ignored = (codes_of(known, ignore) - asked) | codes_of(known, split(self._overrides.ignore))
        self._ignored = frozenset(ignored)
        selected = codes_of(known, select) if select else {rule.code for rule in known}
        return only(self.rules, lambda rule: rule.code in selected - ignored)

    @property
    def rules_about_it(self) -> Sequence[Rule]:
        """The rules that are run for the configuration itself: where it is wrong, none can be ignored."""
        ignored = codes_of(self._installed, split(self._overrides.ignore))
        if not ignored or (self._configuration and _is_mistaken(self._configuration)):
            return self._installed
        return only(self._installed, lambda rule: rule.code not in ignored)

    def ignored_in(self, path: str) -> frozenset[str]:
        """The codes that are ignored in a file and not in others."""
        if self._configuration is None or not self._file_ignores:
            return frozenset()
        from sidecar_lint.files.patterns import matches

        inside = self._configuration.relative(path)
        found = (codes for pattern, codes in self._file_ignores if matches(pattern, inside))
        return frozenset(code for codes in found for code in codes)

    def rules_without(self, ignored: frozenset[str]) -> Sequence[Rule]:
        """The rules that are run where some more are ignored."""
        return only(self._chosen, lambda rule: rule.code not in ignored) if ignored else self._chosen

    def settings_without(self, ignored: frozenset[str]) -> FindingSettings:
        """What becomes of findings where some more are ignored."""
        silenced = ignored & ALWAYS_TOLD
        if not silenced:
            return self.settings
        return self.settings._replace(silenced=self.settings.silenced | silenced)

    @cached_property
    def _file_ignores(self) -> list[tuple[str, set[str]]]:
        pairs = self._configuration.file_ignores if self._configuration else ()
        return [(key.text, codes_of(self.known, (word.text for word in words))) for key, words in pairs]

    @cached_property
    def settings(self) -> FindingSettings:
        """What becomes of findings."""
        made, overrides, silenced = self._configuration, self._overrides, self._ignored & ALWAYS_TOLD
        is_plain = made is None and not self._isolated and not silenced
        if is_plain and overrides._replace(select=(), ignore=()) == _NOTHING:
            return PLAIN
        settings = self._configured(made) if made else PLAIN._replace(all_known=not self._isolated)
        settings = settings._replace(silenced=silenced)
        if overrides.fail_on:
            settings = settings._replace(fail_on=FAIL_ON[overrides.fail_on])
        if overrides.baseline or overrides.no_baseline:
            settings = settings._replace(baseline=overrides.baseline)
        return settings._replace(today=overrides.today)

    def _configured(self, made: ConfigurationFile) -> FindingSettings:
        from sidecar_lint.linting.baseline import configured_baseline

        ruleset = _ruleset(made)
        # The more exactly a rule is named, the more its severity counts.
        severities = sorted(made.severities, key=lambda each: len(each[0].text))
        return FindingSettings(
            severities={
                code: value for key, value in severities for code in codes_of(self.known, [key.text])
            },
            ignored={
                key.text: frozenset(codes_of(self.known, (word.text for word in words)))
                for key, words in made.environment_ignores
            },
            fail_on=FAIL_ON[made.fail_on.text] if made.fail_on else PLAIN.fail_on,
            require_reasons=made.require_reasons,
            baseline=configured_baseline(made),
            others=ruleset.own,
            all_known=ruleset.is_whole,
        )

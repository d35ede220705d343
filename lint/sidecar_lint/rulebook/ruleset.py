"""The rules that a configuration knows: those installed and its own, with their options."""

from __future__ import annotations

import os
from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.configuration.mistakes import Mistake, MistakeKind
from sidecar_lint.rulebook.configuration_schema import misfits, plain
from sidecar_lint.rulebook.option import configured, schema_of
from sidecar_lint.rulebook.registry import PLUGINS_VARIABLE, RuleLoadError, join, load_path, load_rules
from sidecar_lint.rulebook.selection import codes_of, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sidecar_lint.configuration.file import ConfigurationFile
    from sidecar_lint.rulebook.rule import Rule
    from sidecar_lint.syntax.nodes import Scalar
    from sidecar_lint.syntax.span import Span

_LEFT_OUT: Final = "the rules that `plugins` names are left out: they are code of this repository"
_HOW_TO_ALLOW: Final = (
    f"where you trust its authors, allow them: `--allow-plugins`, `{PLUGINS_VARIABLE}=1`, or the setting "
    "`sidecarLint.plugins` in Visual Studio Code"
)


def ruleset_of(configuration: ConfigurationFile) -> Ruleset:
    """The rules that a configuration may name: those installed and its own."""
    return configuration.once(Ruleset)


class Ruleset:
    """The rules that a configuration may name. `mistakes` has what it says wrongly about rules."""

    def __init__(self, configuration: ConfigurationFile) -> None:
        self._configuration = configuration
        self.mistakes: list[Mistake] = []
        self.installed: Sequence[Rule] = load_rules()
        #: Where rules of its own may not be loaded, nobody knows which words name them.
        allowed = not configuration.plugins or configuration.plugins_allowed
        self.is_whole = allowed
        self.all = self._with_plugins() if allowed else self.installed
        self.mistakes += () if allowed else self._left_out()
        self.mistakes += self._unknown() if self.is_whole else ()
        self.options = dict(self._options())

    @property
    def own(self) -> tuple[Rule, ...]:
        """The rules that only this configuration brings."""
        if self.all is self.installed:
            return ()
        installed = set(self.installed)
        return tuple(rule for rule in self.all if rule not in installed)

    def configured(self, rules: Sequence[Rule]) -> Sequence[Rule]:
        """Rules with the options that are set for them."""
        options = self.options
        if not options:
            return rules
        return tuple(configured(rule, options[rule.code]) if rule.code in options else rule for rule in rules)

    def _with_plugins(self) -> Sequence[Rule]:
        rules = self.installed
        for place in self._configuration.plugins:
            path = self._configuration.resolve(place)
            if why := self._configuration.unread_plugin(path):
                self.mistakes.append(self._configuration.mistake(place.span, path, why))
                self.is_whole = False
                continue
            try:
                rules = join(rules, load_path(os.path.abspath(path)), path)
            except RuleLoadError as error:
                self.mistakes.append(
                    Mistake(MistakeKind.PLUGIN, place.span, f"{place.text!r}: {error.reason}")
                )
        return rules

    def _left_out(self) -> Iterator[Mistake]:
        node = self._configuration.root.get("plugins")
        if node is not None:
            yield Mistake(MistakeKind.LEFT_OUT, (node.key or node).span, _LEFT_OUT, _HOW_TO_ALLOW)

    def _words(self) -> Iterator[Scalar]:
        """Every word that should name rules."""
        made = self._configuration
        yield from (*made.select, *made.ignore)
        for _, words in (*made.file_ignores, *made.environment_ignores):
            yield from words
        yield from (key for key, _ in (*made.severities, *made.rules))

    def _unknown(self) -> Iterator[Mistake]:
        for word in self._words():
            if not codes_of(self.all, [word.text]):
                near = nearest(self.all, word.text)
                help_ = f"write `{near}`" if near else "`sidecar-lint rules` lists them"
                yield Mistake(MistakeKind.RULE, word.span, f"no rule is called {word.text!r}", help_, near)

    def _options(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for key, node in self._configuration.rules:
            rule = next((each for each in self.all if key.text.upper() == each.code.upper()), None)
            rule = rule or next((each for each in self.all if key.text.lower() == each.name), None)
            if rule is None:
                if codes_of(self.all, [key.text]):
                    self.mistakes.append(
                        Mistake(MistakeKind.RULE, key.span, f"{key.text!r} is not one rule alone")
                    )
                continue
            wrong = list(misfits(node, schema_of(rule), ("rules", key.text)))
            self.mistakes += wrong
            spoilt = sorted(each.span.start for each in wrong)
            values = {
                name.text: plain(value)
                for name, value in node
                if not (_begins_in(name.span, spoilt) or _begins_in(value.span, spoilt))
            }
            yield rule.code, values


def _begins_in(span: Span, places: Sequence[int]) -> bool:
    """Whether one of some places, in their order, is in a span."""
    first = bisect_left(places, span.start)
    return first < len(places) and places[first] <= span.end

"""Finding the rules: every class under the packages of the entry-point group `sidecar_lint.rules`.

The built-in rules come in by the same door as anybody's.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType
from typing import Final

from sidecar_lint.rule import Rule

GROUP: Final = "sidecar_lint.rules"


class RuleLoadError(Exception):
    """A package of rules that cannot be used: which one, and why."""

    def __init__(self, package: str, reason: str) -> None:
        super().__init__(f"cannot load the rules of {package!r}: {reason}")
        self.package = package
        self.reason = reason


@cache
def load_rules() -> tuple[Rule, ...]:
    """One instance of every installed rule, by code.

    Raises RuleLoadError where a package cannot be imported or two rules have one code or name.
    """
    found: dict[str, Rule] = {}
    for entry_point in sorted(entry_points(group=GROUP), key=lambda each: each.name):
        for rule in _rules_of(entry_point):
            _refuse_clash(rule, found.values(), entry_point.value)
            found[rule.code] = rule
    return tuple(found[code] for code in sorted(found))


def _rules_of(entry_point: EntryPoint) -> Iterator[Rule]:
    try:
        package = entry_point.load()
        modules = list(_modules(package))
    except Exception as error:
        raise RuleLoadError(entry_point.value, f"{type(error).__name__}: {error}") from error
    for module in modules:
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Rule) and value.__module__ == module.__name__:
                yield value()


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    yield package
    prefix = package.__name__ + "."
    for found in pkgutil.walk_packages(getattr(package, "__path__", ()), prefix):
        yield import_module(found.name)


def _refuse_clash(rule: Rule, others: Iterable[Rule], package: str) -> None:
    for attribute in ("code", "name", "severity", "stage"):
        if not hasattr(rule, attribute):
            raise RuleLoadError(package, f"{type(rule).__name__} has no {attribute!r}")
    for other in others:
        if rule.code == other.code or rule.name == other.name:
            clash = f"{rule.code} {rule.name} is also {other.code} {other.name} of {type(other).__module__}"
            raise RuleLoadError(package, clash)

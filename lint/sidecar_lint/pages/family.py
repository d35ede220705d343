"""Families of rules: a package of rules is one, and its docstring says what they are about."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from typing import NamedTuple

from sidecar_lint.rulebook.rule import Rule


class Family(NamedTuple):
    """The beginning of its codes (`SL1`), where the package says it, and what its rules are about."""

    codes: str
    about: str

    @property
    def title(self) -> str:
        """Both on one line."""
        return f"{self.codes}: {self.about}" if self.codes else self.about

    @property
    def short(self) -> str:
        """The same, up to the first comma or colon."""
        return f"{self.codes} {re.split('[,:]', self.about)[0]}".strip()


def family_of(rule: Rule) -> Family:
    """The family of a rule, from the first line of its package's docstring: `SL1: sidecars, and …`."""
    package = type(rule).__module__.rpartition(".")[0] or type(rule).__module__
    first, *_ = (sys.modules[package].__doc__ or package).strip().split("\n")
    codes, colon, about = first.rstrip(".").partition(": ")
    return Family(codes, about) if colon and " " not in codes else Family("", first.rstrip("."))


def by_family(rules: Iterable[Rule]) -> dict[Family, list[Rule]]:
    """The rules by their family, both in the order of the codes."""
    families: dict[Family, list[Rule]] = {}
    for rule in sorted(rules, key=lambda each: each.code):
        families.setdefault(family_of(rule), []).append(rule)
    return families

"""Families of rules: a package of rules is one, and its docstring says what they are about."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.rulebook.registry import LOCAL

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

    from sidecar_lint.rulebook.rule import Rule


class Family(NamedTuple):
    """The beginning of its codes (`SL1`), where the package says it, and what its rules are about.

    A dash stands between the first and the last (`SL81x-SL83x`), a comma between several.
    """

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
    module = sys.modules[package]
    first, *_ = (module.__doc__ or _called(module)).strip().split("\n")
    codes, colon, about = first.rstrip(".").partition(": ")
    return Family(codes, about) if colon and " " not in codes else Family("", first.rstrip("."))


def _called(module: ModuleType) -> str:
    """What its author calls a module: by its file where its name is one that we made up."""
    if module.__file__ is None or not module.__name__.startswith(LOCAL):
        return module.__name__
    return os.path.basename(module.__file__.removesuffix(f"{os.sep}__init__.py"))


def by_family(rules: Iterable[Rule]) -> dict[Family, list[Rule]]:
    """The rules by their family, both in the order of the codes."""
    families: dict[Family, list[Rule]] = {}
    for rule in sorted(rules, key=lambda each: each.code):
        families.setdefault(family_of(rule), []).append(rule)
    return families

"""The versions of Copilot, and which rules hold for which."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sidecar_lint.rulebook.rule import Rule

#: Major, minor and perhaps patch.
Version = tuple[int, ...]

#: The last release there will be.
LATEST: Final[Version] = (1, 34)


def holding(rules: Iterable[Rule], version: Version = LATEST) -> tuple[Rule, ...]:
    """The rules that hold for a version of Copilot."""
    return tuple(rule for rule in rules if rule.before is None or version < rule.before)

"""Which rules hold for which version of Copilot."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sidecar_lint.configuration.values import LATEST, Version

if TYPE_CHECKING:
    from sidecar_lint.rulebook.rule import Rule


def holding(rules: Iterable[Rule], version: Version = LATEST) -> tuple[Rule, ...]:
    """The rules that hold for a version of Copilot."""
    return tuple(rule for rule in rules if rule.before is None or version < rule.before)

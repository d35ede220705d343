"""Which rules hold for which version of Copilot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.configuration.values import LATEST, Version
from sidecar_lint.rulebook.installed import only

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidecar_lint.rulebook.rule import Rule


def holding(rules: Sequence[Rule], version: Version = LATEST) -> Sequence[Rule]:
    """The rules that hold for a version of Copilot."""
    return only(rules, lambda rule: rule.before is None or version < rule.before)

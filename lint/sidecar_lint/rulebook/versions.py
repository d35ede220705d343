"""The versions of Copilot, and which rules hold for which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sidecar_lint.rulebook.installed import only

if TYPE_CHECKING:
    from sidecar_lint.rulebook.rule import Rule

#: Major, minor and perhaps patch.
Version = tuple[int, ...]

#: The last release there will be.
LATEST: Final[Version] = (1, 34)


def holding(rules: Sequence[Rule], version: Version = LATEST) -> Sequence[Rule]:
    """The rules that hold for a version of Copilot."""
    return only(rules, lambda rule: rule.before is None or version < rule.before)

"""Turning the mistakes of a configuration into findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import Edit, Finding, Fix, Rule, quoted

if TYPE_CHECKING:
    from sidecar_lint import CheckedConfiguration


def findings(rule: Rule, configuration: CheckedConfiguration, kind: str) -> Iterator[Finding]:
    """The mistakes of one kind as findings of a rule."""
    for mistake in configuration.mistakes:
        if mistake.kind == kind:
            right = mistake.right
            fixes = (
                (Fix(f"write `{right}`", (Edit(mistake.span, quoted(right, "")),)),)
                if right is not None
                else ()
            )
            yield rule.finding(mistake.span, mistake.message, help=mistake.help, fixes=fixes)

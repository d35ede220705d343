"""A finding in the words that an editor shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.finding import ANY_ENVIRONMENT, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OTHERS: Final = "any environment that the file does not name"


def message(finding: Finding, environments: Sequence[str]) -> str:
    """What is wrong, and below it what happens, where, and what to write; `environments` are the report's."""
    return "\n".join((finding.message, *_notes(finding, environments)))


def _notes(finding: Finding, environments: Sequence[str]) -> Iterator[str]:
    if finding.effect:
        when = finding.when(environments)
        yield f"{finding.effect} ({when})" if when else finding.effect
    where = _held_in(finding.environments, environments)
    if where:
        yield f"in {where}"
    if finding.help:
        yield finding.help


def _held_in(held: Sequence[str], known: Sequence[str]) -> str:
    """Nothing to say where a finding holds everywhere."""
    if set(held) >= set(known):
        return ""
    names = [name for name in held if name != ANY_ENVIRONMENT]
    return ", ".join([*names, _OTHERS] if ANY_ENVIRONMENT in held else names)

"""What is said of a finding besides its message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.address import url_of
from sidecar_lint.finding import ANY_ENVIRONMENT, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OTHERS: Final = "any that the file does not name"


def notes(finding: Finding, environments: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Names and texts, in the order to read them; `environments` are those of the report."""
    if finding.effect:
        yield "effect", finding.effect
    when = finding.when(environments)
    if when:
        yield "when", when
    where = held_in(finding.environments, environments)
    if where:
        yield "environments", where
    if finding.help:
        yield "help", finding.help
    url = url_of(finding.name)
    if url:
        yield "more", url


def paragraph(finding: Finding, environments: Sequence[str]) -> str:
    """The message and the notes, a line each: for formats that have one text for all."""
    lines = (f"{name}: {text}" for name, text in notes(finding, environments))
    return "\n".join((finding.message, *lines))


def held_in(held: Sequence[str], known: Sequence[str]) -> str:
    """In which environments a finding holds; nothing to say where the file names none."""
    if set(known) <= {ANY_ENVIRONMENT}:
        return ""
    if set(held) >= set(known):
        return "all"
    names = [name for name in held if name != ANY_ENVIRONMENT]
    if ANY_ENVIRONMENT not in held:
        return ", ".join(names)
    return f"{', '.join(names)}, and {_OTHERS}" if names else _OTHERS

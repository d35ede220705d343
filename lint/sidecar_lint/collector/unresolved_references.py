"""References that cannot be resolved, and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.collector.values import expansion_of
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sidecar_lint.collector.references import ConfigurationReference
    from sidecar_lint.syntax.nodes import Scalar


class Fault(NamedTuple):
    """A reference that the collector refuses, where it stands in the text."""

    span: Span
    reference: ConfigurationReference


def faults(text: str, scalars: Iterable[Scalar]) -> Iterator[Fault]:
    """Every reference in the values of a text that the collector refuses."""
    for scalar in scalars:
        expansion = expansion_of(scalar) if "${" in scalar.text else None
        for reference in expansion.references if expansion else ():
            if reference.fault:
                yield Fault(_place(text, scalar, reference), reference)


def _place(text: str, scalar: Scalar, reference: ConfigurationReference) -> Span:
    """The reference itself, where the text has it as it is; otherwise the value that holds it."""
    written = f"${{{reference.uri}}}"
    at = text.find(written, scalar.span.start, scalar.span.end)
    return Span(at, at + len(written)) if at != -1 else scalar.place

"""A stretch of a file."""

from __future__ import annotations

from sidecar_lint.named_tuple import NamedTuple


class Span(NamedTuple):
    """A stretch of a file: zero-based code-point offsets, `end` excluded."""

    start: int
    end: int

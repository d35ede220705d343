"""The entries of a text, where they are written."""

from __future__ import annotations

from sidecar_lint.syntax.outline import Outline
from sidecar_lint.syntax.source import Source


def test_what_a_merge_brings_is_an_entry_where_it_is_written() -> None:
    outline = Outline(Source("m.yml", "b: &b {x: 1}\na:\n  <<: *b\n  y: 2\n"))
    assert [entry.path for entry in outline.entries] == [("b",), ("b", "x"), ("a",), ("a", "y")]

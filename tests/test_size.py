"""How many values a tree has."""

from __future__ import annotations

import pytest

from sidecar_lint.syntax.nodes import size
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.tree import read


@pytest.mark.parametrize(
    ("text", "count"),
    [("a", 1), ("a: b", 2), ("a: {b: 1, c: [x, y]}", 6), ("a: &a [x, y]\nb: *a\nc: [*a]\n", 11)],
)
def test_each_value_counts_and_what_several_aliases_stand_for_for_each(text: str, count: int) -> None:
    root = read(Source("m.yml", text)).root
    assert root is not None
    assert size(root) == count

"""A message stays one that can be read."""

from __future__ import annotations

import pytest

from sidecar_lint import enumerated, lint_text
from sidecar_lint.phrasing import shortened


@pytest.mark.parametrize(
    ("names", "last", "text"),
    [
        ([], ", ", ""),
        (["a"], ", ", "a"),
        (["a", "b"], " and ", "a and b"),
        (["a", "b", "c"], ", ", "a, b, c"),
    ],
)
def test_names_in_a_row(names: list[str], last: str, text: str) -> None:
    assert enumerated(names, last) == text


def test_of_many_names_only_the_first_are_taken() -> None:
    names = iter(map(str, range(10**9)))
    assert enumerated(names).endswith("18, 19 and others")
    assert next(names) == "21"


def test_a_text_is_cut() -> None:
    assert shortened("x" * 2000) == "x" * 2000
    assert len(shortened("x" * 10**6)) == 2000


def test_a_message_is_as_long_as_what_it_is_about_up_to_a_limit() -> None:
    report = lint_text(f"name: api\ntype: Backend Service\nimage: {{location: x}}\n? {'y' * 100_000}\n: x\n")
    assert report.findings
    assert all(len(each.message) <= 2000 and len(each.help) <= 2000 for each in report.findings)

"""Slips of the pen are told from other names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidecar_lint import slip

WORDS = st.text("abcdefgh", min_size=5, max_size=9)


@pytest.mark.parametrize(
    ("written", "known", "meant"),
    [
        ("prdo", ["prod", "test"], "prod"),
        ("producton", ["production"], "production"),
        ("Prod", ["prod"], "prod"),
        ("us_east", ["us-east"], "us-east"),
        ("db_pasword", ["db_password"], "db_password"),
        ("dev2", ["dev1"], None),
        ("test2", ["test"], None),
        ("prod-b", ["prod-a"], None),
        ("prod-eu", ["prod-us"], None),
        ("db_user", ["db_host"], None),
        ("staging", ["stage"], None),
        ("prod", ["prod"], None),
        ("qa", ["uat"], None),
        ("test", [], None),
    ],
)
def test_slip(written: str, known: list[str], meant: str | None) -> None:
    assert slip(written, known) == meant


@given(WORDS, st.integers(0, 8), st.sampled_from("xyz"))
def test_one_letter_more_is_a_slip(word: str, at: int, letter: str) -> None:
    assert slip(word[:at] + letter + word[at:], [word]) == word


@given(WORDS, st.integers(0, 8), st.sampled_from("0123456789"))
def test_a_digit_is_none(word: str, at: int, digit: str) -> None:
    assert slip(word[:at] + digit + word[at:], [word]) is None

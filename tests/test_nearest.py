"""Slips of the pen are told from other names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidecar_lint import adds_words, closest, slip
from sidecar_lint.syntax import nearest
from sidecar_lint.syntax.nearest import swapped

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


def test_the_nearest_has_most_letters_in_the_same_order() -> None:
    assert closest("essentail", ["essential", "essence"]) == "essential"
    assert closest("startPeriod", ["start", "start_period"]) == "start_period"
    assert closest("nginz", ["envoy", "nginx", "ngink"]) == "ngink"
    assert closest("nginx", ["nginx", "envoy"]) is None
    assert closest("-", ["_", ""]) is None


def test_too_much_to_choose_from_is_not_looked_at() -> None:
    names = iter([f"name{number}" for number in range(10_000)])
    assert closest("name", names) is None
    assert int(next(names).removeprefix("name")) < 600
    assert closest("x" * 1000, ["x" * 999]) is None
    assert closest("xxx", ["x" * 100_000]) is None


@given(st.text("abc", max_size=12), st.text("abc", max_size=12))
def test_the_bits_say_what_a_table_says(one: str, other: str) -> None:
    lengths = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for row, left in enumerate(one):
        for column, right in enumerate(other):
            longest = max(lengths[row][column + 1], lengths[row + 1][column])
            lengths[row + 1][column + 1] = lengths[row][column] + 1 if left == right else longest
    assert nearest.common_letters(one, other) == lengths[-1][-1]


def test_names_that_share_a_word_are_not_near() -> None:
    assert closest("container_logs", ["container_insights"]) is None
    assert closest("containerLogs", ["container_insights"]) is None
    assert closest("container_insight", ["container_insights"]) == "container_insights"


def test_a_name_with_more_words_is_another_one() -> None:
    assert adds_words("stickiness_duration", "stickiness")
    assert adds_words("targetContainer", "target_container_timeout")
    assert adds_words("Dockerfile", "Dockerfile.bak")
    assert adds_words("port", "host_port")
    assert not adds_words("healthcheck", "health_check")
    assert not adds_words("stickines", "stickiness")


def test_two_letters_the_other_way_round_are_a_slip_also_in_a_short_name() -> None:
    assert swapped("esc", ["ec2", "ecs", "eks"]) == "ecs"
    assert swapped("ab", ["ba"]) == "ba"
    assert swapped("aba", ["baa", "aab"]) is None
    assert swapped("aa", ["aa"]) is None
    assert swapped("", ["a"]) is None

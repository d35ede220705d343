"""Scalars as Go's yaml.v3 reads them."""

from __future__ import annotations

from math import inf, isnan, nan

import pytest

from sidecar_lint.syntax.durations import read_duration
from sidecar_lint.syntax.scalars import Resolved, is_timestamp, read_bool, read_int, resolve


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None), ("~", None), ("Null", None), ("nULL", "nULL"),
        ("true", True), ("FALSE", False), ("yes", "yes"), ("tRUE", "tRUE"),
        ("80", 80), ("-1", -1), ("+7", 7), ("010", 8), ("0o10", 8), ("0x1F", 31), ("0b101", 5),
        ("1_000", 1000), ("08", 8.0), ("1e3", 1000.0), (".5", 0.5), ("1.", 1.0),
        ("1.2.3", "1.2.3"), ("80/tcp", "80/tcp"), ("1:30", "1:30"), ("-.Inf", -inf), ("+.inf", inf),
        ("0b-11", -3), ("0o+7", 7), ("0x-1", "0x-1"), (".5_0", 0.5), ("._5", "._5"), (".5_", ".5_"),
        ("2024-01-01", "2024-01-01"), ("2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z"),
        ("18446744073709551615", 18446744073709551615), ("-", "-"), ("+", "+"), ("0x", "0x"),
    ],
)  # fmt: skip
def test_resolve(text: str, value: Resolved) -> None:
    resolved = resolve(text)
    assert (resolved, type(resolved)) == (value, type(value))


def test_what_is_not_a_number_is_a_float() -> None:
    assert isnan(resolve(".NaN"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-1-2", True), ("2024-02-30", False), ("2024-13-01", False), ("0000-01-01", True),
        ("2024-01-01 1:2:3", True), ("2024-01-01 1:2:3.5", True), ("2024-01-01 1:2:3Z", False),
        ("2024-01-01T1:2:3", False), ("2024-01-01t01:02:03+01:00", True), ("2024-01-01T24:00:00Z", False),
        ("224-01-01", False), ("2024-01-01\n", False),
    ],
)  # fmt: skip
def test_dates(text: str, expected: bool) -> None:
    assert is_timestamp(text) is expected


def test_a_number_past_64_bits_is_a_float() -> None:
    assert resolve("99999999999999999999") == 1e20
    assert isinstance(resolve("9" * 5000), (str, float))


@pytest.mark.parametrize(
    ("value", "expected"),
    [(True, True), ("yes", True), ("Off", False), ("n", False), ("true", None), (1, None), ("", None)],
)
def test_bool_fields(value: Resolved, expected: bool | None) -> None:
    assert read_bool(value) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (7, 7), (7.9, 7), (-7.9, -7), ("7", None), (True, None), (None, None), (2**63, None),
        (2.0**63, -(2**63)), (-1e30, -(2**63)), (-inf, -(2**63)), (inf, None), (nan, None), (1e30, None),
    ],
)  # fmt: skip
def test_int_fields(value: Resolved, expected: int | None) -> None:
    assert read_int(value) == expected


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("10s", 10), ("1h2m", 3720), ("500ms", 0.5), ("1.5s", 1.5), ("-5s", -5), ("0", 0), (".5m", 30),
        ("1h1h", 7200), ("1.000000001s", 1.000000001), ("2562048h", None), ("10s\n", None),
        ("10", None), ("1d", None), ("10S", None), ("", None), ("s", None), ("1 s", None),
    ],
)  # fmt: skip
def test_durations(text: str, seconds: float | None) -> None:
    assert read_duration(text) == (pytest.approx(seconds) if seconds is not None else None)

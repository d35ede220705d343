"""Scalars as Go's yaml.v3 reads them."""

from __future__ import annotations

import pytest

from sidecar_lint.syntax.scalars import Resolved, read_bool, read_duration, read_int, resolve


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None), ("~", None), ("Null", None), ("nULL", "nULL"),
        ("true", True), ("FALSE", False), ("yes", "yes"), ("tRUE", "tRUE"),
        ("80", 80), ("-1", -1), ("+7", 7), ("010", 8), ("0o10", 8), ("0x1F", 31), ("0b101", 5),
        ("1_000", 1000), ("08", 8.0), ("1e3", 1000.0), (".5", 0.5), ("1.", 1.0),
        ("1.2.3", "1.2.3"), ("80/tcp", "80/tcp"), ("1:30", "1:30"), (".inf", ".inf"), (".nan", ".nan"),
        ("2024-01-01", "2024-01-01"), ("2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z"),
        ("18446744073709551615", 18446744073709551615), ("-", "-"), ("+", "+"), ("0x", "0x"),
    ],
)  # fmt: skip
def test_resolve(text: str, value: Resolved) -> None:
    resolved = resolve(text)
    assert (resolved, type(resolved)) == (value, type(value))


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
    [(7, 7), (7.9, 7), (-7.9, -7), ("7", None), (True, None), (None, None), (2**63, None)],
)
def test_int_fields(value: Resolved, expected: int | None) -> None:
    assert read_int(value) == expected


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("10s", 10), ("1h2m", 3720), ("500ms", 0.5), ("1.5s", 1.5), ("-5s", -5), ("0", 0), (".5m", 30),
        ("10", None), ("1d", None), ("10S", None), ("", None), ("s", None), ("1 s", None),
    ],
)  # fmt: skip
def test_durations(text: str, seconds: float | None) -> None:
    assert read_duration(text) == (pytest.approx(seconds) if seconds is not None else None)

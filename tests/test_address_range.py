from __future__ import annotations

from itertools import product

import pytest

from sidecar_lint.manifests.address_range import is_range, read_range

NUMBERS = ("0", "00", "7", "007", "255", "256", "-1", "", " 1", "١", "a")
LENGTHS = ("", "/", "/0", "/8", "/08", "/32", "/33", "/128", "/129", "/0024", "/-1", "/8 ", "/a", "/٨")


@pytest.mark.parametrize("length", LENGTHS)
def test_the_quick_answer_is_the_full_one(length: str) -> None:
    addresses = [f"10.{second}.{third}.1" for second, third in product(NUMBERS, NUMBERS)]
    addresses += [
        "",
        "10",
        "10.1.1",
        "10.1.1.1.1",
        "10.1.1.1%eth0",
        "::1",
        "2001:db8::",
        "::ffff:10.1.1.1",
        "fe80::1%1",
    ]
    for text in (f"{address}{length}" for address in addresses):
        assert is_range(text) == (read_range(text) is not None), text


def test_ranges_are_read() -> None:
    assert [is_range(text) for text in ("10.0.0.0/16", "2001:db8::/32", "10.0.0.1", "10.0.0.0/33")] == [
        True,
        True,
        False,
        False,
    ]

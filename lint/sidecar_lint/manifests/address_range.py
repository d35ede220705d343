"""Ranges of addresses as Go's net.ParseCIDR reads them: an address, a slash, the length of a prefix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network

_LONGEST_PREFIX: Final = 3
#: What ranges of IPv4 are written with.
_NUMBERS: Final = frozenset(map(str, range(256)))
_LENGTHS: Final = frozenset(map(str, range(33)))
_NUMBERS_OF_ADDRESS: Final = 4


def is_range(text: str) -> bool:
    """Whether Go reads it. Most are as plain as `10.0.0.0/16`; to import `ipaddress` takes a hundredth of a run."""
    address, _, length = text.partition("/")
    numbers = address.split(".")
    is_plain = len(numbers) == _NUMBERS_OF_ADDRESS and _NUMBERS.issuperset(numbers) and length in _LENGTHS
    return is_plain or read_range(text) is not None


def read_range(text: str) -> IPv4Network | IPv6Network | None:
    """The range; None for what Go does not read. Bits past the prefix are fine, and dropped."""
    from ipaddress import ip_network

    address, slash, prefix = text.partition("/")
    if not slash or "%" in address or not (prefix.isascii() and prefix.isdigit()):
        return None
    length = prefix.lstrip("0") or "0"
    if len(length) > _LONGEST_PREFIX:
        return None
    try:
        return ip_network(f"{address}/{length}", strict=False)
    except ValueError:
        return None


def address_bits(text: str) -> int:
    """How many bits an address has; 0 for what is none."""
    from ipaddress import ip_address

    try:
        return ip_address(text).max_prefixlen if "%" not in text else 0
    except ValueError:
        return 0

"""What a YAML scalar is to Go's yaml.v3, which reads Copilot's manifests.

The same text is a number for one field and a string for another: `resolve` says what the text is
by itself, the `read_*` functions what a field of that type makes of it.
Source: gopkg.in/yaml.v3 v3.0.1, resolve.go and decode.go.
"""

from __future__ import annotations

import re
from typing import Final

#: What `resolve` returns. Timestamps stay text, since no field of a manifest takes them as anything else.
Resolved = str | int | float | bool | None

_LEAP_YEAR: Final = 4
#: What a plain scalar is null by.
NULLS: Final = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}

#: Bool fields also take YAML 1.1's spellings, quoted or not (decode.go, `case reflect.Bool`).
_LEGACY_BOOLS = {
    **dict.fromkeys(("y", "Y", "yes", "Yes", "YES", "on", "On", "ON"), True),
    **dict.fromkeys(("n", "N", "no", "No", "NO", "off", "Off", "OFF"), False),
}

#: What numbers are made of in every notation; most of what begins as one does, as paths and durations do, has more.
_OF_NUMBERS: Final = frozenset("+-.:_0123456789abcdefABCDEFxXoO")
_INFINITY = float("inf")
_SPECIAL_FLOATS = {
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), _INFINITY),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -_INFINITY),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INTEGER = re.compile(r"([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]([0-7]+)|0([0-7]+)|(0|[1-9][0-9]*))")
#: The one that is read over in a text that begins with a dot; elsewhere, all are.
_UNDERSCORE = "(?<=[0-9])_(?=[0-9])"
#: Behind these, a second sign is read over.
_SIGNED_DIGITS = r"0(?:b([-+][01]+)|o([-+][0-7]+))"
_TIMESTAMP = (
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"(?:([Tt ])([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})?)?"
)
INT64: Final = range(-(1 << 63), 1 << 63)
_INT64_DIGITS: Final = len(str(INT64.stop))
#: Longer than this, a number is none: it fits no field, and Python takes long to read it.
_ENDLESS: Final = 300
_BASES = ((2, 16), (3, 2), (4, 8), (5, 8), (6, 10))

_NULLS_1_1 = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLS_1_1 = {
    spelling: value
    for word, value in {
        "yes": True,
        "no": False,
        "true": True,
        "false": False,
        "on": True,
        "off": False,
    }.items()
    for spelling in (word, word.capitalize(), word.upper())
}
_INTEGER_1_1 = (
    r"(?P<sign>[-+]?)(?:0b(?P<binary>[01_]+)|0x(?P<hex>[0-9a-fA-F_]+)|0(?P<octal>[0-7_]+)"
    r"|(?P<decimal>0|[1-9][0-9_]*(?::[0-5]?[0-9])*))"
)
_BASES_1_1 = (("decimal", 10), ("octal", 8), ("hex", 16), ("binary", 2))
_FLOAT_1_1 = (
    r"[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*"
)


def resolve(text: str) -> Resolved:
    """The value of a plain, untagged scalar."""
    if text in NULLS:
        return None
    if text in _BOOLS:
        return _BOOLS[text]
    if text[0] in "+-.0123456789":
        return _number(text)
    return text


def natural(digits: str) -> int:
    """A run of the digits 0 to 9 as a number; one that is too long for any field is only surely too large.

    Python refuses to read a very long one.
    """
    return int(digits.lstrip("0")[:_ENDLESS] or 0)


def is_timestamp(text: str) -> bool:
    """Whether a plain, untagged scalar is a date, or a date with a time."""
    found = re.fullmatch(_TIMESTAMP, text)
    if found is None or (found[4] and (found[4] == " ") == bool(found[8])):
        return False  # behind a blank there is no zone, behind `T` there must be one
    from datetime import datetime

    year, month, day, hour, minute, second = (int(found[group] or 0) for group in (1, 2, 3, 5, 6, 7))
    try:
        datetime(year or _LEAP_YEAR, month, day, hour, minute, second)  # noqa: DTZ001  only its parts count
    except ValueError:
        return False
    return True


def is_always_text(text: str) -> bool:
    """Whether every reader of YAML takes a plain scalar for text, those of version 1.1 included."""
    return isinstance(resolve(text), str) and text not in _LEGACY_BOOLS and not is_timestamp(text)


def _number(text: str) -> Resolved:
    if text.isdecimal() and text.isascii() and text[0] != "0" and len(text) < _INT64_DIGITS:
        return int(text)  # as most are
    if text in _SPECIAL_FLOATS:
        return _SPECIAL_FLOATS[text]
    if not _OF_NUMBERS.issuperset(text):
        return text
    plain = re.sub(_UNDERSCORE, "", text) if text[0] == "." else text.replace("_", "")
    if match := _INTEGER.fullmatch(plain):
        return _integer(match, text)
    if _FLOAT.fullmatch(plain):
        number = float(plain)
        return number if abs(number) != _INFINITY else text
    if plain.startswith(("0b", "0o")) and (match := re.fullmatch(_SIGNED_DIGITS, plain)):
        number = int(match[1] or match[2], 2 if match[1] else 8) if len(plain) < _ENDLESS else 1 << 63
        return number if number in INT64 else text
    return text


def _integer(match: re.Match[str], text: str) -> Resolved:
    digits, base = next((match[group], base) for group, base in _BASES if match[group])
    number = int(match[1] + digits, base) if len(digits) < _ENDLESS else None
    if number is not None and (number in INT64 or (0 <= number < 1 << 64 and not match[1])):
        return number
    # Past 64 bits Go falls back to a float, which only a decimal can be.
    plain = text.replace("_", "")
    decimal = match[6] is not None or match[5] is not None
    return float(plain) if number is not None and decimal else text


def resolve_1_1(text: str) -> Resolved:
    """The value of a plain scalar to a reader of YAML 1.1, which CloudFormation is; dates stay text.

    Source: yaml.org/type; `1e3`, `1.` and `=` as PyYAML takes them.
    """
    if text in _NULLS_1_1:
        return None
    if text in _BOOLS_1_1:
        return _BOOLS_1_1[text]
    if text[0] not in "+-.0123456789" or len(text) > _ENDLESS or not _OF_NUMBERS.issuperset(text):
        return text
    if match := re.fullmatch(_INTEGER_1_1, text):
        return _integer_1_1(match)
    return _float_1_1(text) if re.fullmatch(_FLOAT_1_1, text) else text


def _integer_1_1(match: re.Match[str]) -> int:
    sign = -1 if match["sign"] == "-" else 1
    base, digits = next((base, match[name]) for name, base in _BASES_1_1 if match[name] is not None)
    plain = digits.replace("_", "") or "0"
    number = 0
    for part in plain.split(":"):
        number = number * 60 + int(part, base)
    return sign * number


def _float_1_1(text: str) -> float:
    sign = -1.0 if text[0] == "-" else 1.0
    number = 0.0
    for part in text.lstrip("+-").replace("_", "").split(":"):
        number = number * 60 + float(part)
    return sign * number


def read_bool(value: Resolved) -> bool | None:
    """What a bool field makes of a resolved scalar; None where it cannot be decoded."""
    if isinstance(value, bool):
        return value
    return _LEGACY_BOOLS.get(value) if isinstance(value, str) else None


def read_int(value: Resolved) -> int | None:
    """What an int field makes of a resolved scalar: floats are cut off, strings refused."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if isinstance(value, int):
        return value if value in INT64 else None
    if not value <= INT64.stop:  # .nan is not, either
        return None
    # What is too small becomes the smallest, and so does 2^63 itself, which Go's check lets pass.
    return int(value) if INT64.start <= value < INT64.stop else INT64.start

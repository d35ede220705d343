"""What a YAML scalar is to the collector: a value of one type, or one that only a start will tell.

The collector decodes YAML into values first (gopkg.in/yaml.v3, into `any`) and holds those against
its fields afterwards, strictly: a quoted number is text, and text is no number.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sidecar_lint.collector.references import Expansion, expand
from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from sidecar_lint.syntax.nodes import Scalar


class Type(StrEnum):
    """The types of values, in words for a reader."""

    TEXT = "text"
    INT = "a number"
    FLOAT = "a number with a fraction"
    BOOL = "a bool"
    NULL = "nothing"
    TIME = "a date"
    #: Made of references alone: it may become anything.
    OPEN = "a reference"


class Value(NamedTuple):
    """A value. `known` is False where a part of it is a reference; text then holds its holes."""

    type: Type
    data: str | float | bool | None = None
    known: bool = True


_OPEN: Final = Value(Type.OPEN, known=False)
_DATE: Final = (
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ]+[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\.[0-9]+)?"
    r"( *(Z|[-+][0-9]{1,2}(:?[0-9]{2})?))?)?"
)
_STRING_TAG: Final = "tag:yaml.org,2002:str"


def value_of(scalar: Scalar) -> Value:
    """The value of a scalar."""
    resolved = scalar.resolved
    if resolved is None:
        return Value(Type.NULL)
    if isinstance(resolved, bool):
        return Value(Type.BOOL, resolved)
    if isinstance(resolved, int):
        return Value(Type.INT, resolved)
    if isinstance(resolved, float):
        return Value(Type.FLOAT, resolved)
    return _text(scalar)


def _text(scalar: Scalar) -> Value:
    text = scalar.text
    if scalar.tag not in (None, _STRING_TAG) and (scalar.tag or "").startswith("tag:yaml.org,2002:"):
        return _OPEN  # `!!binary` and the like: rare, and not worth a mistake
    if not scalar.style and scalar.tag is None and text[:1].isdigit() and re.fullmatch(_DATE, text):
        return Value(Type.TIME, text)
    expansion = expand(text)
    return _OPEN if expansion.is_open else Value(Type.TEXT, expansion.text, expansion.is_known)


def expansion_of(scalar: Scalar) -> Expansion | None:
    """The references of a scalar; None where it is no text."""
    return expand(scalar.text) if isinstance(scalar.resolved, str) else None

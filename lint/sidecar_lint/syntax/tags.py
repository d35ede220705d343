"""Explicit tags: which they are, and what they make of a scalar.

Source: gopkg.in/yaml.v3 v3.0.1: resolve.go (`shortTag`, `resolve`), decode.go (`scalar`), parserc.go.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.syntax.scalars import INT64, Resolved, is_timestamp, resolve

if TYPE_CHECKING:
    from sidecar_lint.syntax.nodes import Scalar

PREFIX: Final = "tag:yaml.org,2002:"
MERGE: Final = f"{PREFIX}merge"
BINARY: Final = f"{PREFIX}binary"
#: To yaml.v3 what has this tag is nothing, whatever it holds: it does not ask the field's own type.
NULL: Final = f"{PREFIX}null"
_BASE64: Final = r"(?:[A-Za-z0-9+/]{4})*+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"
_KINDS: Final = {"NoneType": "null", "bool": "bool", "int": "int", "float": "float", "str": "str"}


def full(tag: str | None) -> str | None:
    """A tag as a parser gives it, in full. `!` says nothing, and `!<!!int>` is `!!int`."""
    if tag is None or tag == "!":
        return None
    return PREFIX + tag[2:] if tag.startswith("!!") else tag


def settle(scalar: Scalar) -> None:
    """Give a scalar what its tag says: the text that it encodes, or why it is not what the tag says."""
    tag = scalar.tag = full(scalar.tag)
    if tag is None or not tag.startswith(PREFIX):
        return
    if tag == BINARY:
        _decode(scalar)
    elif tag[len(PREFIX) :] in ("null", "bool", "int", "float", "timestamp"):
        kind = _kind(scalar.text, tag)
        if kind != tag:
            text, found, wanted = scalar.text, kind[len(PREFIX) :], tag[len(PREFIX) :]
            scalar.misfit = f"cannot decode !!{found} `{text}` as a !!{wanted}"


def _kind(text: str, tag: str) -> str:
    """The tag of what a text is by itself. A whole number is a float, too; a date is one if it may be."""
    value: Resolved = resolve(text)
    if tag == f"{PREFIX}float" and isinstance(value, int) and not isinstance(value, bool) and value in INT64:
        return tag
    if tag == f"{PREFIX}timestamp" and is_timestamp(text):
        return tag
    return PREFIX + _KINDS[type(value).__name__]


def _decode(scalar: Scalar) -> None:
    from base64 import b64decode

    encoded = re.sub("[\r\n]", "", scalar.text)
    if re.fullmatch(_BASE64, encoded):
        scalar.text = b64decode(encoded).decode("utf-8", "replace")
    else:
        scalar.misfit = "!!binary value contains invalid base64 data"

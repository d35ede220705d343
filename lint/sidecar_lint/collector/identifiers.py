"""Names of components and pipelines: `type`, or `type/name`.

Source: go.opentelemetry.io/collector/component: identifiable.go; …/pipeline: pipeline.go.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from sidecar_lint.named_tuple import NamedTuple

_TYPE: Final = r"[a-zA-Z][0-9a-zA-Z_]{0,62}"
_LONGEST_NAME: Final = 1024
#: Separators, control characters and symbols, as Unicode sorts characters.
_REFUSED: Final = ("Z", "C", "S")


class Id(NamedTuple):
    """A name that the collector can read."""

    type: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.type}/{self.name}" if self.name else self.type


class IdError(ValueError):
    """A text that is no name of a component. `args[0]` says why."""


def parse(text: str) -> Id:
    """Read a name; spaces around the `/` do not count. Raises IdError."""
    kind, slash, name = text.partition("/")
    kind, name = kind.strip(), name.strip()
    if not kind:
        raise IdError(f"{text!r} has nothing before the `/`" if slash else "a component needs a name")
    if slash and not name:
        raise IdError(f"{text!r} has nothing after the `/`")
    if len(name.encode()) > _LONGEST_NAME:
        raise IdError(f"the part after the `/` is longer than {_LONGEST_NAME} bytes")
    if refused := next((each for each in name if unicodedata.category(each)[0] in _REFUSED), None):
        raise IdError(f"{name!r} cannot hold {_spoken(refused)}")
    if not re.fullmatch(_TYPE, kind):
        raise IdError(f"{kind!r} is not a type: letters, digits and `_` only, and a letter first")
    return Id(kind, name)


def _spoken(character: str) -> str:
    return "a space" if character == " " else repr(character)

"""Credentials that are written out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sidecar_lint.collector.values import Type, value_of
from sidecar_lint.syntax.nodes import Mapping, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Names of settings and headers that hold a credential, without what separates words.
_NAMES: Final = (
    r"(.*(apikey|accesskey|secretkey|licensekey|ingestkey|writekey|accesstoken|accounttoken|authtoken"
    r"|bearertoken|password|passwd|clientsecret)|token|authorization|xhoneycombteam|xsftoken)"
)
#: Below these, `key` is a credential.
_OWNERS: Final = ("api",)
_SHORTEST: Final = 8
_PLACEHOLDER: Final = r"<.*>|x{4,}|\*+|\.\.\.|(change|replace|your).*"
#: A variable, perhaps behind the word for how it is used. Whether this release replaces it is another question.
_VARIABLE: Final = r"(?:[A-Za-z]+ )?\$[A-Z][A-Z0-9_]+"


def credentials(mappings: Iterable[Mapping]) -> Iterator[Scalar]:
    """The values that are credentials, by the names of their keys."""
    for mapping in mappings:
        owner = mapping.key.text if mapping.key else ""
        for key, value in mapping:
            named = _is_name(key.text) or (owner in _OWNERS and _plain(key.text) == "key")
            if named and isinstance(value, Scalar) and _is_written_out(value):
                yield value
        yield from _listed(mapping)


def _listed(mapping: Mapping) -> Iterator[Scalar]:
    """A header in a list has its name in a value."""
    name, value = mapping.get("name"), mapping.get("value")
    if (
        isinstance(name, Scalar)
        and isinstance(value, Scalar)
        and _is_name(name.text)
        and _is_written_out(value)
    ):
        yield value


@lru_cache(maxsize=1024)
def _is_name(text: str) -> bool:
    """Whether a key or a header names a credential. Configurations have few names, the same again and again."""
    return re.fullmatch(_NAMES, _plain(text)) is not None


def _plain(name: str) -> str:
    return re.sub(r"[-_. ]", "", name).lower()


def _is_written_out(scalar: Scalar) -> bool:
    value = value_of(scalar)
    text = str(value.data)
    return (
        value.type is Type.TEXT
        and value.known
        and len(text) >= _SHORTEST
        and not re.fullmatch(_PLACEHOLDER, text, re.IGNORECASE)
        and not re.fullmatch(_VARIABLE, text)
    )

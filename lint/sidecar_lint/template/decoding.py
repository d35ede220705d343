"""What Copilot decodes from the nodes of a manifest, as values that know their node.

None stands for what is not written, null, or of another type.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sidecar_lint.syntax.durations import read_duration
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence
from sidecar_lint.syntax.scalars import NULLS
from sidecar_lint.template.rereading import reread, unquoted
from sidecar_lint.template.values import Sourced, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The powers of ten between which Go writes no exponent (strconv, ftoa.go, `%g`).
_LEAST_FIXED: Final = -4
_LEAST_SCIENTIFIC: Final = 6


def scalar(section: Mapping, name: str) -> Scalar | None:
    """A scalar of a section."""
    node = section.entries.get(name)
    # This is asked the most, so it says itself what `get` and `is_null` would.
    if not isinstance(node, Scalar) or (node.text in NULLS and node.resolved is None):
        return None
    return node


def text(section: Mapping, name: str) -> Sourced | None:
    """A text that Copilot quotes."""
    node = scalar(section, name)
    return Sourced(node.text, node) if node else None


def text_of(node: Node) -> Sourced:
    """The value of an entry of a map of texts: null is an empty one."""
    return Sourced(node.text if isinstance(node, Scalar) and not node.is_null else "", node)


def bare_text(section: Mapping, name: str) -> Sourced | None:
    """A text that Copilot writes unquoted, as the value of an entry."""
    node = scalar(section, name)
    return unquoted(node) if node else None


def integer(section: Mapping, name: str) -> Sourced | None:
    """A whole number; fractions are cut off."""
    node = scalar(section, name)
    number = node.as_int if node else None
    return Sourced(number, node) if node and number is not None else None


def boolean(section: Mapping, name: str) -> Sourced | None:
    """A bool."""
    node = scalar(section, name)
    value = node.as_bool if node else None
    return Sourced(value, node) if node and value is not None else None


def seconds(section: Mapping, name: str) -> Sourced | None:
    """A duration in whole seconds."""
    node = scalar(section, name)
    value = duration(node)
    return Sourced(int(value), node) if node and value is not None else None


def duration(node: Node | None) -> float | None:
    """A duration in seconds, to the nanosecond."""
    if not isinstance(node, Scalar) or not isinstance(node.resolved, str):
        return None
    return _duration(node.text)


@lru_cache(maxsize=1024)
def _duration(text: str) -> float | None:
    value = read_duration(text)
    return None if value is None else round(value, 9)


def items(node: Node | None) -> list[Scalar]:
    """The texts of a list; null items are dropped."""
    found = node.items if isinstance(node, Sequence) else []
    return [item for item in found if isinstance(item, Scalar) and not item.is_null]


def by_name(section: Mapping) -> Iterator[tuple[Scalar, Node]]:
    """The entries of a map in the order of their names' bytes, which is that of their code points."""
    for name in sorted(section.entries):
        node = section.entries[name]
        if node.key is not None:
            yield node.key, node


def is_set(section: Mapping, *names: str) -> bool:
    """Whether one of some fields is written and not null."""
    return any(section.get(name) is not None for name in names if name in section.entries)


@lru_cache(maxsize=1024)
def number(value: float) -> Value:
    """A float as Go writes it (`%v`) and CloudFormation reads it again: `70`, `0.5`, `1e+06`."""
    exact = Decimal(repr(value)).normalize()
    exponent = exact.adjusted()
    if _LEAST_FIXED <= exponent < _LEAST_SCIENTIFIC or not exact:
        return reread(format(exact, "f"))
    sign, digits, _ = exact.as_tuple()
    mantissa = f"{digits[0]}.{''.join(map(str, digits[1:]))}".rstrip(".")
    return reread(f"{'-' * sign}{mantissa}e{exponent:+03d}")

"""What the collector demands of a component beyond the types of its fields.

A check gets the settings of a component, or of a block that several share, and yields problems. A
check is registered by the name that the JSON Schema has for what it looks at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from sidecar_lint.collector.settings import Settings
from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from sidecar_lint.syntax.nodes import Node


class Problem(NamedTuple):
    """One thing that makes the collector refuse a component.

    `missing` where something has to be added. `if_used` where the collector looks only at what a
    pipeline has.
    """

    node: Node
    message: str
    help: str = ""
    instead: str | None = None
    missing: bool = False
    if_used: bool = False
    #: Whether an earlier release may well go on all the same.
    only_newest: bool = False


Check = Callable[[Settings], Iterator[Problem]]


def missing(settings: Settings, name: str, help_: str = "", *, if_used: bool = False) -> Problem:
    """A problem: a setting that has to be there is not, or is empty."""
    written = settings.is_written(name)
    message = f"{settings.path(name)} cannot be empty" if written else f"{settings.place} needs `{name}`"
    return Problem(settings.at(name), message, help_, missing=True, if_used=if_used)


def wrong(node: Node, message: str, help_: str = "", *, if_used: bool = False) -> Problem:
    """A problem: what is written cannot stay."""
    return Problem(node, message, help_, if_used=if_used)

"""Why Copilot makes no template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from sidecar_lint.syntax.nodes import Node


class Refusal(NamedTuple):
    """What Copilot says, and the node that is to blame."""

    message: str
    node: Node
    #: Of a path, the part at which it ends, and what is there instead: the keys of a map, the names of items.
    segment: str = ""
    there: tuple[str, ...] = ()

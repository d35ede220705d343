"""What the task role must be allowed to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sidecar_lint.tree import Node


class Need(NamedTuple):
    """Actions that something calls. `node` is what calls them, `why` says so in a few words."""

    actions: tuple[str, ...]
    node: Node
    why: str

"""The order in which actions of a stage go."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidecar_lint.pipelines.pipeline import Action


def cycle(actions: Sequence[Action]) -> list[str]:
    """The names of actions that wait for each other, each for the next, the first again at the end; else nothing."""
    names = {action.name for action in actions}
    graph = {
        action.name: [each.text for each in action.dependencies if each.text in names] for action in actions
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found[::-1]
    return []

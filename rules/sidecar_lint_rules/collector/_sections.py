"""The sections of a collector's configuration, and why one of them may not be read though something is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sidecar_lint import Mapping, Node, Scalar, Sequence, as_mapping, closest

if TYPE_CHECKING:
    from sidecar_lint import CollectorPipeline, CollectorStructure

KINDS: Final = ("receivers", "processors", "exporters", "connectors", "extensions")
TOP: Final = (*KINDS, "service")
SERVICE: Final = ("telemetry", "extensions", "pipelines")
PIPELINE: Final = KINDS[:3]
#: What no configuration can do without.
REQUIRED: Final = ("receivers", "exporters")

#: What `follows_from` takes: the code of a rule, and where it finds something.
Causes = list[tuple[str, Node]]


def unread(section: Mapping, name: str, names: tuple[str, ...]) -> Causes:
    """Why a section that can have some `names` has nothing under one of them: it is misspelt, or of a wrong type."""
    found: Causes = [("SL904", key) for key, _ in _misspelt(section, name, names)]
    node = section.get(name)
    return [*found, *([("SL909", node)] if node is not None else [])]


def defined_in_vain(structure: CollectorStructure, kind: str) -> Iterator[tuple[str, tuple[str, Node]]]:
    """The components under a misspelt section of a kind, each with what says that it is misspelt."""
    for key, value in _misspelt(structure.root, kind, TOP):
        yield from ((name.text, ("SL904", key)) for name, _ in as_mapping(value))


def named_in_vain(structure: CollectorStructure, kind: str) -> Iterator[tuple[str, Node]]:
    """The names in misspelt lists of a kind in pipelines, each with the key of its list."""
    for pipeline in structure.pipelines:
        for key, value in _misspelt(as_mapping(pipeline.node), kind, PIPELINE):
            names = value.items if isinstance(value, Sequence) else []
            yield from ((name.text, key) for name in names if isinstance(name, Scalar))


def is_nothing(node: Node) -> bool:
    """Whether a section is empty."""
    return node.is_null or (isinstance(node, Mapping) and not node.entries)


def place_of(root: Mapping, kind: str) -> Node:
    """The key of a section, or the first key where the section is not there."""
    node = root.entries.get(kind) or next(iter(root.entries.values()))
    return node.key or node


def lacking(pipeline: CollectorPipeline) -> list[tuple[str, Node]]:
    """The kinds that a pipeline needs and has none of, and where to say so."""
    if pipeline.is_open or not (pipeline.node.is_null or isinstance(pipeline.node, Mapping)):
        return []
    return [
        (kind, pipeline.lists[kind].node or pipeline.key)
        for kind in REQUIRED
        if pipeline.lists[kind].is_empty
    ]


def unread_pipelines(structure: CollectorStructure) -> Causes:
    """Why there may be no pipelines."""
    return [*unread(structure.root, "service", TOP), *unread(structure.service, "pipelines", SERVICE)]


def _misspelt(section: Mapping, name: str, names: tuple[str, ...]) -> Iterator[tuple[Scalar, Node]]:
    return (
        (key, node) for key, node in section if key.text not in names and closest(key.text, names) == name
    )

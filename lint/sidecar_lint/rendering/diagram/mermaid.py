"""A diagram in Mermaid's language, which GitHub and many wikis draw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.escaping import mermaid_label
from sidecar_lint.rendering.diagram.diagram import Box, Diagram, LineKind

if TYPE_CHECKING:
    from collections.abc import Iterator

_ARROWS: Final = {
    LineKind.TRAFFIC: "==>",
    LineKind.WAITS: "-. waits for .->",
    LineKind.MOUNTS: "---",
    LineKind.LOGS: "-- logs -->",
    LineKind.TRACES: "-- traces -->",
}


def mermaid(diagram: Diagram) -> str:
    """The diagram as a flowchart."""
    return "\n".join(_lines(diagram)) + "\n"


def _lines(diagram: Diagram) -> Iterator[str]:
    yield "flowchart LR"
    yield from (f"  {_box(box)}" for box in diagram.entrances)
    yield f'  subgraph task["{mermaid_label(diagram.title)}"]'
    yield from (f"    {_box(box)}" for box in diagram.containers)
    yield "  end"
    yield from (f"  {_box(box)}" for box in diagram.outside)
    yield from (f"  {line.start} {_ARROWS[line.kind]} {line.end}" for line in diagram.lines)


def _box(box: Box) -> str:
    text = "<br>".join(mermaid_label(each) for each in (f"{box.heading} {box.name}", *box.lines))
    return f'{box.id}["{text}"]'

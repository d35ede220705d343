"""A diagram as SVG: one document, in light and in dark, without anything from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.escaping import terminal, xml_text
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.rendering.diagram.diagram import Box, Diagram, LineKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MARGIN: Final = 16
_GAP: Final = 20
_LINE: Final = 17
_HEAD: Final = 46
#: What fits into a box, in characters of 12 pixels in a font of one width.
_CHARACTERS: Final = 42
_BESIDE: Final = 26
_CHARACTER: Final = 7.3
_WIDE: Final = round(_CHARACTERS * _CHARACTER) + 20
_NARROW: Final = round(_BESIDE * _CHARACTER) + 20
_BETWEEN: Final = 70
#: Room on both sides of the containers for the lines between them.
_SIDE: Final = 44
_CAPTION: Final = 30
#: How far lines between containers bend.
_AWAY: Final = {LineKind.WAITS: -38, LineKind.LOGS: 26, LineKind.TRACES: 42}

_STYLE: Final = """\
.diagram{--ink:#1f2328;--soft:#59636e;--paper:#fff;--box:#f6f8fa;--edge:#c2c9d1;--traffic:#0550ae;--waits:#8250df;\
--mounts:#9a6700;--logs:#1a7f37;--traces:#bf3989;background:var(--paper);font:12px ui-monospace,Menlo,Consolas,monospace}
@media (prefers-color-scheme:dark){.diagram{--ink:#e6edf3;--soft:#9198a1;--paper:#0d1117;--box:#161b22;--edge:#3d444d;\
--traffic:#6cb6ff;--waits:#d2a8ff;--mounts:#e3b341;--logs:#56d364;--traces:#ff9bce}}
@media print{.diagram{--ink:#000;--soft:#333;--paper:#fff;--box:#fff;--edge:#777;--traffic:#0550ae;--waits:#8250df;\
--mounts:#9a6700;--logs:#1a7f37;--traces:#bf3989}}
.diagram text{fill:var(--ink)}.diagram .soft{fill:var(--soft)}.diagram .name{font-weight:bold}
.diagram .box{fill:var(--box);stroke:var(--edge)}.diagram .task{fill:none;stroke:var(--edge);stroke-dasharray:6 4}
.diagram .line{fill:none;stroke-width:1.5}
"""


class _BoxPlace(NamedTuple):
    """Where a box is."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        return self.y + self.height // 2

    @property
    def right(self) -> int:
        return self.x + self.width


def svg(diagram: Diagram, prefix: str = "") -> str:
    """The diagram as a document of its own; `prefix` keeps its ids apart from those of others on a page."""
    return "\n".join(_Picture(diagram, prefix).lines()) + "\n"


class _Picture:
    def __init__(self, diagram: Diagram, prefix: str) -> None:
        self._diagram = diagram
        self._prefix = prefix
        left = _MARGIN + (_NARROW + _BETWEEN if diagram.entrances else 0)
        self._task_x, inside = left, left + _SIDE
        right = inside + _WIDE + _SIDE
        columns = (
            (diagram.entrances, _MARGIN, _NARROW),
            (diagram.containers, inside, _WIDE),
            (diagram.outside, right + _BETWEEN, _NARROW),
        )
        heights = [_column_height(boxes) for boxes, _, _ in columns]
        self._tall = max(heights)
        self._places: dict[str, _BoxPlace] = {}
        for (boxes, x, width), height in zip(columns, heights, strict=True):
            self._stack(boxes, x, width, _MARGIN + _CAPTION + (self._tall - height) // 2)
        self._task_right = right
        self._width = (right + _BETWEEN + _NARROW if diagram.outside else right) + _MARGIN
        self._height = self._tall + 2 * _MARGIN + 2 * _CAPTION

    def _stack(self, boxes: Iterable[Box], x: int, width: int, y: int) -> None:
        for box in boxes:
            height = _height(box)
            self._places[box.id] = _BoxPlace(x, y, width, height)
            y += height + _GAP

    def lines(self) -> Iterator[str]:
        size = f'viewBox="0 0 {self._width} {self._height}" width="{self._width}" height="{self._height}"'
        yield f'<svg xmlns="http://www.w3.org/2000/svg" class="diagram" role="img" {size}>'
        title = _shown(self._diagram.title)
        yield f"<title>{title}</title>"
        yield f"<style>\n{_STYLE}</style>"
        yield f"<defs>{''.join(self._arrow(kind) for kind in LineKind)}</defs>"
        width, height = self._task_right - self._task_x, self._tall + _CAPTION + _GAP
        yield (
            f'<rect class="task" x="{self._task_x}" y="{_MARGIN - 6}" width="{width}" height="{height}" rx="10"/>'
        )
        yield f'<text class="soft" x="{self._task_x + 12}" y="{_MARGIN + 14}">task {title}</text>'
        yield from (self._line(line.start, line.end, line.kind) for line in self._diagram.lines)
        for box in (*self._diagram.entrances, *self._diagram.containers, *self._diagram.outside):
            yield from _drawn(box, self._places[box.id])
        yield from self._legend()
        yield "</svg>"

    def _line(self, start: str, end: str, kind: LineKind) -> str:
        one, other = self._places[start], self._places[end]
        if one.x != other.x:
            half = (one.right + other.x) // 2
            path = f"M{one.right} {one.middle} C{half} {one.middle} {half} {other.middle} {other.x} {other.middle}"
        else:
            # Between containers: what waits on the left, logs on the right, and traces further out.
            side = one.x if kind is LineKind.WAITS else one.right
            away = side + _AWAY[kind]
            path = f"M{side} {one.middle - 6} C{away} {one.middle} {away} {other.middle} {side} {other.middle + 6}"
        name = _name(kind)
        return f'<path class="line" d="{path}" stroke="var(--{name})" marker-end="url(#{self._prefix}{name})"{_dashes(kind)}/>'

    def _arrow(self, kind: LineKind) -> str:
        name = _name(kind)
        return (
            f'<marker id="{self._prefix}{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7"'
            f' markerHeight="7" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" fill="var(--{name})"/></marker>'
        )

    def _legend(self) -> Iterator[str]:
        x, y = _MARGIN, self._height - _MARGIN
        for kind in dict.fromkeys(line.kind for line in self._diagram.lines):
            yield f'<path class="line" d="M{x} {y - 4} h22" stroke="var(--{_name(kind)})"{_dashes(kind)}/>'
            yield f'<text class="soft" x="{x + 28}" y="{y}">{kind.value}</text>'
            x += 44 + round(len(kind.value) * _CHARACTER)


def _dashes(kind: LineKind) -> str:
    return ' stroke-dasharray="5 4"' if kind is LineKind.WAITS else ""


def _drawn(box: Box, place: _BoxPlace) -> Iterator[str]:
    x, width = place.x, _CHARACTERS if place.width == _WIDE else _BESIDE
    yield "<g>"
    yield f"<title>{_shown(' - '.join((f'{box.heading} {box.name}', *box.lines)))}</title>"
    yield f'<rect class="box" x="{x}" y="{place.y}" width="{place.width}" height="{place.height}" rx="6"/>'
    yield f'<text class="soft" x="{x + 10}" y="{place.y + 18}">{_shown(box.heading)}</text>'
    yield f'<text class="name" x="{x + 10}" y="{place.y + 36}">{_fitting(box.name, width)}</text>'
    for number, line in enumerate(box.lines):
        y = place.y + _HEAD + 8 + number * _LINE
        yield f'<text x="{x + 10}" y="{y}">{_fitting(line, width)}</text>'
    yield "</g>"


def _fitting(text: str, characters: int) -> str:
    """A text in a box: of a longer one the middle is left out, as the end of an image's name says most."""
    shown = terminal(text)
    if len(shown) <= characters:
        return xml_text(shown)
    start = characters // 3
    return xml_text(f"{shown[:start]}…{shown[start + 1 - characters :]}")


def _shown(text: str) -> str:
    return xml_text(terminal(text))


def _height(box: Box) -> int:
    return _HEAD + len(box.lines) * _LINE + (4 if box.lines else 0)


def _column_height(boxes: tuple[Box, ...]) -> int:
    return sum(map(_height, boxes)) + _GAP * max(0, len(boxes) - 1)


def _name(kind: LineKind) -> str:
    return kind.name.lower()

"""Inventories as one page for a ticket: the picture, the table, what is open as a checklist. It loads nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.escaping import terminal, xml_text
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.rendering.diagram.svg import svg
from sidecar_lint.report.migration.sections import (
    LITERALS,
    PARTS,
    PLACEHOLDERS,
    STEPS,
    Section,
    as_of,
    described,
    sections,
    title,
    where,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sidecar_lint.migration.inventory import Inventory
    from sidecar_lint.rendering.diagram.diagram import Diagram

#: Nothing is loaded, nothing runs, whatever is in the page.
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE: Final = """\
:root{color-scheme:light dark;--ink:#1f2328;--soft:#59636e;--paper:#fff;--row:#f6f8fa;--edge:#d1d9e0;--danger:#b42318}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9198a1;--paper:#0d1117;--row:#161b22;--edge:#3d444d;\
--danger:#ff8177}}
body{max-width:66rem;margin:2rem auto;padding:0 1rem;color:var(--ink);background:var(--paper);\
font:16px/1.5 system-ui,sans-serif}
h1{line-height:1.25}h2{margin-top:2rem;font-size:1.2rem}code,pre{font:13px/1.5 ui-monospace,Menlo,Consolas,monospace}
code{overflow-wrap:anywhere}pre{margin:.2rem 0 .8rem;padding:.5rem .7rem;background:var(--row);white-space:pre-wrap;\
overflow-wrap:anywhere}
table{width:100%;border-collapse:collapse;font-size:14px}th,td{padding:.3rem .6rem;border-bottom:1px solid var(--edge);\
text-align:left;vertical-align:top;overflow-wrap:anywhere}th,td:first-child{white-space:nowrap}td:first-child{color:var(--soft)}
.picture{overflow-x:auto}.picture svg{max-width:100%;height:auto}.soft{color:var(--soft)}.blocks h2{color:var(--danger)}
ul.open{padding:0;list-style:none}ul.open label{display:flex;align-items:flex-start;gap:.6rem;margin:.35rem 0}ul.open input{margin-top:.35rem}
article+article{margin-top:4rem;border-top:3px solid var(--edge)}
@media print{:root{--ink:#000;--soft:#333;--paper:#fff;--row:#fff;--edge:#999;--danger:#000}body{margin:0;max-width:none;\
font-size:11pt}table{font-size:9pt}article+article{break-before:page;border:0}li,tr,.picture{break-inside:avoid}h2{break-after:avoid}}
"""


class Page(NamedTuple):
    """An inventory, and the picture of its task today."""

    inventory: Inventory
    diagram: Diagram


def html(pages: Sequence[Page]) -> str:
    """One document with all of them."""
    return "\n".join(_document(pages)) + "\n"


def _document(pages: Sequence[Page]) -> Iterator[str]:
    name = title(pages[0].inventory) if len(pages) == 1 else "Leaving Copilot"
    yield "<!doctype html>"
    yield '<html lang="en">'
    yield '<head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width">'
    yield f"<title>{_text(name)}</title>"
    yield f"<style>\n{_STYLE}</style></head>"
    yield "<body>"
    for number, page in enumerate(pages):
        yield from _article(page, f"p{number}-")
    yield "</body></html>"


def _article(page: Page, prefix: str) -> Iterator[str]:
    inventory = page.inventory
    yield "<article>"
    yield f"<h1>{_text(title(inventory))}</h1>"
    yield f"<p><code>{_text(inventory.path)}</code></p>"
    yield from (f"<p>Note: {_text(each)}</p>" for each in inventory.notes)
    yield f'<div class="picture">{svg(page.diagram, prefix)}</div>'
    yield from _table(
        PARTS,
        ("line", "what", "where it goes"),
        (
            (where(item.place, inventory), f"{item.kind.value} {item.name}", item.destination)
            for item in inventory.items
        ),
    )
    for section in sections(inventory):
        yield from _section(section)
    if inventory.provided_variables:
        rows = ((each.name, each.value, ", ".join(each.containers)) for each in inventory.provided_variables)
        yield from _table(LITERALS, ("variable", "value", "containers"), rows)
    yield f"<section><h2>{STEPS}</h2><ol>"
    yield from (f"<li>{_text(step)}</li>" for step in inventory.steps)
    yield "</ol></section>"
    yield from _placeholders(inventory)
    yield f'<p class="soft">{_text(as_of(inventory))}</p>'
    yield "</article>"


def _table(name: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield f"<section><h2>{_text(name)}</h2><table>"
    yield f"<thead><tr>{''.join(f'<th>{each}</th>' for each in head)}</tr></thead><tbody>"
    yield from (f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in row)}</tr>" for row in rows)
    yield "</tbody></table></section>"


def _section(section: Section) -> Iterator[str]:
    marked = ' class="blocks"' if section.blocks else ""
    yield f"<section{marked}><h2>{_text(section.title)}</h2>"
    yield '<ul class="open">' if section.open else "<ul>"
    box = '<input type="checkbox">'
    for point in section.points:
        text = _text(described(point))
        yield f"<li><label>{box}<span>{text}</span></label></li>" if section.open else f"<li>{text}</li>"
    yield "</ul></section>"


def _placeholders(inventory: Inventory) -> Iterator[str]:
    if not inventory.placeholders:
        return
    yield f"<section><h2>{PLACEHOLDERS}</h2>"
    for each in inventory.placeholders:
        if each.command:
            yield f"<code>{_text(each.name)}</code><pre>{_text(each.command)}</pre>"
        else:
            yield f"<p><code>{_text(each.name)}</code>: {_text(each.made)}</p>"
    yield "</section>"


def _text(text: str) -> str:
    return xml_text(terminal(text))

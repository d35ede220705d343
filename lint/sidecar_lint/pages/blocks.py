"""What a page is made of. A page is a list of blocks, and each way of printing knows all of them."""

from __future__ import annotations

from sidecar_lint.named_tuple import NamedTuple


class Title(NamedTuple):
    """The first line of a page."""

    text: str


class Heading(NamedTuple):
    """The beginning of a section."""

    text: str


class Prose(NamedTuple):
    """Paragraphs as their author wrote them: Markdown that reads well as it is."""

    text: str


class Code(NamedTuple):
    """Lines that are shown as they are; `language` is what a highlighter calls them."""

    text: str
    language: str


class Link(NamedTuple):
    """A short text, and where it leads if anywhere. `url` may be relative to the page."""

    text: str
    url: str | None = None


class Facts(NamedTuple):
    """Names, each with what there is to say about it in one line."""

    rows: tuple[tuple[str, str], ...]


class Listing(NamedTuple):
    """Things, one below the other."""

    items: tuple[Link, ...]


class Table(NamedTuple):
    """Rows of cells below a head."""

    head: tuple[str, ...]
    rows: tuple[tuple[Link, ...], ...]


Block = Title | Heading | Prose | Code | Facts | Listing | Table

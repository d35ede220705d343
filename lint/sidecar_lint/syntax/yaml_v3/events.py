"""What a parser tells of a text, one after the other, named as libyaml names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sidecar_lint.syntax.yaml_v3.cursor import TextMark


class Event:
    """Stands from `start_mark` up to `end_mark`."""

    __slots__ = ("end_mark", "start_mark")

    def __init__(self, start_mark: TextMark, end_mark: TextMark) -> None:
        self.start_mark, self.end_mark = start_mark, end_mark


class StreamStartEvent(Event):
    """Comes first."""

    __slots__ = ()


class StreamEndEvent(Event):
    """Comes last."""

    __slots__ = ()


class DocumentStartEvent(Event):
    """At `---`, or before the first value."""

    __slots__ = ()


class DocumentEndEvent(Event):
    """At `...`, or behind the last value."""

    __slots__ = ()


class SequenceEndEvent(Event):
    """Behind the last item."""

    __slots__ = ()


class MappingEndEvent(Event):
    """Behind the last value."""

    __slots__ = ()


class AliasEvent(Event):
    """`*anchor`"""

    __slots__ = ("anchor",)

    def __init__(self, anchor: str, start_mark: TextMark, end_mark: TextMark) -> None:
        super().__init__(start_mark, end_mark)
        self.anchor = anchor


class NodeEvent(Event):
    """A value, or the beginning of one, with what stands before it: `tag` in full, without its handle."""

    __slots__ = ("anchor", "tag")

    def __init__(self, anchor: str | None, tag: str | None, start_mark: TextMark, end_mark: TextMark) -> None:
        super().__init__(start_mark, end_mark)
        self.anchor, self.tag = anchor, tag


class ScalarEvent(NodeEvent):
    """`style` is `'`, `"`, `|` or `>`, and empty where the text has no quotes."""

    __slots__ = ("style", "value")

    def __init__(  # noqa: PLR0913  what there is to know of one
        self,
        anchor: str | None,
        tag: str | None,
        value: str,
        start_mark: TextMark,
        end_mark: TextMark,
        *,
        style: str = "",
    ) -> None:
        super().__init__(anchor, tag, start_mark, end_mark)
        self.value, self.style = value, style


class _CollectionStartEvent(NodeEvent):
    __slots__ = ("flow_style",)

    def __init__(
        self,
        anchor: str | None,
        tag: str | None,
        start_mark: TextMark,
        end_mark: TextMark,
        *,
        flow_style: bool,
    ) -> None:
        super().__init__(anchor, tag, start_mark, end_mark)
        self.flow_style = flow_style


class SequenceStartEvent(_CollectionStartEvent):
    """Before the first item."""

    __slots__ = ()


class MappingStartEvent(_CollectionStartEvent):
    """Before the first key."""

    __slots__ = ()

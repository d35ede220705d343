"""The tokens that a text is made of, named as libyaml names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sidecar_lint.syntax.yaml_v3.cursor import TextMark


class YamlToken:
    """Stands from `start_mark` up to `end_mark`; one that is not written stands nowhere, before what is next."""

    __slots__ = ("end_mark", "start_mark")

    def __init__(self, start_mark: TextMark, end_mark: TextMark) -> None:
        self.start_mark, self.end_mark = start_mark, end_mark


class StreamStartToken(YamlToken):
    """Stands before all else."""

    __slots__ = ()


class StreamEndToken(YamlToken):
    """Stands behind all else."""

    __slots__ = ()


class DocumentStartToken(YamlToken):
    """`---`"""

    __slots__ = ()


class DocumentEndToken(YamlToken):
    """`...`"""

    __slots__ = ()


class BlockSequenceStartToken(YamlToken):
    """Where a line is indented further, before its `-`."""

    __slots__ = ()


class BlockMappingStartToken(YamlToken):
    """Where a line is indented further, before its key."""

    __slots__ = ()


class BlockEndToken(YamlToken):
    """Where a line is indented less."""

    __slots__ = ()


class FlowSequenceStartToken(YamlToken):
    """`[`"""

    __slots__ = ()


class FlowSequenceEndToken(YamlToken):
    """`]`"""

    __slots__ = ()


class FlowMappingStartToken(YamlToken):
    """`{`"""

    __slots__ = ()


class FlowMappingEndToken(YamlToken):
    """`}`"""

    __slots__ = ()


class FlowEntryToken(YamlToken):
    """`,`"""

    __slots__ = ()


class BlockEntryToken(YamlToken):
    """`-`"""

    __slots__ = ()


class KeyToken(YamlToken):
    """`?`, or where a key begins without it."""

    __slots__ = ()


class ValueToken(YamlToken):
    """`:`"""

    __slots__ = ()


class _NamedToken(YamlToken):
    __slots__ = ("value",)

    def __init__(self, value: str, start_mark: TextMark, end_mark: TextMark) -> None:
        super().__init__(start_mark, end_mark)
        self.value = value


class AnchorToken(_NamedToken):
    """`&name`; `value` is the name."""

    __slots__ = ()


class AliasToken(_NamedToken):
    """`*name`; `value` is the name."""

    __slots__ = ()


class TagToken(YamlToken):
    """`!handle!suffix`; `value` is the handle, None where there is none, and the suffix."""

    __slots__ = ("value",)

    def __init__(self, value: tuple[str | None, str], start_mark: TextMark, end_mark: TextMark) -> None:
        super().__init__(start_mark, end_mark)
        self.value = value


class DirectiveToken(YamlToken):
    """`%YAML` with two numbers, `%TAG` with a handle and a prefix, or one that is ignored."""

    __slots__ = ("name", "value")

    def __init__(
        self,
        name: str,
        value: tuple[int, int] | tuple[str, str] | None,
        start_mark: TextMark,
        end_mark: TextMark,
    ) -> None:
        super().__init__(start_mark, end_mark)
        self.name, self.value = name, value


class ScalarToken(_NamedToken):
    """A text; `style` is `'`, `"`, `|` or `>`, and empty where it has no quotes."""

    __slots__ = ("style",)

    def __init__(self, value: str, start_mark: TextMark, end_mark: TextMark, style: str = "") -> None:
        super().__init__(value, start_mark, end_mark)
        self.style = style

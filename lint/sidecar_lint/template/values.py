"""What a template is made of: maps, lists and scalars, some of which know where they come from.

Builders write plain dicts, lists and scalars. Around these there may be

- `Sourced`, a value that a node of some file is the reason for;
- `Short`, an intrinsic function in its short form (`!Ref AppName`): paths of patches walk the
  template as it is spelt, so `!Ref X` is something else than `{Ref: X}`;
- `Lazy`, a value that is made when it is first asked for.

Values are shared between templates, so nobody changes one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from collections.abc import Mapping as Dict

    from sidecar_lint.syntax.nodes import Node
    from sidecar_lint.syntax.source import Source

Scalar: TypeAlias = str | int | float | bool | None
Value: TypeAlias = "Dict[str, Value] | Sequence[Value] | Scalar | Short | Sourced | Lazy"


class Short:
    """An intrinsic function in its short form: `!Ref AppName` has the name `Ref`."""

    __slots__ = ("argument", "name")

    def __init__(self, name: str, argument: Value) -> None:
        self.name = name
        self.argument = argument

    @property
    def long(self) -> dict[str, Value]:
        """The same in its long form."""
        if self.name in _WITHOUT_PREFIX:
            return {self.name: self.argument}
        argument = self.argument
        if self.name == "GetAtt" and isinstance(argument, str):
            return {"Fn::GetAtt": argument.split(".", 1)}
        return {f"Fn::{self.name}": argument}


class Sourced:
    """A value, and the node that is the reason for it.

    `source` is the file that the node is in; None for the manifest.
    """

    __slots__ = ("node", "source", "value")

    def __init__(self, value: Value, node: Node, source: Source | None = None) -> None:
        self.value = value
        self.node = node
        self.source = source


class Unquoted(Sourced):
    """What becomes of a `text` that Copilot writes into the template without quotes."""

    __slots__ = ("text",)

    def __init__(self, value: Value, node: Node, text: str) -> None:
        self.value, self.node, self.source = value, node, None
        self.text = text


class Unreadable(Unquoted):
    """A text that is no YAML where Copilot writes it: there is no template."""

    __slots__ = ()


class Lazy:
    """A value that is made when it is first asked for."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], Value]) -> None:
        self._make: Callable[[], Value] | None = make
        self._made: Value = None

    @property
    def value(self) -> Value:
        """The value, made once."""
        if self._make is not None:
            self._made = self._make()
            self._make = None
        return self._made


#: A null in the template. None in `present` means that there is nothing.
NULL: Final = Lazy(lambda: None)
_WITHOUT_PREFIX: Final = frozenset(("Ref", "Condition"))


def present(entries: Dict[str, Value]) -> dict[str, Value]:
    """A map without the entries that are None."""
    return {name: value for name, value in entries.items() if value is not None}


def within(value: Value, made: Value) -> Value:
    """Another value from where one comes from."""
    while isinstance(value, Lazy):
        value = value.value
    return Sourced(made, value.node, value.source) if isinstance(value, Sourced) else made


def bare(value: Value) -> Dict[str, Value] | Sequence[Value] | Scalar | Short:
    """A value by itself, whatever is around it."""
    while isinstance(value, (Sourced, Lazy)):
        value = value.value
    return value


def plain(value: Value) -> object:
    """A value as JSON has it: dicts, lists and scalars, with intrinsic functions in their long form."""
    value = bare(value)
    if isinstance(value, Short):
        value = value.long
    if isinstance(value, dict):
        return {name: plain(child) for name, child in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


def unquoted_texts(value: Value, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Unquoted]]:
    """The texts in a value that Copilot writes unquoted, each with the keys above it."""
    while isinstance(value, (Sourced, Lazy)):
        if isinstance(value, Unquoted):
            yield path, value
            return
        value = value.value
    if isinstance(value, Short):
        yield from unquoted_texts(value.argument, (*path, value.name))
    elif isinstance(value, dict):
        for name, child in value.items():
            yield from unquoted_texts(child, (*path, name))
    elif isinstance(value, list):
        for item in value:
            yield from unquoted_texts(item, path)


def sourced(value: Value) -> Iterator[Sourced]:
    """Everything in a value that knows where it comes from, outermost first."""
    while isinstance(value, (Sourced, Lazy)):
        if isinstance(value, Sourced):
            yield value
        value = value.value
    if isinstance(value, Short):
        yield from sourced(value.argument)
    elif isinstance(value, dict):
        for child in value.values():
            yield from sourced(child)
    elif isinstance(value, list):
        for item in value:
            yield from sourced(item)

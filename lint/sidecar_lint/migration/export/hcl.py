"""Terraform's language: values, and blocks of them."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.migration.export.references import PlaceholderReference
from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
#: Controls, and what turns text around: spelt by its number.
_SPELT: Final = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]")
_IDENTIFIER: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")

Parts = list[str | PlaceholderReference]


class HclExpression(str):
    """What is written as it is, such as `aws_iam_role.task.arn`."""

    __slots__ = ()


class HclJson(NamedTuple):
    """A value that is given as JSON text."""

    value: Any


class HclBody(dict[str, Any]):
    """What is in a block: arguments and, as bodies or lists of these, blocks. None stands for nothing."""


class HclWriter:
    """Writes values and blocks.

    `parts` takes texts apart, `expression` is what stands for a placeholder, and `is_list` says of which
    placeholders that is a list.
    """

    def __init__(
        self,
        parts: Callable[[str], Parts],
        expression: Callable[[str], str],
        is_list: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self._parts = parts
        self._expression = expression
        self._is_list = is_list

    def block(self, head: str, body: HclBody, indent: int = 0) -> str:
        """A block: its arguments and, behind them, the blocks in it."""
        space = " " * indent
        found = {name: each for name, each in body.items() if each is not None and each != []}
        if not found:
            return f"{space}{head} {{}}"
        inner = {name: each for name, each in found.items() if _is_block(each)}
        arguments = {name: each for name, each in found.items() if name not in inner}
        gap = [""] if inner and arguments else []
        lines = (*self._arguments(arguments, indent + 2), *gap, *self._blocks(inner, indent + 2))
        return "\n".join((f"{space}{head} {{", *lines, f"{space}}}"))

    def assignments(self, arguments: dict[str, Any]) -> str:
        """Arguments that are in no block, as in a file of values for variables."""
        return "".join(f"{line}\n" for line in self._arguments(arguments, 0))

    def _arguments(self, arguments: dict[str, Any], indent: int) -> Iterator[str]:
        """Arguments as `terraform fmt` lays them out: `=` is aligned in rows of values of one line."""
        pairs = [(name, self.value(each, indent)) for name, each in arguments.items()]
        for spread, row in groupby(pairs, key=lambda pair: "\n" in pair[1]):
            found = list(row)
            width = 0 if spread else max(len(name) for name, _ in found)
            yield from (f"{' ' * indent}{name:<{width}} = {text}" for name, text in found)

    def _blocks(self, found: dict[str, Any], indent: int) -> Iterator[str]:
        for name, each in found.items():
            for body in each if isinstance(each, list) else [each]:
                yield self.block(name, body, indent)

    def value(self, value: Any, indent: int = 0) -> str:
        """A value as an expression; what follows its first line is indented."""
        if isinstance(value, HclExpression):
            return str(value)
        if isinstance(value, HclJson):
            return f"jsonencode({self.value(value.value, indent)})"
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, bool):
            return str(value).lower()
        if value is None:
            return "null"
        if isinstance(value, dict):
            return self._object(value, indent)
        if isinstance(value, (list, tuple)):
            return self._list(value, indent)
        return str(value)

    def text(self, text: str) -> str:
        """A text, or the expression that it is all of."""
        found = self._parts(text)
        if len(found) == 1 and isinstance(found[0], PlaceholderReference):
            return self._expression(found[0].name)
        made = ""
        for each in found:
            if isinstance(each, PlaceholderReference):
                # What stands before it would make it a text.
                made = f'{made[:-1]}${{"{made[-1]}"}}' if made.endswith(("$", "%")) else made
                made += f"${{{self._expression(each.name)}}}"
            else:
                made += _literal(each)
        return f'"{made}"'

    def _object(self, value: dict[str, Any], indent: int) -> str:
        if not value:
            return "{}"
        lines = self._arguments({_key(name): child for name, child in value.items()}, indent + 2)
        return "\n".join(("{", *lines, f"{' ' * indent}}}"))

    def _list(self, value: list[Any] | tuple[Any, ...], indent: int) -> str:
        if not value:
            return "[]"
        only = self._parts(value[0]) if len(value) == 1 and isinstance(value[0], str) else []
        if len(only) == 1 and isinstance(only[0], PlaceholderReference) and self._is_list(only[0].name):
            return self._expression(only[0].name)
        inner = " " * (indent + 2)
        lines = (f"{inner}{self.value(each, indent + 2)}," for each in value)
        return "\n".join(("[", *lines, f"{' ' * indent}]"))


def _is_block(value: Any) -> bool:
    return isinstance(value, HclBody) or (isinstance(value, list) and isinstance(value[0], HclBody))


def quoted(text: str) -> str:
    """A literal text: nothing in it is a template."""
    return f'"{_literal(text)}"'


def _literal(text: str) -> str:
    escaped = "".join(_ESCAPES.get(each, each) for each in text).replace("${", "$${").replace("%{", "%%{")
    return _SPELT.sub(_spelt, escaped)


def _spelt(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _key(name: str) -> str:
    return name if _IDENTIFIER.fullmatch(name) else quoted(name)

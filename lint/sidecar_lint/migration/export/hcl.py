"""Values in Terraform's language."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from sidecar_lint.migration.export.references import Reference

_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
#: Controls, and what turns text around: spelt by its number.
_SPELT: Final = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]")
_IDENTIFIER: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")

Parts = list[str | Reference]


class Writer:
    """Writes values; `parts` takes texts apart, `expression` is what stands for a placeholder."""

    def __init__(self, parts: Callable[[str], Parts], expression: Callable[[str], str]) -> None:
        self._parts = parts
        self._expression = expression

    def value(self, value: Any, indent: int = 0) -> str:
        """A value as an expression; what follows its first line is indented."""
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
        if len(found) == 1 and isinstance(found[0], Reference):
            return self._expression(found[0].name)
        made = ""
        for each in found:
            if isinstance(each, Reference):
                # What stands before it would make it a text.
                made = f'{made[:-1]}${{"{made[-1]}"}}' if made.endswith(("$", "%")) else made
                made += f"${{{self._expression(each.name)}}}"
            else:
                made += _literal(each)
        return f'"{made}"'

    def _object(self, value: dict[str, Any], indent: int) -> str:
        if not value:
            return "{}"
        inner = " " * (indent + 2)
        lines = (f"{inner}{_key(name)} = {self.value(child, indent + 2)}" for name, child in value.items())
        return "\n".join(("{", *lines, f"{' ' * indent}}}"))

    def _list(self, value: list[Any] | tuple[Any, ...], indent: int) -> str:
        if not value:
            return "[]"
        inner = " " * (indent + 2)
        lines = (f"{inner}{self.value(each, indent + 2)}," for each in value)
        return "\n".join(("[", *lines, f"{' ' * indent}]"))


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

"""Names for what only AWS knows, such as `<EXECUTION_ROLE_ARN>`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.workspace.addons import snake_case

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLACEHOLDER: Final = re.compile(r"(<[A-Z][A-Z0-9_]*>)")
_NOT_IN_NAMES: Final = re.compile(r"[^A-Za-z0-9]+")


def placeholder(name: str) -> str:
    """What stands for something: `ExecutionRoleArn` is `<EXECUTION_ROLE_ARN>`."""
    words = _NOT_IN_NAMES.sub("_", snake_case(name)).strip("_").upper()
    return f"<{words or 'VALUE'}>"


def split(text: str) -> list[str]:
    """A text taken apart at its placeholders: every second part is one."""
    return _PLACEHOLDER.split(text)


def placeholders(value: object) -> list[str]:
    """The placeholders in a document of plain dicts, lists and scalars, each once, in order."""
    return list(dict.fromkeys(name for name, _ in places(value)))


Steps = tuple[str | int, ...]


def places(value: object, steps: Steps = ()) -> Iterator[tuple[str, Steps]]:
    """The placeholders in such a document, each with the keys and indexes that lead to the text it is in."""
    if isinstance(value, str):
        yield from ((name, steps) for name in _PLACEHOLDER.findall(value))
    elif isinstance(value, (dict, list)):
        for step, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(child, (*steps, step))

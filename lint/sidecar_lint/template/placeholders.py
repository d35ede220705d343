"""Names for what only AWS knows, such as `<EXECUTION_ROLE_ARN>`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sidecar_lint.workspace.addons import snake_case

_PLACEHOLDER: Final = re.compile(r"<[A-Z][A-Z0-9_]*>")
_NOT_IN_NAMES: Final = re.compile(r"[^A-Za-z0-9]+")


def placeholder(name: str) -> str:
    """What stands for something: `ExecutionRoleArn` is `<EXECUTION_ROLE_ARN>`."""
    words = _NOT_IN_NAMES.sub("_", snake_case(name)).strip("_").upper()
    return f"<{words or 'VALUE'}>"


def placeholders(value: object) -> list[str]:
    """The placeholders in a document of plain dicts, lists and scalars, each once, in order."""
    return list(dict.fromkeys(_all(value)))


def _all(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from _PLACEHOLDER.findall(value)
    elif isinstance(value, dict):
        for child in value.values():
            yield from _all(child)
    elif isinstance(value, list):
        for item in value:
            yield from _all(item)

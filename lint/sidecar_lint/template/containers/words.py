"""The words of `entrypoint` and `command`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.shell_words import UnterminatedError, shell_words
from sidecar_lint.syntax.nodes import Mapping, Scalar
from sidecar_lint.template.decoding import items
from sidecar_lint.template.rereading import unquoted

if TYPE_CHECKING:
    from sidecar_lint.template.values import Value

_FIELDS: Final = {"EntryPoint": "entrypoint", "Command": "command"}


def words(section: Mapping) -> dict[str, Value]:
    """What a section overrides of what its image runs; an empty list is nothing."""
    found = {name: _words(section, field) for name, field in _FIELDS.items()}
    return {name: value for name, value in found.items() if value}


def _words(section: Mapping, name: str) -> list[Value]:
    node = section.get(name)
    if isinstance(node, Scalar):
        return [unquoted(node, word, item=True) for word in split(node.text)]
    return [unquoted(item, item=True) for item in items(node)]


def split(text: str) -> list[str]:
    """The words of a text as a shell would see them; none where quotes are left open, which is refused."""
    try:
        return shell_words(text)
    except UnterminatedError:
        return []

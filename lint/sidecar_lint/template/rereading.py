"""Texts that Copilot writes into the template unquoted, so that CloudFormation reads them as YAML again.

The value of an entry (`Image: {{text}}`) and an item of a list (`- {{text}}`) are read differently:
`a: b` breaks the one and is a map in the other.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, Sequence
from sidecar_lint.syntax.scalars import resolve_1_1
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.tree import read
from sidecar_lint.template.values import Short, Sourced, Unquoted, Unreadable, Value

_PLAIN: Final = re.compile(r"[A-Za-z0-9/._][A-Za-z0-9/._=+,;()$@-]*|")
_WITH_COLONS: Final = re.compile(r"[A-Za-z0-9/._](?:[A-Za-z0-9/._=+,;()$@-]|:(?=[A-Za-z0-9/._]))*")
_TEXT: Final = "tag:yaml.org,2002:str"
_ENTRY: Final = "Text: {}\nAfter: x\n"
_ITEM: Final = "Text:\n- {}\nAfter: x\n"
#: A key that is merged when it is decoded, which Copilot does not do.
_MERGE: Final = "<<"
_KEY: Final = "Text:\n  {}: x\nAfter: x\n"


class NotYamlError(ValueError):
    """A text breaks the template in which it stands."""


def unquoted(node: Scalar, text: str | None = None, *, item: bool = False) -> Unquoted:
    """What becomes of a text as the value of an entry, or as an `item` of a list: a node's own, or one made of it."""
    text = node.text if text is None else text
    try:
        return Unquoted(reread(text, item=item), node, text)
    except NotYamlError:
        return Unreadable(text, node, text)


@lru_cache(maxsize=4096)
def reread(text: str, *, item: bool = False) -> Value:
    """The value of a text that is written unquoted. Raises NotYamlError."""
    if _PLAIN.fullmatch(text) or _WITH_COLONS.fullmatch(text):
        return resolve_1_1(text)
    found = _read_within(_ITEM if item else _ENTRY, text)
    if not item:
        return value_of(found)
    if not isinstance(found, Sequence) or len(found.items) != 1:
        raise NotYamlError(text)
    return value_of(found.items[0])


@lru_cache(maxsize=1024)
def reread_key(text: str) -> Value:
    """What a text is as the key of an entry, written unquoted. Raises NotYamlError."""
    if (_PLAIN.fullmatch(text) and text) or text == _MERGE:
        return resolve_1_1(text)
    found = _read_within(_KEY, text)
    if not isinstance(found, Mapping) or len(found.entries) + len(found.odd_keys) != 1:
        raise NotYamlError(text)
    keys = [key for key, _ in found] + found.odd_keys
    return value_of(keys[0])


def _read_within(template: str, text: str) -> Node:
    """The node that a text belongs to where it stands in a piece of a template. Raises NotYamlError."""
    tree = read(Source("", template.format(text)))
    root = tree.root
    # `first - second` and unclosed quotes spill over into what follows.
    if not isinstance(root, Mapping) or list(root.entries) != ["Text", "After"] or tree.second_document:
        raise NotYamlError(text)
    return root.entries["Text"]


def quoted(text: str, node: Node) -> Sourced:
    """What becomes of a text between single quotes, of which Copilot doubles none in it."""
    if "'" not in text:
        return Sourced(text, node)
    try:
        return Sourced(reread(f"'{text}'"), node)
    except NotYamlError:
        return Unreadable(text, node, text)


def value_of(node: Node) -> Value:
    """A node as CloudFormation reads it: short forms of functions stay, plain scalars are YAML 1.1's."""
    value = _untagged(node)
    if node.tag is not None and node.tag.startswith("!") and node.tag != "!":
        return Short(node.tag[1:], value)
    return value


def _untagged(node: Node) -> Value:
    if isinstance(node, Mapping):
        return {name: value_of(child) for name, child in node.entries.items()}
    if isinstance(node, Sequence):
        return [value_of(item) for item in node.items]
    if not isinstance(node, Scalar):
        return None
    is_text = node.style or node.tag == _TEXT or (node.tag or "").startswith("!")
    return node.text if is_text else resolve_1_1(node.text)

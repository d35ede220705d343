"""What Copilot's CloudFormation template makes of a text that it pastes without quotes.

Most values of a manifest are quoted on their way into the template. Secrets, names of variables,
options of the log driver, images and the words of a command are not, so they are read as YAML once
more.
"""

from __future__ import annotations

import re

from sidecar_lint.finding import Span
from sidecar_lint.source import Source
from sidecar_lint.tree import Mapping, Node, Scalar, read

_PLAIN = re.compile(r"[A-Za-z/_](?:[A-Za-z0-9_/.:@+=-]*[A-Za-z0-9_/])?")


def pasted(text: str) -> Node | None:
    """The value that a text becomes; None where the template is no YAML any more."""
    if _PLAIN.fullmatch(text):
        return Scalar(Span(0, len(text)), text=text)
    root = read(Source("template", f"value: {text}\nnext: x\n")).root
    if isinstance(root, Mapping) and list(root.entries) == ["value", "next"]:
        return root.entries["value"]
    return None


def pasted_key(text: str) -> str | None:
    """The key that a text becomes; None where there is no such key, or no template."""
    if _PLAIN.fullmatch(text):
        return text
    root = read(Source("template", f'{text}: "x"\nnext: x\n')).root
    keys = list(root.entries) if isinstance(root, Mapping) else []
    return keys[0] if keys[1:] == ["next"] else None

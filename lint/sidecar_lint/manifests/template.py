"""What becomes of a text that Copilot writes unquoted into its CloudFormation template.

The words of `command` and `entrypoint`, container names and images are pasted into YAML as they
are (workloads/partials/cf/image-overrides.yml, sidecars.yml), so YAML reads them a second time.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from sidecar_lint.syntax.nodes import Mapping, Scalar, Sequence
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.tree import read

_ALWAYS_SAFE = r"[A-Za-z/._-][A-Za-z0-9/._=+,;()$-]*"
#: Words that YAML 1.1, which CloudFormation reads, turns into something else.
_BOOLS = frozenset(
    spelling
    for word in ("yes", "no", "on", "off", "true", "false")
    for spelling in (word, word.capitalize(), word.upper())
)
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_NUMBER = (
    r"[-+]?(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|[0-9][0-9_]*(?::[0-5]?[0-9])+"
    r"|(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)"
)
_YAML_TAGS = "tag:yaml.org,2002:"
_INTRINSICS = frozenset(("!Ref", "!Sub", "!GetAtt", "!ImportValue", "!Select", "!Join", "!FindInMap", "!If"))
_PLAIN_NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?"


class Outcome(Enum):
    """What YAML makes of an unquoted text."""

    SAME = "the text as it is"
    #: A bool or a number that CloudFormation may spell differently when it makes it text again.
    RESPELT = "a bool or number"
    CHANGED = "another text"
    NULL = "nothing"
    MAP = "a map"
    LIST = "a list"
    BROKEN = "a template that is no YAML"


@lru_cache(maxsize=2048)
def unquoted(text: str) -> tuple[Outcome, str]:
    """What an item of a list turns into when it is written unquoted, and the text left of it.

    White space lost at either end does not count, and neither do quotes around the whole of it, or a
    function that CloudFormation evaluates: who writes `!Sub` into a word means it.
    """
    if text in _NULLS:
        return Outcome.NULL, ""
    if text in _BOOLS:
        return (Outcome.SAME if text in ("true", "false") else Outcome.RESPELT), text
    if re.fullmatch(_NUMBER, text):
        return (Outcome.SAME if re.fullmatch(_PLAIN_NUMBER, text) else Outcome.RESPELT), text
    if re.fullmatch(_ALWAYS_SAFE, text) and text not in ("-", "---", "..."):
        return Outcome.SAME, text
    return _read_back(text)


def _read_back(text: str) -> tuple[Outcome, str]:
    indented = text.replace("\n", "\n  ")
    tree = read(Source("", f"Parts:\n  Words:\n  - {indented}\n  After: x\n"))
    parts = tree.root.get("Parts") if isinstance(tree.root, Mapping) else None
    found = parts.get("Words") if isinstance(parts, Mapping) else None
    # `first - second` and unclosed quotes spill over into what follows.
    if not isinstance(parts, Mapping) or len(parts.entries) != len(("Words", "After")):
        return Outcome.BROKEN, ""
    if tree.second_document or not isinstance(found, Sequence) or len(found.items) != 1:
        return Outcome.BROKEN, ""
    node = found.items[0]
    if isinstance(node, Scalar):
        return _scalar(text, node)
    if isinstance(node, Mapping) and _is_intrinsic(node):
        return Outcome.SAME, text
    return (Outcome.MAP if isinstance(node, Mapping) else Outcome.LIST), ""


def _scalar(text: str, node: Scalar) -> tuple[Outcome, str]:
    if node.is_null:
        return Outcome.NULL, ""
    if node.tag is not None and not node.tag.startswith(_YAML_TAGS):
        return (Outcome.SAME if node.tag in _INTRINSICS else Outcome.MAP), text
    if node.style:  # quotes that are there for the template
        return Outcome.SAME, node.text
    return (Outcome.SAME if node.text == text.strip() else Outcome.CHANGED), node.text


def _is_intrinsic(node: Mapping) -> bool:
    """Whether it is a function that CloudFormation replaces by a text."""
    return len(node.entries) == 1 and all(name == "Ref" or name.startswith("Fn::") for name in node.entries)

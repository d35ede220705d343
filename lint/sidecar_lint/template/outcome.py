"""What becomes of a text that Copilot writes unquoted into its CloudFormation template.

The words of `command` and `entrypoint`, container names and images are pasted into YAML as they
are (workloads/partials/cf/image-overrides.yml, sidecars.yml), so YAML reads them a second time.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import Final

from sidecar_lint.template.rereading import NotYamlError, reread, reread_key
from sidecar_lint.template.values import Short, Unquoted, Unreadable, Value, bare

_INTRINSICS: Final = frozenset(
    ("Ref", "Sub", "GetAtt", "ImportValue", "Select", "Join", "FindInMap", "If", "Split", "Base64")
)
_PLAIN_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?")


class Outcome(Enum):
    """What YAML makes of an unquoted text."""

    SAME = "the text as it is"
    #: A bool or a number that CloudFormation may spell differently when it makes it text again.
    RESPELT = "a bool or number"
    CHANGED = "another text"
    NULL = "nothing"
    MAP = "a map"
    LIST = "a list"
    BROKEN = "a template that is not YAML"

    @property
    def is_text(self) -> bool:
        """Whether some text is left of it."""
        return self in (Outcome.SAME, Outcome.RESPELT, Outcome.CHANGED)

    @property
    def breaks(self) -> bool:
        """Whether CloudFormation gets no text, and nothing that it takes for none either."""
        return not self.is_text and self is not Outcome.NULL


@lru_cache(maxsize=4096)
def unquoted(text: str, *, item: bool = False) -> tuple[Outcome, str]:
    """What the value of an entry turns into, or an `item` of a list, and the text left of it.

    White space lost at either end does not count, and neither do quotes around the whole of it, or a
    function that CloudFormation evaluates: who writes `!Sub` into a word means it.
    """
    try:
        return _outcome(text, reread(text, item=item))
    except NotYamlError:
        return Outcome.BROKEN, ""


def unquoted_key(text: str) -> tuple[Outcome, str]:
    """The same for the key of an entry."""
    try:
        return _outcome(text, reread_key(text))
    except NotYamlError:
        return Outcome.BROKEN, ""


def outcome_of(found: Unquoted) -> tuple[Outcome, str]:
    """The same for a text in a template."""
    return (Outcome.BROKEN, "") if isinstance(found, Unreadable) else _outcome(found.text, found.value)


def _outcome(text: str, value: Value) -> tuple[Outcome, str]:
    value = bare(value)
    if value is None:
        return Outcome.NULL, ""
    if isinstance(value, str):
        for_the_template = text.startswith(("'", '"'))
        return (Outcome.SAME if for_the_template or value == text.strip() else Outcome.CHANGED), value
    if isinstance(value, (bool, int, float)):
        same = text in ("true", "false") or _PLAIN_NUMBER.fullmatch(text)
        return (Outcome.SAME if same else Outcome.RESPELT), text
    if _is_intrinsic(value):
        return Outcome.SAME, text
    return (Outcome.LIST if isinstance(value, list) else Outcome.MAP), ""


def _is_intrinsic(value: object) -> bool:
    """Whether it is a function that CloudFormation replaces by a text."""
    if isinstance(value, Short):
        return value.name in _INTRINSICS
    names = list(value) if isinstance(value, dict) else []
    return len(names) == 1 and (names[0] == "Ref" or names[0].startswith("Fn::"))

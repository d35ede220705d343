"""Which parser reads a text: libyaml, or our own of yaml.v3's grammar.

libyaml is many times as fast, and reads what people write as yaml.v3 does. Ours reads the rest: a text
with what the two are known to differ about, one that libyaml refuses, and one with a second document, of
which yaml.v3 looks at the beginning. The tests hold the two against each other.
"""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

#: What libyaml may raise.
REFUSALS: Final = (yaml.MarkedYAMLError, yaml.reader.ReaderError)
_LIBYAML: Any = getattr(yaml, "CLoader", None)

#: Where libyaml may read a text that yaml.v3 refuses or reads otherwise, each by a part that it must have.
_DIFFERENCES: Final = {
    # A byte order mark that is not the file's first: libyaml skips it wherever a line begins.
    "\ufeff": "\ufeff",
    # An escape of JSON, which yaml.v3 does not know.
    "\\/": r"\\/",
    # A tag with `,`, `[` or `]` in it: there libyaml ends it.
    "!": r"![^\s!,\[\]{}]*[,\[\]{}]",
    # A key of a flow list that is left out: yaml.v3 loses what comes next.
    "?": r"\?\s*[],:#]",
    # `%YAML 1.2`, which yaml.v3 refuses.
    "%": "^%",
}


class _Unsure(yaml.MarkedYAMLError):
    """Raised at a word that yaml.v3 may read otherwise."""


class _UpToQuestionMark:
    """libyaml up to a word with `?`, which ends one of yaml.v3's in a flow collection."""

    def __init__(self, parser: Any) -> None:
        self._parser = parser

    def get_event(self) -> Any:
        return self._sure(self._parser.get_event())

    def get_token(self) -> Any:
        return self._sure(self._parser.get_token())

    def _sure(self, found: Any) -> Any:
        if isinstance(found, (yaml.ScalarEvent, yaml.ScalarToken)) and not found.style and "?" in found.value:
            raise _Unsure
        return found


def fast_parser(text: str) -> Any | None:
    """libyaml, for a text that it reads as yaml.v3 does, or raises one of `REFUSALS`; None where it may not."""
    if _LIBYAML is None or _may_differ(text):
        return None
    try:
        parser = _LIBYAML(text)
    except UnicodeEncodeError:  # half of a surrogate pair
        return None
    return _UpToQuestionMark(parser) if "?" in text else parser


def _may_differ(text: str) -> bool:
    return any(part in text and re.search(rule, text, re.MULTILINE) for part, rule in _DIFFERENCES.items())


def exact_parser(text: str) -> Any:
    """yaml.v3's grammar, for any text; it takes NUL for the end."""
    from sidecar_lint.syntax.yaml_v3.parser import Parser

    return Parser(text)

"""Which parser reads a text that is not read line by line: libyaml, or our own of yaml.v3's grammar.

Both name events and tokens alike. libyaml is many times as fast, and reads what people write as yaml.v3 does. Ours reads the rest: a text
with what the two are known to differ about, one that libyaml refuses, and one with a second document, of
which yaml.v3 looks at the beginning. It also reads the first few texts, since libyaml takes its time to be
imported. The tests hold the two against each other.
"""

from __future__ import annotations

import re
from typing import Any, Final

#: Code points that ours reads in the time that it takes to import libyaml.
_WORTH_IMPORTING: Final = 10_000

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


class _Reading:
    """How much was read so far."""

    length = 0


def fast_parser(text: str) -> Any | None:
    """libyaml, for a text that it reads as yaml.v3 does, or raises one of its `REFUSALS`.

    None where it may not, and where so little was read that to import it takes longer.
    """
    _Reading.length += len(text)
    if _Reading.length < _WORTH_IMPORTING or may_differ(text):
        return None
    from sidecar_lint.syntax.libyaml import libyaml_parser

    return libyaml_parser(text)


def may_differ(text: str) -> bool:
    """Whether libyaml may read a text that yaml.v3 refuses, or reads otherwise."""
    return any(part in text and re.search(rule, text, re.MULTILINE) for part, rule in _DIFFERENCES.items())


def exact_parser(text: str) -> Any:
    """yaml.v3's grammar, for any text; it takes NUL for the end. Raises GrammarError."""
    from sidecar_lint.syntax.yaml_v3.parser import Parser

    return Parser(text)


def kind(event: Any) -> str:
    """What an event or a token is, such as `ScalarEvent`, whoever has read it."""
    name: str = event.__class__.__name__
    return name

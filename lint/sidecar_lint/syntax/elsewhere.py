"""A text as most readers of YAML take it: what was meant where yaml.v3 does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.parsers import kind
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

#: How much deeper in flow collections what follows is.
_DEEPER: Final = {
    "FlowSequenceStartToken": 1,
    "FlowMappingStartToken": 1,
    "FlowSequenceEndToken": -1,
    "FlowMappingEndToken": -1,
}


class Word(NamedTuple):
    """A scalar: where it stands, its style, and whether that is in a flow collection."""

    span: Span
    style: str
    in_flow: bool


def words(text: str) -> Iterator[Word]:
    """The scalars of a text, keys included, up to where libyaml cannot go on."""
    import yaml  # what is looked at so has something odd in it: few texts have

    loader: Any = getattr(yaml, "CLoader", yaml.Loader)
    depth = 0
    try:
        parser = loader(text)
        while (what := kind(token := parser.get_token())) != "StreamEndToken":
            depth += _DEEPER.get(what, 0)
            if what == "ScalarToken":
                yield Word(Span(token.start_mark.index, token.end_mark.index), token.style or "", depth > 0)
    except (yaml.MarkedYAMLError, yaml.reader.ReaderError, UnicodeEncodeError):
        return

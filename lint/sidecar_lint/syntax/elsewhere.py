"""A text as most readers of YAML take it: what was meant where yaml.v3 does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_Loader: Any = getattr(yaml, "CLoader", yaml.Loader)
_BEGIN = (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)
_END = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)


class Word(NamedTuple):
    """A scalar: where it stands, its style, and whether that is in a flow collection."""

    span: Span
    style: str
    in_flow: bool


def words(text: str) -> Iterator[Word]:
    """The scalars of a text, keys included, up to where libyaml cannot go on."""
    depth = 0
    try:
        parser = _Loader(text)
        while not isinstance(token := parser.get_token(), yaml.StreamEndToken):
            depth += isinstance(token, _BEGIN) - isinstance(token, _END)
            if isinstance(token, yaml.ScalarToken):
                yield Word(Span(token.start_mark.index, token.end_mark.index), token.style or "", depth > 0)
    except (yaml.MarkedYAMLError, yaml.reader.ReaderError, UnicodeEncodeError):
        return

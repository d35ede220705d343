"""YAML as ruamel.yaml writes it: nodes, the comments on them, and the text that they make."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import CommentMark
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.tokens import CommentToken

if TYPE_CHECKING:
    from collections.abc import Iterable

MAP: Final = "tag:yaml.org,2002:map"
SEQ: Final = "tag:yaml.org,2002:seq"
STR: Final = "tag:yaml.org,2002:str"
_UNFOLDED: Final = 1 << 30


def _writer() -> YAML:
    yaml = YAML()
    yaml.width = _UNFOLDED
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


_RESOLVER: Final = YAML().resolver


def document_text(root: Any) -> str:
    """The text of a document."""
    out = StringIO()
    serializer, _, _ = _writer().get_serializer_representer_emitter(out, None)
    serializer.open()
    serializer.serialize(root)
    serializer.close()
    return out.getvalue()


def plain_scalar(text: str) -> Any:
    """A scalar without quotes, whatever it is then."""
    return ScalarNode(_RESOLVER.resolve(ScalarNode, text, (True, False)), text)


def is_plain_text(text: str) -> bool:
    """Whether a scalar without quotes is a text to a reader of YAML 1.2."""
    return bool(_RESOLVER.resolve(ScalarNode, text, (True, False)) == STR)


def comment(node: Any, *, above: Iterable[str] = (), beside: Iterable[str] = (), column: int = 0) -> None:
    """Put lines above a node, which begins at a column, and comments at the end of its line."""
    before = [_token(f"{line}\n", column) if line else _token("\n", 0) for line in above]
    after = "  ".join(beside)
    if before or after:
        node.comment = [_token(f"{after}\n", 0) if after else None, before or None]


def _token(text: str, column: int) -> Any:
    return CommentToken(text, CommentMark(column), None)

"""What a text after `|` or `>` is, once yaml.v3 has written it and reads it again.

Source: gopkg.in/yaml.v3 v3.0.1, emitterc.go: `yaml_emitter_analyze_scalar`, `…_select_scalar_style`,
`…_write_block_scalar_hints`, `…_write_literal_scalar`, `…_write_folded_scalar`.
"""

from __future__ import annotations

import re
from typing import Final

from sidecar_lint.syntax.yaml_v3.block_scalars import block_scalar
from sidecar_lint.syntax.yaml_v3.cursor import BLANKS, GrammarError, TextCursor

_BREAKS: Final = "\n\u2028\u2029"
#: What is written in double quotes, which change nothing: a blank at the end of a line or of the text, and
#: characters that it takes for unprintable, those past U+FFFF among them.
_QUOTED: Final = re.compile(f" [{_BREAKS}]| \\Z|[^\t\n\x20-\x7e\xa0-\ufefe\uff00-\ufffd]")
_LINE: Final = re.compile(f"(?<![^{_BREAKS}])[^{_BREAKS}]+")
#: A line that is folded with the next, and its end.
_FOLDED_LINE: Final = re.compile(f"(?<![^{_BREAKS}])([^{BLANKS}{_BREAKS}][^{_BREAKS}]*)\n")


class UnreadableError(ValueError):
    """What is written cannot be read; the message says why."""


def read_again(text: str, style: str, *, commented: bool = False) -> str:
    """The text that arrives; `commented`: a comment stands behind its header. Raises UnreadableError."""
    if not text or _QUOTED.search(text):
        return text
    try:
        token = block_scalar(TextCursor(_written(text, style, commented=commented)), 0)
    except GrammarError as error:
        raise UnreadableError(error.problem) from error
    return token.value


def _written(text: str, style: str, *, commented: bool) -> str:
    """The text with its header, indented by two blanks."""
    indent = "2" if text[0] in f" {_BREAKS}" else ""
    header = style + indent + _chomping(text) + (" #\n" if commented else "")
    if text[0] not in _BREAKS and not commented:
        header += "\n"  # else the text's own line break ends the header, and is lost
    # Whether to fold is asked of the first line, whichever is written.
    folds = style == ">" and text.lstrip(_BREAKS)[:1] not in BLANKS
    body = _FOLDED_LINE.sub("\\1\n\n", text) if folds else text
    return header + _LINE.sub(r"  \g<0>", body)


def _chomping(text: str) -> str:
    if text[-1] not in _BREAKS:
        return "-"
    return "+" if text[-2:-1] in _BREAKS else ""

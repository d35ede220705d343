"""Regular expressions as Go reads them (RE2), as far as it is plain that it cannot."""

from __future__ import annotations

import re
import warnings
from typing import Final

_LOOKING: Final = r"(?<!\\)(?:\\\\)*\(\?(?:=|!|<=|<!)"
_BACKREFERENCE: Final = r"(?<!\\)(?:\\\\)*\\[1-9]"
#: What Python and Go refuse alike; they differ in more than that.
_FAULTS: Final = {
    "missing ), unterminated subpattern": "a `)` is missing",
    "unbalanced parenthesis": "a `)` closes nothing",
    "unterminated character set": "a `]` is missing",
    "nothing to repeat": "a `*`, `+` or `?` has nothing to repeat",
}


def fault(pattern: str) -> str:
    """Why Go refuses a pattern; nothing where it takes it, or where that is not plain."""
    if re.search(_LOOKING, pattern):
        return "Go has no look-ahead and no look-behind"
    if re.search(_BACKREFERENCE, pattern):
        return "Go has no back-references"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(pattern)
    except re.error as error:
        return _FAULTS.get(error.msg, "")
    except (OverflowError, RecursionError):
        return ""
    return ""

"""Whether a report has colours, as the variables for that are read elsewhere.

https://no-color.org, https://force-color.org, https://bixense.com/clicolors
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping


class Color(StrEnum):
    """When there are colours."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def is_colored(wanted: Color, out: TextIO, environment: Mapping[str, str]) -> bool:
    """Whether what is written to `out` has colours.

    What the user wants by name counts first, then NO_COLOR (any text), then FORCE_COLOR (any text) and
    CLICOLOR_FORCE (but for 0), then CLICOLOR=0. Where none of them says anything, a terminal has colours.
    """
    if wanted is not Color.AUTO:
        return wanted is Color.ALWAYS
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR") or environment.get("CLICOLOR_FORCE", "0") not in ("", "0"):
        return True
    if environment.get("CLICOLOR") == "0" or environment.get("TERM", "").lower() in ("dumb", "unknown"):
        return False
    return out.isatty()

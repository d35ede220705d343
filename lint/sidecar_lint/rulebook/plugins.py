"""Whether rules may be loaded that a repository brings: they are code of whoever wrote it.

Only what is said outside of the repository counts: an option, the environment, an editor's settings.
Rules of installed packages are the user's own choice, and load always.
"""

from __future__ import annotations

import os
from typing import Final

VARIABLE: Final = "SIDECAR_LINT_ALLOW_PLUGINS"
_YES: Final = "1"


def are_allowed(*, asked: bool = False) -> bool:
    """Whether the user said so, by an option or by the variable."""
    return asked or os.environ.get(VARIABLE) == _YES

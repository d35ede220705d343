"""The names that Copilot lets an environment have.

Source: internal/pkg/cli/validate.go, basicNameValidation.
"""

from __future__ import annotations

import re
from typing import Final

_NAME: Final = r"[a-z](?:-?[a-z0-9])+"
_LONGEST: Final = 255


def can_name_environment(text: str) -> bool:
    """Whether `copilot env init` takes a text for a name."""
    return len(text) <= _LONGEST and re.fullmatch(_NAME, text) is not None

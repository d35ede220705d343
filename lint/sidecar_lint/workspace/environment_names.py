"""The names that Copilot lets an environment have, and which of several is meant by one that is none.

Source: internal/pkg/cli/validate.go, basicNameValidation.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.syntax.nearest import slip

if TYPE_CHECKING:
    from collections.abc import Collection

_NAME: Final = r"[a-z](?:-?[a-z0-9])+"
_LONGEST: Final = 255


def can_name_environment(text: str) -> bool:
    """Whether `copilot env init` takes a text for a name."""
    return len(text) <= _LONGEST and re.fullmatch(_NAME, text) is not None


#: Names of one and the same stage, in full and in short.
_SAME: Final = (
    ("prod", "production", "prd"),
    ("stage", "staging", "stg"),
    ("test", "testing", "tst"),
    ("dev", "develop", "development"),
    ("preprod", "pre-prod", "preproduction", "pre-production"),
    ("sandbox", "sbx"),
    ("integration", "int"),
    ("acceptance", "acc", "uat"),
)


def meant_environment(name: str, known: Collection[str]) -> str | None:
    """The environment that is surely meant by a name that none of them has; None where it may be another one.

    That is a slip, or the same stage in full or in short, where only one is such.
    """
    if name in known:
        return None
    if near := slip(name, known):
        return near
    group = next((each for each in _SAME if name in each), ())
    same = [each for each in known if each in group]
    return same[0] if len(same) == 1 else None

"""What an editor can offer to do with a file."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from sidecar_lint.finding import Edit, Finding, NewFile


class ActionKind(StrEnum):
    """What an action is for."""

    FIX = "fix"
    IGNORE = "ignore"
    FIX_ALL = "fix-all"
    REFACTOR = "refactor"


class CodeAction(NamedTuple):
    """Edits of one file, and files to make where there are none yet.

    `finding` is the one that it puts right, if it is about one. `placeholder` is a text in what is
    written that the user is to replace.
    """

    title: str
    kind: ActionKind
    edits: tuple[Edit, ...]
    new_files: tuple[NewFile, ...] = ()
    finding: Finding | None = None
    preferred: bool = False
    placeholder: str = ""

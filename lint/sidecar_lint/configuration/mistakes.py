"""What may be wrong with a configuration."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from sidecar_lint.syntax.span import Span


class MistakeKind(StrEnum):
    """What sort of mistake one is; each has a rule that reports it."""

    UNREADABLE = "unreadable"
    SETTING = "setting"
    VALUE = "value"
    RULE = "rule"
    PLUGIN = "plugin"
    LEFT_OUT = "left-out"
    FILE = "file"
    SKIPPED_FILE = "skipped-file"
    UNREADABLE_FILE = "unreadable-file"
    ENVIRONMENT = "environment"


class Mistake(NamedTuple):
    """Something in a configuration that does not count. `right` is what to write there, where it is clear.

    What is only left out, as nobody allowed it, may be right.
    """

    kind: MistakeKind
    span: Span
    message: str
    help: str = ""
    right: str | None = None

    @property
    def is_wrong(self) -> bool:
        """Whether what is written is to blame, rather than that a file is not read, or nobody allowed it."""
        return self.kind not in (MistakeKind.SKIPPED_FILE, MistakeKind.UNREADABLE_FILE, MistakeKind.LEFT_OUT)

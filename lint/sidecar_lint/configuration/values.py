"""What settings may say, apart from texts and numbers."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sidecar_lint.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What `fail-on` may say, and the least severity that it means; None where nothing fails a run.
FAIL_ON: Final[Mapping[str, Severity | None]] = MappingProxyType(
    {**{severity.value: severity for severity in Severity}, "never": None}
)

#: A version of Copilot: major, minor and perhaps patch.
Version = tuple[int, ...]

#: The last release there will be.
LATEST: Final[Version] = (1, 34)

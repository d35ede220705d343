"""A configuration together with what is wrong with it: what rules about configurations ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sidecar_lint.configuration.file import ConfigurationFile
    from sidecar_lint.configuration.mistakes import Mistake


class CheckedConfiguration(NamedTuple):
    """A configuration, and its mistakes in the order of the text."""

    file: ConfigurationFile
    mistakes: tuple[Mistake, ...]

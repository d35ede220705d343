"""The baseline that a configuration names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.files.reading import LARGEST_BASELINE, Unread
from sidecar_lint.linting.baseline import Baseline, BaselineError

if TYPE_CHECKING:
    from sidecar_lint.configuration.file import ConfigurationFile


def configured_baseline(configuration: ConfigurationFile) -> Baseline | None:
    """The baseline that it names, where that can be used."""
    found = read_baseline(configuration)
    return found if isinstance(found, Baseline) else None


def read_baseline(configuration: ConfigurationFile) -> Baseline | Unread | str | None:
    """The same; or why it cannot be used."""
    return configuration.once(_read)


def _read(made: ConfigurationFile) -> Baseline | Unread | str | None:
    if made.baseline is None:
        return None
    found = made.look(made.resolve(made.baseline), LARGEST_BASELINE)
    if found is None or isinstance(found, Unread):
        return found
    try:
        return Baseline.read(found)
    except BaselineError as error:
        return str(error)

"""A configuration as a file that is linted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from sidecar_lint.configuration.configuration import ConfigurationFile
from sidecar_lint.finding import ANY_ENVIRONMENT
from sidecar_lint.linting.subject import Subject
from sidecar_lint.syntax.span import Span

if TYPE_CHECKING:
    from sidecar_lint.syntax.source import Source
    from sidecar_lint.workspace.files import Files


class OpenedConfiguration:
    """A `.sidecar-lint.yml`, ready to be linted."""

    environments = (ANY_ENVIRONMENT,)
    hidden: tuple[Span, ...] = ()

    def __init__(self, source: Source, files: Files | None) -> None:
        self.source = source
        self._files = files

    @cached_property
    def configuration(self) -> ConfigurationFile:
        """What is written in it."""
        return ConfigurationFile(self.source, self._files)

    def subjects(self) -> Iterator[Subject]:
        """The configuration; no environment has anything to do with it."""
        yield Subject("check_configuration", self.configuration, ())

    def companions(self) -> Iterator[str]:
        """Nothing belongs to it."""
        yield from ()

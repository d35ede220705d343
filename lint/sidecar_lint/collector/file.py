"""A file that is a collector's configuration, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sidecar_lint.collector.configuration import Configuration
from sidecar_lint.finding import ANY_ENVIRONMENT
from sidecar_lint.linting.subject import Subject
from sidecar_lint.manifests.credentials import likely_credentials
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.span import Span


@dataclass(frozen=True)
class CollectorFile:
    """It is taken for what goes into a parameter; `configuration` says what reads it, if that is known."""

    configuration: Configuration

    @property
    def source(self) -> Source:
        """Its text."""
        return self.configuration.source

    @property
    def environments(self) -> tuple[str, ...]:
        """No environment is named: it may be the file of all of them."""
        return (ANY_ENVIRONMENT,)

    def subjects(self) -> Iterator[Subject]:
        yield Subject("check_collector", self.configuration)

    @property
    def hidden(self) -> tuple[Span, ...]:
        """Credentials that are written out; of a file that is no YAML, what may be one."""
        if self.configuration.tree.unread:
            return tuple(likely_credentials(self.source.text))
        return tuple(each.span for each in self.configuration.credentials)

    def companions(self) -> Iterator[str]:
        yield from ()

"""What rules are asked about: a file, and what is written inside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, Protocol

from sidecar_lint.embedding import Embedding
from sidecar_lint.finding import ANY_ENVIRONMENT, Finding
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.span import Span


def _unmoved(finding: Finding) -> Finding:
    return finding


class Subject(NamedTuple):
    """Something that rules are asked about: `rule.<check>(value)` yields findings.

    They hold in `environments` where they do not say themselves. `moved` makes a finding about a
    text that is written inside a file one about the file.
    """

    check: str
    value: Any
    environments: tuple[str, ...] = (ANY_ENVIRONMENT,)
    moved: Callable[[Finding], Finding] = _unmoved

    @property
    def embedding(self) -> Embedding | None:
        """The text inside the file that it is about, where it is not about the file itself."""
        owner = getattr(self.moved, "__self__", None)
        return owner if isinstance(owner, Embedding) else None


def embeddings(subjects: Iterable[Subject]) -> Iterator[Embedding]:
    """The texts inside a file that its subjects are about, each once."""
    seen: set[int] = set()
    for subject in subjects:
        text = subject.embedding
        if text is not None and text.scalar.span.start not in seen:
            seen.add(text.scalar.span.start)
            yield text


class Opened(Protocol):
    """A file of any kind, ready to be linted."""

    @property
    def source(self) -> Source:
        """Its text."""

    @property
    def environments(self) -> tuple[str, ...]:
        """The environments that findings can hold in: "*" first, where that is one of them."""

    @property
    def hidden(self) -> tuple[Span, ...]:
        """What is not to be shown of its text: values of secrets, credentials."""

    def subjects(self) -> Iterator[Subject]:
        """What rules are asked about in it; the manifests of environments are apart."""

    def companions(self) -> Iterator[str]:
        """The paths of the files that are linted with it."""

"""What rules are asked about: a file, and what is written inside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from sidecar_lint.embedding import Embedding
from sidecar_lint.finding import ANY_ENVIRONMENT, Finding
from sidecar_lint.rulebook.rule import Rule


class CheckTarget(NamedTuple):
    """Something that rules are asked about: `ask` calls the hook of a rule that looks at it.

    What is found holds in `environments` where it does not say itself. `embedding` is the text inside
    the file that it is about, where it is not about the file itself.
    """

    ask: Callable[[Rule], Iterator[Finding]]
    environments: tuple[str, ...] = (ANY_ENVIRONMENT,)
    embedding: Embedding | None = None

    def findings(self, rule: Rule) -> Iterator[Finding]:
        """What a rule finds in it, as findings about the file."""
        found = self.ask(rule)
        return map(self.embedding.finding, found) if self.embedding else found


def embeddings(targets: Iterable[CheckTarget]) -> Iterator[Embedding]:
    """The texts inside a file that rules are asked about, each once."""
    seen: set[int] = set()
    for target in targets:
        text = target.embedding
        if text is not None and text.scalar.span.start not in seen:
            seen.add(text.scalar.span.start)
            yield text

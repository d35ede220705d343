"""What rules are asked about: a file, and what is written inside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from sidecar_lint.finding import ANY_ENVIRONMENT, Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sidecar_lint.embedding import Embedding
    from sidecar_lint.rulebook.rule import Rule

T = TypeVar("T")


class CheckTarget(NamedTuple, Generic[T]):
    """Something that rules are asked about: `hook` is the method of `Rule` that looks at such a `value`.

    What is found holds in `environments` where it does not say itself. `embedding` is the text inside
    the file that it is about, where it is not about the file itself.
    """

    hook: Callable[[Rule, T], Iterator[Finding]]
    value: T
    environments: tuple[str, ...] = (ANY_ENVIRONMENT,)
    embedding: Embedding | None = None

    def findings(self, rule: Rule) -> Iterator[Finding]:
        """What a rule that has the hook finds in it, as findings about the file."""
        found = rule.hooks[self.hook](rule, self.value)
        return map(self.embedding.finding, found) if self.embedding else found


def embeddings(targets: Iterable[CheckTarget[Any]]) -> Iterator[Embedding]:
    """The texts inside a file that rules are asked about, each once."""
    seen: set[int] = set()
    for target in targets:
        text = target.embedding
        if text is not None and text.scalar.span.start not in seen:
            seen.add(text.scalar.span.start)
            yield text

"""What rules are asked about: a file, what is written inside it, and the manifests that it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeVar

from sidecar_lint.finding import ANY_ENVIRONMENT, Finding
from sidecar_lint.rulebook.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sidecar_lint.embedding import Embedding
    from sidecar_lint.manifests.manifest import Manifest

T = TypeVar("T")
#: The hooks that are asked about the manifest of one environment: about all of it, and about what is in it one by one.
MANIFEST_HOOKS: Final = frozenset((Rule.check, Rule.check_container, Rule.check_sidecar, Rule.check_volume))


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
        """What a rule finds in it, as findings about the file; nothing where it looks at other things."""
        look = rule.hooks.get(self.hook)
        if look is None:
            return iter(())
        found = look(rule, self.value)
        return map(self.embedding.finding, found) if self.embedding else found


def embeddings(targets: Iterable[CheckTarget[Any]]) -> Iterator[Embedding]:
    """The texts inside a file that rules are asked about, each once."""
    seen: set[int] = set()
    for target in targets:
        text = target.embedding
        if text is not None and text.scalar.span.start not in seen:
            seen.add(text.scalar.span.start)
            yield text


def findings_in(manifest: Manifest, rule: Rule) -> Iterator[Finding]:
    """What a rule finds in a manifest."""
    hooks = rule.hooks
    if look := hooks.get(Rule.check):
        yield from look(rule, manifest)
    if look := hooks.get(Rule.check_container):
        for container in manifest.containers.values():
            yield from look(rule, container, manifest)
    if look := hooks.get(Rule.check_sidecar):
        for sidecar in manifest.sidecars:
            yield from look(rule, sidecar, manifest)
    if look := hooks.get(Rule.check_volume):
        for volume in manifest.task_volumes:
            yield from look(rule, volume, manifest)

"""What rules are asked about: a file, what is written inside it, and the manifests that it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from sidecar_lint.finding import ANY_ENVIRONMENT, Finding
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.rulebook.rule import Hook, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sidecar_lint.embedding import Embedding
    from sidecar_lint.manifests.manifest import Manifest

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


def findings_in(manifest: Manifest, rule: Rule) -> list[Finding]:
    """What a rule finds in the manifest of one environment: in all of it, and in what is in it one by one."""
    found: list[Finding] = []
    for hook, look in rule.hooks.items():
        if hook is _CHECK:  # most rules have no other
            found += look(rule, manifest)
        elif parts := _PARTS.get(hook):
            for part in parts(manifest):
                found += look(rule, part, manifest)
    return found


_CHECK: Final = Rule.check
#: What of a manifest is looked at one by one, by the hook that does so.
_PARTS: Final[Mapping[Hook, Callable[[Manifest], Iterable[Any]]]] = {
    Rule.check_container: lambda manifest: manifest.containers.values(),
    Rule.check_sidecar: lambda manifest: manifest.sidecars,
    Rule.check_volume: lambda manifest: manifest.task_volumes,
}
#: The hooks that are asked about manifests.
MANIFEST_HOOKS: Final = frozenset((Rule.check, *_PARTS))

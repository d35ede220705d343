"""What a rule is asked about the manifest of one environment: about all of it, and about what is in it one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.rulebook.rule import Hook, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sidecar_lint.finding import Finding
    from sidecar_lint.manifests.manifest import Manifest


def findings_in(manifest: Manifest, rule: Rule) -> Iterator[Finding]:
    """What a rule finds in a manifest."""
    for hook, look in rule.hooks.items():
        if hook is Rule.check:  # most rules have no other
            yield from look(rule, manifest)
        elif parts := _PARTS.get(hook):
            for part in parts(manifest):
                yield from look(rule, part, manifest)


#: What of a manifest is looked at one by one, by the hook that does so.
_PARTS: Final[Mapping[Hook, Callable[[Manifest], Iterable[Any]]]] = {
    Rule.check_container: lambda manifest: manifest.containers.values(),
    Rule.check_sidecar: lambda manifest: manifest.sidecars,
    Rule.check_volume: lambda manifest: manifest.task_volumes,
}
#: The hooks that are asked here.
MANIFEST_HOOKS: Final = frozenset((Rule.check, *_PARTS))

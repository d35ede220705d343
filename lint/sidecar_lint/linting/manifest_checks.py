"""What a rule is asked about the manifest of one environment: about all of it, and about what is in it one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.rulebook.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.finding import Finding
    from sidecar_lint.manifests.manifest import Manifest

#: The hooks that are asked here.
MANIFEST_HOOKS: Final = frozenset((Rule.check, Rule.check_container, Rule.check_sidecar, Rule.check_volume))


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

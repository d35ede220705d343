"""The patches of a workload, or of all environments, and what becomes of each template that they change."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sidecar_lint.embedding import Embedding
from sidecar_lint.finding import ANY_ENVIRONMENT, Edit, Fix
from sidecar_lint.manifests.manifest import document_of
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Scalar
from sidecar_lint.syntax.span import Span
from sidecar_lint.template.load_balancer import has_load_balancer, imported
from sidecar_lint.template.patching import MOST_PATCHES, Effect, Patched, PatchFault, patched, value_at
from sidecar_lint.template.stack import Account, Stack
from sidecar_lint.template.template import GeneratedTemplate
from sidecar_lint.template.values import Value, bare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.manifests.manifest import Document, Manifest
    from sidecar_lint.syntax.source import Source
    from sidecar_lint.workspace.patches import Patch, PatchesFile
    from sidecar_lint.workspace.workspace import Workload, Workspace

_CONTAINERS: Final = ("Resources", "TaskDefinition", "Properties", "ContainerDefinitions")
#: A path that needs no quotes.
_PLAIN: Final = re.compile(r"(?:/[A-Za-z0-9_.-]+(?:::[A-Za-z0-9_.-]+)?)+")
#: With a domain or with certificates, a load balancer listens to HTTPS; nothing in the workspace says so.
_WITH_HTTPS: Final = Account(domain="<DOMAIN>", certificates=True)
#: What is made for an imported load balancer depends on the listeners that it has.
_OF_LISTENERS: Final = ("Listener", "Redirect", "ForImportedALB", "FromImportedALB", "RulePriority")


class UnappliedPatch(NamedTuple):
    """A patch that cannot be applied in some environments, and why not."""

    patch: Patch
    fault: PatchFault
    environments: tuple[str, ...]


class Patches:
    """A `cfn.patches.yml` of a workspace. `workload` is None where it changes the templates of environments."""

    def __init__(self, file: PatchesFile, workspace: Workspace, workload: Workload | None = None) -> None:
        self.file = file
        self.workspace = workspace
        self.workload = workload

    @property
    def source(self) -> Source:
        """Its text."""
        return self.file.source

    @cached_property
    def environments(self) -> tuple[str, ...]:
        """The environments whose templates it changes: "*" first, then those that anything names."""
        document = self._document
        if document is None:
            return (ANY_ENVIRONMENT,)
        known = self.workspace.environments
        return (*document.environments, *(name for name in known if name not in document.overrides))

    @property
    def _document(self) -> Document | None:
        return document_of(self.workload) if self.workload else None

    @cached_property
    def results(self) -> dict[str, tuple[Patched, ...]]:
        """What becomes of the template of each environment, for all that an account may have.

        Nothing where Copilot makes no template anyway, another Copilot or addons make one that is not known, or nobody
        wrote so many patches by hand.
        """
        if not self.file.is_readable or not self.workload or not self.workload.addons.is_known:
            return {}
        if len(self.file.patches) > MOST_PATCHES or not self.workspace.has_latest_copilot:
            return {}
        made = ((name, tuple(self._patched(name))) for name in self.environments)
        return {name: found for name, found in made if found}

    def place(self, patch: Patch, depth: int) -> Span:
        """Where a step of a path is written; all of the path where that cannot be told."""
        node = patch.item.get("path")
        if not isinstance(node, Scalar) or node.alias is not None:
            return patch.place.place
        before = patch.path.split("/")[: depth + 1]
        start = sum(len(step) + 1 for step in before)
        step = patch.path[start:].partition("/")[0]
        return Embedding(self.source, node).span(Span(start, start + len(step))) if step else node.place

    def with_path(self, patch: Patch, path: str) -> Fix | None:
        """A fix that gives a patch another path; None where that is not written in one piece."""
        node = patch.item.get("path")
        if not isinstance(node, Scalar) or node.alias is not None:
            return None
        start = self.source.text.find(patch.path, *node.span)
        if start < 0 or not patch.path or not _PLAIN.fullmatch(path):
            return None
        edit = Edit(Span(start, start + len(patch.path)), path)
        return Fix(f"write `{path}`", (edit,))

    def _patched(self, environment: str) -> Iterator[Patched]:
        manifest = self._document.in_environment(environment, {}) if self._document else None
        for stack in possible_stacks(manifest) if manifest else ():
            template = GeneratedTemplate.of(stack)
            if not template.refusals:
                yield patched(template, self.file)

    def faults(self) -> Iterator[UnappliedPatch]:
        """The patches that cannot be applied, once for all environments where the same step leads nowhere.

        Where lists of several lengths are too short for it, the fault is that of the longest.
        """
        found: dict[tuple[int, int], list[tuple[str, PatchFault]]] = {}
        for environment, results in self.results.items():
            for fault in (fault for fault in _common(results) if fault.patch.is_rooted):
                found.setdefault((fault.patch.number, fault.depth), []).append((environment, fault))
        for places in found.values():
            fault = max((fault for _, fault in places), key=lambda fault: fault.length or 0)
            yield UnappliedPatch(fault.patch, fault, tuple(name for name, _ in places))

    def containers(self) -> Iterator[tuple[Patch, dict[str, str]]]:
        """The patches that change a container by its index, with the one that this is in each environment."""
        for patch, places in self.effects():
            inserts = patch.operation == "add" and len(patch.steps) == len(_CONTAINERS) + 1
            if patch.steps[: len(_CONTAINERS)] == _CONTAINERS and not inserts:
                steps = (*patch.steps[: len(_CONTAINERS) + 1], "Name")
                names = {name: value_at(effects[0].before, steps) for name, effects in places.items()}
                yield patch, {name: self._called(each) for name, each in names.items()}

    def _called(self, name: Value) -> str:
        """The name of a container: the main one's is a parameter."""
        found = bare(name)
        main = self.workload.folder_name if self.workload else ""
        return found if isinstance(found, str) else main

    def effects(self) -> Iterator[tuple[Patch, dict[str, tuple[Effect, ...]]]]:
        """The patches that are applied somewhere, with what they do in each environment."""
        found: dict[int, dict[str, tuple[Effect, ...]]] = {}
        for environment, results in self.results.items():
            for effect in (effect for result in results for effect in result.effects):
                of_patch = found.setdefault(effect.patch.number, {})
                of_patch[environment] = (*of_patch.get(environment, ()), effect)
        for number, places in sorted(found.items()):
            yield self.file.patches[number], places


def _common(results: tuple[Patched, ...]) -> Iterator[PatchFault]:
    """The faults that there are whatever the account has."""
    first, *others = results
    for fault in first.faults:
        same = [_of_patch(other, fault.patch) for other in others]
        if None not in same and not _is_doubtful(fault, first.template.stack):
            more = (name for each in same if each and each.depth == fault.depth for name in each.candidates)
            yield fault._replace(elsewhere=tuple(dict.fromkeys(more)))


def _of_patch(result: Patched, patch: Patch) -> PatchFault | None:
    """Why a patch cannot be applied; None where it can."""
    return next((each for each in result.faults if each.patch.number == patch.number), None)


def _is_doubtful(fault: PatchFault, stack: Stack) -> bool:
    """Whether the resource that is missing may be there: that depends on a load balancer of the user's own."""
    name = fault.patch.steps[fault.depth] if fault.depth == 1 else ""
    return imported(stack) is not None and any(word in name for word in _OF_LISTENERS)


def possible_stacks(manifest: Manifest) -> Iterator[Stack]:
    """The stacks of an environment, for all that the account may have and the template depends on."""
    plain = Stack(manifest)
    yield plain
    if has_load_balancer(plain) or manifest.get("nlb") is not None:
        yield Stack(manifest, account=_WITH_HTTPS)

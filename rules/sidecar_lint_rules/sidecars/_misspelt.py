"""Of two names that are nearly the same, the one that is misspelt: where it is defined, or where it is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

from sidecar_lint import (
    Edit,
    Finding,
    Fix,
    Manifest,
    Mapping,
    NamedTuple,
    Related,
    Rule,
    Scalar,
    as_mapping,
    closest,
    quoted,
)

_NOUNS: Final = {("sidecars",): "sidecar", ("storage", "volumes"): "volume"}


class NameUse(NamedTuple):
    """A place that names a container or a volume, and the rule that says it when there is none of that name."""

    code: str
    node: Scalar


class Misspelt(NamedTuple):
    """A definition whose name is misspelt: its keys, in every environment that has it, and the name meant."""

    keys: tuple[Scalar, ...]
    name: str
    #: The first of the places that have it right: one finding is enough for all of them.
    first: NameUse
    #: What is defined: "sidecar" or "volume".
    what: str

    def finding(self, rule: Rule, node: Scalar, message: str) -> Finding:
        """What to say at one of the places."""
        title = f"call the {self.what} `{self.name}`"
        edits = tuple(Edit(key.span, quoted(self.name, key.style)) for key in self.keys)
        is_written = all(key.alias is None for key in self.keys)
        return rule.finding(
            node,
            message,
            help=f"{title} where it is defined",
            related=(Related(self.keys[0].span, "probably this one"),),
            fixes=(Fix(title, edits),) if is_written else (),
            follows_from=[] if node is self.first.node else [(self.first.code, self.first.node)],
        )


class Names:
    """The names in a section of a manifest, and what refers to them."""

    def __init__(self, manifest: Manifest, section: tuple[str, ...], references: Iterable[NameUse]) -> None:
        self._manifest = manifest
        self._section = section
        self._made = references

    def misspelt(self, name: str) -> Misspelt | None:
        """The definition like a name that is none, if nobody uses its own and the name stands twice, or in its image."""
        definitions = self._manifest.mapping(*self._section)
        near = closest(name, definitions.entries)
        if near is None or near in self._references:
            return None
        places = self._references.get(name, [])
        if len(places) == 1 and not _is_image(definitions.get(near), name):
            return None
        first = min(places, key=lambda each: each.node.span, default=None)
        return Misspelt(tuple(self._keys(near)), name, first, _NOUNS[self._section]) if first else None

    @cached_property
    def _references(self) -> dict[str, list[NameUse]]:
        found: dict[str, list[NameUse]] = {}
        for reference in self._made:
            found.setdefault(reference.node.text, []).append(reference)
        return found

    def _keys(self, name: str) -> Iterator[Scalar]:
        """Where a name is defined: in the base, and in the overrides of environments."""
        root = as_mapping(self._manifest.document.root)
        for part in (root, *map(as_mapping, as_mapping(root.get("environments")).entries.values())):
            found = part
            for step in self._section:
                found = as_mapping(found.get(step))
            definition = found.entries.get(name)
            if definition is not None and definition.key is not None:
                yield definition.key


def sidecar_names(manifest: Manifest) -> Names:
    """The sidecars, to which load balancers and dependencies refer."""
    return Names(manifest, ("sidecars",), _containers(manifest))


def volume_names(manifest: Manifest) -> Names:
    """The volumes, which sidecars mount."""
    return Names(manifest, ("storage", "volumes"), _volumes(manifest))


def _containers(manifest: Manifest) -> Iterator[NameUse]:
    targets = (listener.target for listener in manifest.ports.listeners)
    yield from (NameUse("SL501", target) for target in targets if target is not None)
    yield from (NameUse("SL120", dependency.key) for dependency in manifest.dependencies)


def _volumes(manifest: Manifest) -> Iterator[NameUse]:
    mounts = (mount for sidecar in manifest.sidecars for mount in sidecar.mount_points)
    named = (mount.get("source_volume") for mount in mounts)
    yield from (NameUse("SL110", node) for node in named if isinstance(node, Scalar))


def _is_image(sidecar: object, name: str) -> bool:
    """Whether a sidecar runs an image of that name: `nginx` in `public.ecr.aws/nginx/nginx:1.27`."""
    image = sidecar.get("image") if isinstance(sidecar, Mapping) else None
    return isinstance(image, Scalar) and name in image.text.partition(":")[0].split("/")

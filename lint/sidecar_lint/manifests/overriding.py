"""Overrides that miss what they are meant for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nearest import closest
from sidecar_lint.syntax.nodes import Mapping, Scalar, as_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.manifests.manifest import Manifest


class MisspeltName(NamedTuple):
    """A name that only an environment has, and the one like it in the base that is meant."""

    key: Scalar
    meant: Scalar


def misspelt_overrides(manifest: Manifest, *path: str, needed: str) -> Iterator[MisspeltName]:
    """The names that an environment misspells in the map at a path (`sidecars`).

    Under a name of its own it could have something of its own, which has what is `needed` to be one
    (`image`). What has not cannot be meant so, where the base has a name like it that is not overridden.
    """
    override = _at(manifest.override, path)
    own = [
        (key, value) for key, value in override if isinstance(value, Mapping) and value.get(needed) is None
    ]
    if manifest.is_base or not own:
        return
    base = manifest.base.mapping(*path).entries
    free = [name for name in base if name not in override.entries]
    for key, _ in own:
        near = closest(key.text, free) if key.text not in base else None
        meant = base[near].key if near else None
        if meant is not None:
            yield MisspeltName(key, meant)


def _at(override: Mapping, path: tuple[str, ...]) -> Mapping:
    node = override
    for name in path:
        node = as_mapping(node.get(name))
    return node

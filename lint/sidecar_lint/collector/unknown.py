"""Components that a release of ADOT does not have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sidecar_lint.collector.catalogue import KINDS, Catalogue, catalogue
from sidecar_lint.collector.structure import Component, Structure
from sidecar_lint.collector.versions import Version, spelt
from sidecar_lint.syntax.nearest import closest
from sidecar_lint.syntax.nodes import Scalar


class UnknownComponent(NamedTuple):
    """The key of a component that a release does not have, and what to say about it."""

    key: Scalar
    message: str
    help: str = ""


def unknown_components(structure: Structure, releases: tuple[Version, ...]) -> Iterator[UnknownComponent]:
    """The components that one of these releases does not have; none where no release is known."""
    every = catalogue()
    if not releases or max(releases) > every.newest:
        return
    for components in structure.components.values():
        for component in components:
            if component.id and (found := _judged(component, component.id.type, releases, every)):
                yield found


def _judged(
    component: Component, kind: str, releases: tuple[Version, ...], every: Catalogue
) -> UnknownComponent | None:
    if component.kind == "connectors":
        return UnknownComponent(component.key, f"ADOT has no connectors, and so no {kind!r}")
    if component.model:
        return _too_new(component, kind, releases)
    word = KINDS[component.kind]
    removed = every.removed.get(component.kind, {}).get(kind)
    if removed is None:
        return UnknownComponent(component.key, f"ADOT has no {word} {kind!r}", _help(component, kind, every))
    later = [release for release in releases if release > removed.until]
    if not later:
        return None
    message = f"ADOT {spelt(later[0])} has no {word} {kind!r} any more; {spelt(removed.until)} was the last"
    return UnknownComponent(component.key, message, f"use `{removed.instead}`")


def _too_new(component: Component, kind: str, releases: tuple[Version, ...]) -> UnknownComponent | None:
    model = component.model
    if model is None:
        return None
    since = model.since(kind)
    earlier = [release for release in releases if release < since]
    if not earlier:
        return None
    is_new_name = model.former is not None and earlier[0] >= model.since(model.former)
    what = (
        f"calls {kind!r} {model.former!r}" if is_new_name else f"has no {KINDS[component.kind]} {kind!r} yet"
    )
    message = f"ADOT {spelt(earlier[0])} {what}; {spelt(since)} is the first"
    return UnknownComponent(
        component.key, message, f"write `{model.former}`" if is_new_name else "use a later image"
    )


def _help(component: Component, kind: str, every: Catalogue) -> str:
    models = every.models[component.kind]
    others = [other for other, known in every.models.items() if kind in known]
    if others:
        return f"it is a component of `{others[0]}`"
    nearest = closest(kind, models)
    return f"write `{nearest}`" if nearest else f"it has {', '.join(sorted(models))}"

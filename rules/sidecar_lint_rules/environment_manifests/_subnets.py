"""What the rules about subnets share."""

from __future__ import annotations

from sidecar_lint import Causes, EnvironmentManifest, ManifestFile, Span, lost_at, lost_items


def lost_subnets(environment: EnvironmentManifest, *kinds: str) -> Causes:
    """Why there may be fewer subnets of some kinds than are written."""
    path = ("network", "vpc", "subnets")
    return [cause for kind in kinds for cause in lost_items(environment.file, *path, kind)]


def unread(environment: EnvironmentManifest, text: str) -> Causes:
    """Why a subnet or zone that is written under `network` is not read there."""
    places = environment.file.once(_places).get(text, ())
    return [cause for place in places for cause in lost_at(environment.file, place)]


def _places(file: ManifestFile) -> dict[str, list[int]]:
    """Where each text under `network` stands, read or not."""
    network = file.root.get("network") if file.root else None
    start, end = network.span if network else Span(0, 0)
    found: dict[str, list[int]] = {}
    for scalar in file.scalars:
        if start <= scalar.span.start < end:
            found.setdefault(scalar.text, []).append(scalar.span.start)
    return found

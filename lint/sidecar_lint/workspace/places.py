"""What a file of a `copilot/` folder is by its place alone. Source: internal/pkg/workspace/workspace.go."""

from __future__ import annotations

import os
from enum import Enum, auto
from typing import TYPE_CHECKING

from sidecar_lint.files.paths import path_parts
from sidecar_lint.files.project_root import COPILOT
from sidecar_lint.workspace.workspace import (
    ENVIRONMENTS,
    MANIFEST,
    NO_ENVIRONMENTS,
    NO_WORKLOADS,
    OLD_PIPELINE,
    PIPELINES,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


class ManifestKind(Enum):
    """Whose manifest a file is."""

    WORKLOAD = auto()
    ENVIRONMENT = auto()
    PIPELINE = auto()


def kind_of(path: str) -> ManifestKind | None:
    """Whose manifest a file is, below a folder called `copilot`; None where its place says nothing."""
    parts = path_parts(os.path.abspath(path))
    return next((kind for depth in (2, 3, 1) if (kind := _below(parts, depth))), None)


def kind_inside(parts: Sequence[str]) -> ManifestKind | None:
    """The same for the way from a `copilot/` folder to the file."""
    if tuple(parts) == (OLD_PIPELINE,):
        return ManifestKind.PIPELINE
    if not parts or parts[-1] != MANIFEST:
        return None
    match tuple(parts[:-1]):
        case (name,) if name not in NO_WORKLOADS:
            return ManifestKind.WORKLOAD
        case (folder, name) if folder == ENVIRONMENTS and name not in NO_ENVIRONMENTS:
            return ManifestKind.ENVIRONMENT
        case (folder, _) if folder == PIPELINES:
            return ManifestKind.PIPELINE
    return None


def _below(parts: tuple[str, ...], depth: int) -> ManifestKind | None:
    """What a file is `depth` names below a folder called `copilot`."""
    return kind_inside(parts[-depth:]) if parts[-depth - 1 : -depth] == (COPILOT,) else None

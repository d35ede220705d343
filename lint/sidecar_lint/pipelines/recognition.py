"""Whether a file that lies anywhere is the manifest of a pipeline: other programs have stages and sources, too."""

from __future__ import annotations

from typing import Final

from sidecar_lint.syntax.nodes import Mapping, Scalar, Sequence, as_mapping

#: Fields that no other manifest of Copilot's has.
_FIELDS: Final = ("version", "source", "stages")


def is_surely_pipeline(root: Mapping) -> bool:
    """Whether it has stages, and a source with a provider."""
    has_stages = isinstance(root.get("stages"), Sequence)
    return has_stages and isinstance(as_mapping(root.get("source")).get("provider"), Scalar)


def may_be_pipeline(root: Mapping) -> bool:
    """Whether it has a field of pipelines and says no type, as a workload and an environment must."""
    return root.get("type") is None and any(name in root.entries for name in _FIELDS)

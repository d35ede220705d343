"""What the rules on volumes share."""

from __future__ import annotations

from sidecar_lint import Mapping, Scalar


def is_read_only(mount: Mapping) -> bool:
    """Whether a sidecar can only read what an entry of its `mount_points` mounts: as Copilot mounts it by itself."""
    node = mount.get("read_only")
    return node is None or (isinstance(node, Scalar) and node.as_bool is True)

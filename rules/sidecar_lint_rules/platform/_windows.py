"""Where a manifest says that its tasks run on Windows: the one reason for whatever Windows cannot do of it."""

from __future__ import annotations

from sidecar_lint import Manifest, Mapping, Node

#: The rule that says it there, where there is much that Windows cannot do.
_SEVERAL = "SL414"


def system(manifest: Manifest) -> Node | None:
    """What makes the tasks of an environment run on Windows: `windows/amd64`, or the value of `osfamily`."""
    platform = manifest.get("platform") if manifest.is_windows else None
    return platform.get("osfamily") if isinstance(platform, Mapping) else platform


def because_of_windows(manifest: Manifest) -> list[tuple[str, Node]]:
    """What a finding about something that Windows does not have follows from."""
    written = system(manifest)
    return [(_SEVERAL, written)] if written else []

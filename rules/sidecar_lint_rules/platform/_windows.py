"""Where a manifest says that its tasks run on Windows: the one reason for whatever Windows cannot do of it."""

from __future__ import annotations

from sidecar_lint import Manifest, Node

#: The rule that says it there, where there is much that Windows cannot do.
_SEVERAL = "SL414"


def because_of_windows(manifest: Manifest) -> list[tuple[str, Node]]:
    """What a finding about something that Windows does not have follows from."""
    written = manifest.windows_choice
    return [(_SEVERAL, written)] if written else []

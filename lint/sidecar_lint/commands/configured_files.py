"""The files of a run, with the configuration and the plug-ins that the options of a command ask for."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sidecar_lint.commands.error_handling import failure
from sidecar_lint.exit_status import USAGE
from sidecar_lint.rulebook.registry import plugins_allowed

if TYPE_CHECKING:
    from sidecar_lint.workspace.files import Files


def files(
    config: str | None,
    paths: Sequence[str] = (),
    *,
    isolated: bool = False,
    allow_plugins: bool = False,
    at_rest: bool = False,
) -> Files:
    """The files of a run on some paths (nothing: the current folder), with the configuration that counts.

    They are `at_rest` where they are looked at once and not watched. Rules that a configuration names are
    loaded where the user allows it, or names one that lies outside of the projects of all these paths.
    """
    from sidecar_lint.files.reading import Unread
    from sidecar_lint.workspace.files import Files

    if config is not None and isolated:
        raise failure("--config names a configuration and --isolated wants none: choose one", USAGE)
    chosen = config is not None and _is_outside(config, paths or (os.curdir,))
    allowed = chosen or plugins_allowed(asked=allow_plugins)
    around = Files(configured_by=config, isolated=isolated, plugins=allowed, at_rest=at_rest)
    found = around.look(config) if config is not None else None
    if isinstance(found, Unread):
        raise failure(f"cannot read it: {found.text}", file=config)
    return around


def _is_outside(config: str, paths: Sequence[str]) -> bool:
    """Whether a file lies in none of the projects of some paths, neither as it is spelt nor as it is linked."""
    from sidecar_lint.files.project_root import is_inside, project_root

    roots = {project_root(os.path.join(path, "-") if os.path.isdir(path) else path) for path in paths}
    roots |= {os.path.realpath(root) for root in roots}
    places = (os.path.abspath(config), os.path.realpath(config))
    return not any(is_inside(place, root) for place in places for root in roots)

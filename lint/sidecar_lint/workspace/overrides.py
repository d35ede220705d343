"""What `overrides/` changes in the CloudFormation template of a workload, or of all environments.

Source: internal/pkg/override. `cfn.patches.yml` is a list of JSON patches and can be read; a CDK
application can do anything, and is only known to be there.
"""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sidecar_lint.files.reading import Unread
from sidecar_lint.workspace.patches import PATCHES, Patch, PatchesFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.files.project_files import ProjectFiles

#: What makes a folder of overrides a CDK application.
CDK: Final = "cdk.json"


class Overrides:
    """An `overrides/` folder; there may be none at this path."""

    def __init__(self, files: ProjectFiles, folder: str) -> None:
        self._files = files
        self.folder = folder

    def path(self, name: str) -> str:
        """The path of a file in the folder."""
        return os.path.join(self.folder, name)

    @cached_property
    def _listing(self) -> tuple[str, ...] | Unread:
        return self._files.listing(self.folder)

    @property
    def names(self) -> tuple[str, ...]:
        """What is in the folder, sorted; nothing where it was not read."""
        return () if isinstance(self._listing, Unread) else self._listing

    @property
    def is_missing(self) -> bool:
        """Whether there surely is no such folder."""
        return isinstance(self._listing, Unread) and self._listing.is_missing

    @property
    def is_cdk(self) -> bool:
        """Whether a CDK application changes the template: patches win over one."""
        return CDK in self.names and PATCHES not in self.names

    @property
    def is_unusable(self) -> bool:
        """Whether the folder is there and holds nothing that Copilot looks for: it stops then."""
        return not isinstance(self._listing, Unread) and not {CDK, PATCHES} & {*self.names}

    @property
    def unread_paths(self) -> Iterator[str]:
        """The patches, if they are there and were not read; the folder, if that was not."""
        patches = self.path(PATCHES)
        if isinstance(self._listing, Unread):
            yield from () if self.is_missing else (self.folder,)
        elif PATCHES in self.names and isinstance(self._files.look(patches), Unread):
            yield patches

    @cached_property
    def file(self) -> PatchesFile | None:
        """The patches; None where there are none, or they were not read."""
        source = self._files.source(self.path(PATCHES)) if PATCHES in self.names else None
        return PatchesFile(source) if source else None

    @property
    def paths(self) -> Iterator[str]:
        """The path of the patches, if they were read."""
        if self.file:
            yield self.file.source.path

    @cached_property
    def patches(self) -> tuple[Patch, ...] | None:
        """The patches in their order; None where something is changed and nobody can say what."""
        if isinstance(self._listing, Unread):
            return () if self.is_missing else None
        if PATCHES not in self.names:
            return None if self.names else ()
        return None if self.file is None or self.file.tree.unread else self.file.patches

    def mention(self, *names: str) -> bool:
        """Whether properties of the template with one of these names may be changed."""
        if self.patches is None:
            return True
        return any(patch.mentions(name) for patch in self.patches for name in names)

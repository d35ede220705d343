"""The `copilot/` folder: its workloads, environments, and the application's name.

Source: internal/pkg/workspace/workspace.go. Everything is looked up when it is first asked for, and
once. Paths are in the spelling in which the user named the first file.
"""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sidecar_lint.source import Source
from sidecar_lint.tree import Mapping, Scalar, read

if TYPE_CHECKING:
    from sidecar_lint.document import Document
    from sidecar_lint.workspace.files import Files
    from sidecar_lint.workspace.overrides import Overrides

COPILOT: Final = "copilot"
MANIFEST: Final = "manifest.yml"
#: Folders of `copilot/` that are no workloads.
ENVIRONMENTS: Final = "environments"
PIPELINES: Final = "pipelines"
NO_WORKLOADS: Final = (ENVIRONMENTS, PIPELINES)
_SUMMARY: Final = ".workspace"


def workspace_folder(files: Files, path: str) -> str | None:
    """The `copilot/` folder that a file lies in or beside, the innermost where there are several."""
    folder = folder_of(path)
    while True:
        here = os.path.basename(os.path.abspath(folder)) == COPILOT
        if here or files.is_file(os.path.join(folder, _SUMMARY)):
            return folder
        below = os.path.normpath(os.path.join(folder, COPILOT))
        if files.is_folder(below):
            return below
        if os.path.dirname(os.path.abspath(folder)) == os.path.abspath(folder):
            return None
        folder = parent_of(folder)


def folder_of(path: str) -> str:
    """The folder that a file is in, in the spelling of the path."""
    return os.path.normpath(os.path.dirname(path) or os.curdir)


def parent_of(folder: str) -> str:
    """The folder above, in the same spelling; `..` where that has none."""
    name = os.path.basename(folder)
    if name in ("", os.curdir, os.pardir):
        return os.path.normpath(os.path.join(folder, os.pardir))
    return os.path.normpath(os.path.dirname(folder) or os.curdir)


class Workspace:
    """A `copilot/` folder. `folder` is its path."""

    def __init__(self, files: Files, folder: str) -> None:
        self.files = files
        self.folder = folder

    @property
    def project(self) -> str:
        """The folder around it: what the paths in manifests start from."""
        return parent_of(self.folder)

    def path(self, *names: str) -> str:
        """The path of something in the project, from the project's folder."""
        return os.path.normpath(os.path.join(self.project, *names))

    @cached_property
    def holds_sources(self) -> bool:
        """Whether the project has more in it than `copilot/`: a checkout may be of that folder alone.

        Where there are submodules, what is not here may only not be checked out.
        """
        names = self.files.names(self.project)
        return ".gitmodules" not in names and any(name[0] != "." and name != COPILOT for name in names)

    @cached_property
    def application(self) -> str | None:
        """The application's name, where `.workspace` has it."""
        source = self.files.source(os.path.join(self.folder, _SUMMARY))
        root = read(source).root if source else None
        name = root.get("application") if isinstance(root, Mapping) else None
        return name.text if isinstance(name, Scalar) and name.text else None

    @cached_property
    def environments(self) -> tuple[str, ...]:
        """The environments that have a manifest; others may exist that have none."""
        return tuple(self._with_manifest(os.path.join(self.folder, ENVIRONMENTS)))

    @cached_property
    def workloads(self) -> dict[str, Workload]:
        """The workloads by the name of their folder."""
        names = (name for name in self._with_manifest(self.folder) if name not in NO_WORKLOADS)
        return {name: Workload(self, os.path.join(self.folder, name)) for name in names}

    def workload(self, path: str) -> Workload | None:
        """The workload in whose folder a file lies."""
        inside = os.path.relpath(os.path.abspath(path), os.path.abspath(self.folder))
        return self.workloads.get(inside.partition(os.sep)[0])

    def renew(self, path: str) -> bool:
        """Drop what was derived from a file of a workload, and of no other.

        False where the file is no workload's: then nothing here is sure to hold any more.
        """
        inside = os.path.relpath(os.path.abspath(path), os.path.abspath(self.folder))
        name = inside.partition(os.sep)[0]
        known: dict[str, Workload] = self.__dict__.get("workloads", {})
        if name in known:
            known[name] = Workload(self, known[name].folder)
        return name in known

    @cached_property
    def pipelines(self) -> tuple[str, ...]:
        """The names of the pipelines that Copilot deploys with."""
        return tuple(self._with_manifest(os.path.join(self.folder, PIPELINES)))

    def environment_manifest(self, name: str) -> Source | None:
        """The manifest of an environment; None where there is none."""
        return self.files.source(os.path.join(self.folder, ENVIRONMENTS, name, MANIFEST))

    def _with_manifest(self, folder: str) -> list[str]:
        return [
            name
            for name in self.files.names(folder)
            if name[0] != "." and self.files.is_file(os.path.join(folder, name, MANIFEST))
        ]


class Workload:
    """A folder of `copilot/` with a manifest in it."""

    def __init__(self, workspace: Workspace, folder: str) -> None:
        self.workspace = workspace
        self.folder = folder

    @property
    def folder_name(self) -> str:
        """The name of its folder, which Copilot takes for its name."""
        return os.path.basename(self.folder)

    @property
    def files(self) -> Files:
        """Where everything is read."""
        return self.workspace.files

    @property
    def manifest_path(self) -> str:
        """The path of its manifest."""
        return os.path.join(self.folder, MANIFEST)

    def path(self, *names: str) -> str:
        """The path of something in its folder."""
        return os.path.normpath(os.path.join(self.folder, *names))

    @cached_property
    def overrides(self) -> Overrides:
        """What its `overrides/` folder changes."""
        from sidecar_lint.workspace.overrides import Overrides

        return Overrides(self)

    @cached_property
    def document(self) -> Document | None:
        """Its manifest; None where it cannot be read."""
        from sidecar_lint.document import Document

        source = self.files.source(self.manifest_path)
        return Document(source, self) if source else None

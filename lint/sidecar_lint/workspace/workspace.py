"""The `copilot/` folder: its workloads, environments, and the application's name.

Source: internal/pkg/workspace/workspace.go. Everything is looked up when it is first asked for, and
once. Paths are in the spelling in which the user named the first file.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Final, Protocol, Self, runtime_checkable

from sidecar_lint.files.paths import folder_of, parent_of, path_parts
from sidecar_lint.files.project_root import COPILOT
from sidecar_lint.files.reading import Unread
from sidecar_lint.memo import Made, Memo
from sidecar_lint.syntax.nodes import Mapping, Scalar
from sidecar_lint.syntax.tree import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sidecar_lint.configuration.file import ConfigurationFile
    from sidecar_lint.configuration.files import ConfigurationFiles
    from sidecar_lint.files.project_files import ProjectFiles
    from sidecar_lint.syntax.source import Source
    from sidecar_lint.workspace.addons import Addons
    from sidecar_lint.workspace.overrides import Overrides

MANIFEST: Final = "manifest.yml"
#: Where pipelines were before each had a folder; Copilot still reads it.
OLD_PIPELINE: Final = "pipeline.yml"
#: Folders of `copilot/` that are no workloads.
ENVIRONMENTS: Final = "environments"
PIPELINES: Final = "pipelines"
NO_WORKLOADS: Final = (ENVIRONMENTS, PIPELINES)
OVERRIDES: Final = "overrides"
#: Folders of `environments/` that are no environments, but for all of them.
NO_ENVIRONMENTS: Final = ("addons", OVERRIDES)
#: What a workspace knows from the names of files alone.
_LISTINGS: Final = ("environments", "pipelines", "holds_sources")
_SUMMARY: Final = ".workspace"
#: More workloads take longer than anybody should wait for one.
_MANY: Final = 10


def workspace_folder(files: ProjectFiles, path: str) -> str | None:
    """The `copilot/` folder that a file lies in or beside, the innermost where there are several.

    The search ends at the root of the project.
    """
    folder = folder_of(path)
    while files.encloses(folder):
        here = os.path.basename(os.path.abspath(folder)) == COPILOT
        if here or files.is_there(os.path.join(folder, _SUMMARY)):
            return folder
        below = os.path.normpath(os.path.join(folder, COPILOT))
        if files.is_folder(below):
            return below
        if os.path.abspath(folder) == files.root:
            break
        folder = parent_of(folder)
    return None


class Postponed(Exception):  # noqa: N818  nothing is wrong
    """What it takes all workloads to know is not asked for yet: somebody waits for what takes one."""


class Workspace(Memo):
    """A `copilot/` folder. `folder` is its path; `configurations` are those of its files, where any count.

    While it is `hurried`, nothing is made of all workloads where these are many.
    """

    hurried = False

    def __init__(
        self,
        files: ProjectFiles,
        folder: str,
        configurations: ConfigurationFiles | None = None,
    ) -> None:
        self.files = files
        self.folder = folder
        self._configurations = configurations

    def of_all_workloads(self, make: Callable[[Workspace], Made]) -> Made:
        """What a function makes of it that looks into every workload, once. Raises Postponed while it is hurried."""
        if make not in self.made:
            self.give_way()
        return self.once(make)

    def give_way(self) -> None:
        """To be called before what takes long with many workloads: raises Postponed while it is hurried."""
        if self.hurried and len(self.workloads) > _MANY:
            raise Postponed

    def configuration(self, path: str) -> ConfigurationFile | None:
        """What is configured for a file in it; None where nothing is."""
        return self._configurations.of(path) if self._configurations else None

    @property
    def folder_name(self) -> str:
        """The name of its folder: `copilot`, but for one that only `.workspace` makes one."""
        return os.path.basename(os.path.abspath(self.folder))

    @property
    def project(self) -> str:
        """The folder around it: what the paths in manifests start from."""
        return parent_of(self.folder)

    def path(self, *names: str) -> str:
        """The path of something in the project, from the project's folder; `/x` is there too, as for Copilot."""
        return os.path.normpath(os.path.join(self.project, *(name.lstrip("/") for name in names)))

    def unread(self, path: str) -> Unread | None:
        """Why a file that a manifest names would not be read, as far as that shows; None where it would.

        On Windows a path with backslashes leads where one with slashes does.
        """
        written = self.files.unread(self.path(path))
        if written is None or not written.is_missing or "\\" not in path:
            return written
        slashed = self.files.unread(self.path(path.replace("\\", "/")))
        return slashed if slashed and slashed.is_skipped else written

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
    def is_certain(self) -> bool:
        """Whether Copilot made the folder: it is neither one of the same name, nor a template for another."""
        if self.files.is_there(os.path.join(self.folder, _SUMMARY)):
            return True
        named = any(workload.is_named_as_folder for workload in self.workloads.values())
        return bool(named or self.environments or self.pipelines) and not self._is_inside_another

    @property
    def _is_inside_another(self) -> bool:
        """Whether a folder further up has a `copilot/` with workloads of its own."""
        outer = workspace_folder(self.files, os.path.abspath(self.project))
        return outer is not None and bool(Workspace(self.files, outer).workloads)

    @property
    def own_configuration(self) -> ConfigurationFile | None:
        """What is configured for the `copilot/` folder; None where nothing is."""
        return self.configuration(os.path.join(self.folder, _SUMMARY))

    @property
    def has_latest_copilot(self) -> bool:
        """Whether the last Copilot deploys it, whose templates are known: nothing configured says otherwise."""
        made = self.own_configuration
        return made is None or made.has_latest_copilot

    def owns(self, application: str | None) -> bool:
        """Whether an application is its own, as far as both are known."""
        return application is None or self.application in (None, application)

    @cached_property
    def environments(self) -> tuple[str, ...]:
        """The environments that have a manifest; others may exist that have none."""
        names = self._with_manifest(os.path.join(self.folder, ENVIRONMENTS))
        return tuple(name for name in names if name not in NO_ENVIRONMENTS)

    @property
    def has_all_manifests(self) -> bool:
        """Whether the manifest of every workload was read."""
        if isinstance(self.files.listing(self.folder), Unread):
            return False
        return all(workload.source for workload in self.workloads.values())

    @cached_property
    def workloads(self) -> dict[str, Workload]:
        """The workloads by the name of their folder."""
        names = (name for name in self._with_manifest(self.folder) if name not in NO_WORKLOADS)
        return {name: Workload(self, os.path.join(self.folder, name)) for name in names}

    def workload(self, path: str) -> Workload | None:
        """The workload in whose folder a file lies."""
        return self.workloads.get(self.inside(path)[0])

    def inside(self, path: str) -> tuple[str, ...]:
        """The names on the way from its folder to a file; the first is `..` where that lies outside."""
        way = os.path.relpath(os.path.abspath(path), os.path.abspath(self.folder))
        return path_parts(way) or (os.curdir,)

    def renewed(self, changed: str) -> Workspace:
        """The same folder once a file (an absolute path) has another text.

        What it holds is known already, and the other manifests are parsed; what follows from all of
        them together is not sure to hold any more.
        """
        other = Workspace(self.files, self.folder, self._configurations)
        other.__dict__.update({name: self.__dict__[name] for name in _LISTINGS if name in self.__dict__})
        if "workloads" in self.__dict__:
            at = self.workload(changed)
            renewed = {name: each.renewed(other, changed, at) for name, each in self.workloads.items()}
            other.__dict__["workloads"] = renewed
        return other

    @cached_property
    def pipelines(self) -> tuple[str, ...]:
        """The names of the pipelines that Copilot deploys with."""
        return tuple(self._with_manifest(os.path.join(self.folder, PIPELINES)))

    @property
    def pipeline_paths(self) -> tuple[str, ...]:
        """The paths of the manifests of pipelines: one a folder, and the old one for all."""
        paths = [os.path.join(self.folder, PIPELINES, name, MANIFEST) for name in self.pipelines]
        old = os.path.join(self.folder, OLD_PIPELINE)
        return (*paths, old) if self.files.is_there(old) else tuple(paths)

    def environment_path(self, name: str) -> str:
        """The path of the manifest of an environment."""
        return os.path.join(self.folder, ENVIRONMENTS, name, MANIFEST)

    @cached_property
    def environment_overrides(self) -> Overrides:
        """What `environments/overrides/` changes in the template of every environment."""
        from sidecar_lint.workspace.overrides import Overrides

        return Overrides(self.files, os.path.join(self.folder, ENVIRONMENTS, OVERRIDES))

    @cached_property
    def environment_addons(self) -> Addons:
        """The addons that every environment has."""
        from sidecar_lint.workspace.addons import FOLDER, RESERVED_OF_ENVIRONMENTS, Addons

        folder = os.path.join(self.folder, ENVIRONMENTS, FOLDER)
        return Addons(self.files, folder, self, RESERVED_OF_ENVIRONMENTS)

    @property
    def type(self) -> None:
        """The type of workload that the addons of environments belong to: none."""
        return

    @cached_property
    def unread_paths(self) -> tuple[str, ...]:
        """The files and folders that say something of all of it, are there, and would not be read."""
        environments = os.path.join(self.folder, ENVIRONMENTS)
        listing = self.files.listing(environments)
        if isinstance(listing, Unread) and not listing.is_missing:
            return (environments,)
        paths = (os.path.join(self.folder, _SUMMARY), *map(self.environment_path, self.environments))
        shared = (*self.environment_overrides.unread_paths, *self.environment_addons.unread_paths)
        return (*filter(self._is_unread, paths), *shared)

    def _is_unread(self, path: str) -> bool:
        why = self.files.unread(path)
        return why is not None and not why.is_missing

    def _with_manifest(self, folder: str) -> list[str]:
        return [
            name
            for name in self.files.names(folder)
            if name[0] != "." and not self.files.is_missing(os.path.join(folder, name, MANIFEST))
        ]


@contextmanager
def hurried(workspace: Workspace | None, *, on: bool) -> Iterator[None]:
    """Hurry a workspace for some time, or let it be."""
    if workspace is None:
        yield
        return
    before, workspace.hurried = workspace.hurried, on
    try:
        yield
    finally:
        workspace.hurried = before


@runtime_checkable
class Movable(Protocol):
    """Something made of the manifest of a workload that holds while the text of that is the same."""

    def around(self, workload: Workload) -> Self:
        """The same in another workload."""


@runtime_checkable
class Separate(Protocol):
    """Something made of a workload that holds while nothing changes but what is in the folders of others."""

    def beside(self, workload: Workload) -> Self:
        """The same of the same workload, beside another that has changed."""


class Workload(Memo):
    """A folder of `copilot/` with a manifest in it."""

    def __init__(self, workspace: Workspace, folder: str) -> None:
        self.workspace = workspace
        self.folder = folder

    def renewed(self, workspace: Workspace, changed: str, at: Workload | None) -> Workload:
        """The same workload in a workspace where a file has another text; `at` is the workload that has the file."""
        other = Workload(workspace, self.folder)
        if at is not None and at is not self:
            separate = ((make, made) for make, made in self.made.items() if isinstance(made, Separate))
            other.made.update({make: made.beside(other) for make, made in separate})
        if os.path.abspath(self.manifest_path) != changed:
            kept = ((make, made) for make, made in self.made.items() if isinstance(made, Movable))
            other.made.update({make: made.around(other) for make, made in kept})
        return other

    @property
    def folder_name(self) -> str:
        """The name of its folder, which Copilot takes for its name."""
        return os.path.basename(self.folder)

    @cached_property
    def is_named_as_folder(self) -> bool:
        """Whether its manifest has the name of its folder, as Copilot demands."""
        return self._written("name") == self.folder_name

    @cached_property
    def type(self) -> str | None:
        """Its type as it is written."""
        return self._written("type")

    @property
    def environments(self) -> tuple[str, ...]:
        """The environments of the workspace that have a manifest."""
        return self.workspace.environments

    @property
    def files(self) -> ProjectFiles:
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
    def addons(self) -> Addons:
        """What its `addons/` folder adds."""
        from sidecar_lint.workspace.addons import FOLDER, Addons

        return Addons(self.files, self.path(FOLDER), self)

    @cached_property
    def overrides(self) -> Overrides:
        """What its `overrides/` folder changes."""
        from sidecar_lint.workspace.overrides import Overrides

        return Overrides(self.files, self.path(OVERRIDES))

    @property
    def unread_paths(self) -> Iterator[str]:
        """The files and folders of it that are there and were not read, its manifest excepted."""
        yield from self.addons.unread_paths
        yield from self.overrides.unread_paths

    @cached_property
    def source(self) -> Source | None:
        """The text of its manifest; None where that cannot be read."""
        return self.files.source(self.manifest_path)

    def _written(self, field: str) -> str | None:
        root = read(self.source, loops=True).root if self.source else None
        node = root.get(field) if isinstance(root, Mapping) else None
        return node.text if isinstance(node, Scalar) else None

"""`sidecar-lint leave [WORKLOAD…]`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from sidecar_lint.commands.error_handling import door, failure
from sidecar_lint.exit_status import FAILED, USAGE
from sidecar_lint.layout import columns_of
from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from sidecar_lint.finding import Stage
    from sidecar_lint.manifests.manifest import Document
    from sidecar_lint.migration.inventory import Inventory
    from sidecar_lint.migration.migration import Migration
    from sidecar_lint.workspace.files import Files
    from sidecar_lint.workspace.workspace import Workspace


class To(StrEnum):
    """Where workloads go; as in `migration.target`, which is not loaded before it is needed."""

    ECS = "ecs"
    EXPRESS = "express"
    CDK = "cdk"
    TERRAFORM = "terraform"


class Printed(StrEnum):
    """How to print it."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"
    HTML = "html"


def leave(  # noqa: PLR0913  one parameter an option
    workloads: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WORKLOAD…",
            show_default=False,
            help="Names of workloads, manifests, or folders. Nothing: all of the workspace around the current folder.",
        ),
    ] = None,
    *,
    env: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", show_default="each that has a manifest or is named", help="Only this environment."
        ),
    ] = None,
    to: Annotated[
        To, typer.Option("--to", help="Where to: ECS's API, ECS Express Mode, the CDK, or Terraform.")
    ] = To.ECS,
    printed: Annotated[Printed, typer.Option("--format", help="How to print it.")] = Printed.TEXT,
    write: Annotated[
        str | None,
        typer.Option(
            "--write",
            metavar="FOLDER",
            help="Write what can be used as it is, too: task definition, roles, service, addons. A new or empty folder.",
        ),
    ] = None,
    isolated: Annotated[  # noqa: ARG001  what it asks for is always so here
        bool, typer.Option("--isolated", help="No configuration at all. This is what happens anyway.")
    ] = False,
) -> None:
    """Say what it takes to leave Copilot: what goes where, what is lost, what to do in which order.

    Exit status: 0, 2 wrong usage, 3 something could not be read or is not covered.
    """
    with door():
        for option, value in (("--env", env), ("--write", write)):
            if value == "":  # a variable of the shell that is not set
                raise failure(f"{option} is empty", USAGE)
        taking = _Taking(env, to)
        found = list(taking.of(workloads or ()))
        if not found:
            raise taking.nothing()
        if write is not None:
            _write(write, found)
        sys.stdout.write(_printed(found, printed))
    if taking.failed:
        raise SystemExit(FAILED)


#: When a mistake comes to light, and in which environments.
_Error: TypeAlias = "tuple[Stage, tuple[str, ...]]"


class _TakenInventory(NamedTuple):
    """A workload of an environment, and its inventory."""

    migration: Migration
    inventory: Inventory


class _Taking:
    """Takes the inventories of what the user names. What cannot be is said at once."""

    def __init__(self, environment: str | None, to: To) -> None:
        from sidecar_lint.migration.target import MigrationTarget
        from sidecar_lint.workspace.files import Files

        self._environment = environment
        self._target = MigrationTarget(to)
        self._files: Files = Files(isolated=True)
        self.failed = False
        self._misuses: set[str] = set()

    def nothing(self) -> SystemExit:
        """How it ends where there is nothing to show."""
        if self._misuses:
            return SystemExit(USAGE)
        return SystemExit(FAILED) if self.failed else failure("no workload found")

    def of(self, names: Iterable[str]) -> Iterator[_TakenInventory]:
        named = list(names)
        for path in dict.fromkeys(path for name in named for path in self._paths(name)):
            yield from self._of_file(path, is_named=path in named)
        if not named:
            for path in self._discovered(()):
                yield from self._of_file(path, is_named=False)

    def _paths(self, name: str) -> Iterator[str]:
        """The manifests that a name, a folder or a file stands for; a workload's name wins."""
        workspace = self._files.workspace("-")
        workload = workspace.workloads.get(name) if workspace else None
        if workload is not None:
            yield workload.manifest_path
        elif os.path.isdir(name):
            yield from self._discovered((name,))
        elif os.path.lexists(name) or os.path.basename(name) != name:
            yield name
        else:
            self._complain(_no_workload(name, workspace), None)

    def _discovered(self, paths: tuple[str, ...]) -> list[str]:
        from sidecar_lint.linting.discovery import discover

        found = discover(paths)
        for problem in found.problems:
            self._complain(problem.message, problem.file)
        return found.files

    def _of_file(self, path: str, *, is_named: bool) -> Iterator[_TakenInventory]:
        """The inventories of a manifest; files that are no manifests of ECS workloads are passed over unless named."""
        from sidecar_lint.manifests.copilot_names import ECS_TYPES
        from sidecar_lint.migration.environments import environments
        from sidecar_lint.migration.taking_inventory import inventory_of, migration_of
        from sidecar_lint.rendering.rendering import CannotRender

        document = self._document(path)
        if document is None:
            if is_named and not self.failed:
                self._complain("it is not a manifest of a workload", path)
            return
        if not is_named and document.problem is None and document.kind is None:
            return
        if not is_named and document.kind not in (None, *ECS_TYPES):
            self._say(f"a {document.kind} does not run on ECS, and is not covered", path)
            return
        if self._environment and (problem := _unknown_environment(document, self._environment)):
            self._misuse(f"--env: {problem}")
            return
        errors = _refused(document, self._files)
        chosen = (self._environment,) if self._environment else environments(document)
        for environment in chosen:
            try:
                migration, notes = migration_of(document, environment, self._target)
                yield _TakenInventory(
                    migration,
                    inventory_of(
                        migration,
                        (
                            *_lint_first(document, errors, environment),
                            *_hearsay(document, self._environment),
                            *notes,
                        ),
                    ),
                )
            except CannotRender as error:
                self._complain(str(error), path)
                return

    def _document(self, path: str) -> Document | None:
        from sidecar_lint.files.reading import Unread
        from sidecar_lint.linting.classify import classify
        from sidecar_lint.manifests.manifest import Document

        found = self._files.look(path)
        if isinstance(found, Unread):
            self._complain(found.text, path)
            return None
        file = classify(found, self._files).file
        return file if isinstance(file, Document) else None

    def _complain(self, message: str, path: str | None) -> None:
        self.failed = True
        self._say(message, path)

    def _misuse(self, message: str) -> None:
        """Say what is wrong with an option, once for all of a workspace."""
        if message not in self._misuses:
            self._complain(message, None)
        self._misuses.add(message)

    def _say(self, message: str, path: str | None) -> None:
        from sidecar_lint.report.stderr import complain

        complain(message, path)


def _unknown_environment(document: Document, name: str) -> str:
    """That the workspace has no environment of a name; empty where it has, or does not tell."""
    from sidecar_lint.finding import ANY_ENVIRONMENT
    from sidecar_lint.migration.environments import known_environments
    from sidecar_lint.phrasing import enumerated
    from sidecar_lint.syntax.nearest import closest

    known = known_environments(document)
    if not known or name in (*known, ANY_ENVIRONMENT):
        return ""
    near = closest(name, known)
    hint = f"did you mean {near}?" if near else f"there are {enumerated(known)}"
    return (
        f"{name}: no environment of this name ({hint}). If AWS has it, `copilot env show --name {name} --manifest` prints"
        f" what is to be in {os.path.join('copilot', 'environments', name, 'manifest.yml')}"
    )


def _hearsay(document: Document, name: str | None) -> Iterator[str]:
    """What nobody but the user knows of environments; where the manifest names others that is said anyway."""
    existing = document.workload.workspace.environments if document.workload else ()
    if document.overrides or existing:
        return
    if name is None:
        yield "nothing here names an environment: with --env NAME (copilot env ls lists them) its name is in what follows"
    else:
        yield f"nothing here tells whether there is an environment {name!r}: copilot env ls lists them"


def _refused(document: Document, files: Files) -> list[_Error]:
    """For each error with which a manifest is not deployed, when that is and the environments in which it is so."""
    from sidecar_lint.finding import Severity, Stage
    from sidecar_lint.lint_files import lint_paths

    report = next(iter(lint_paths([document.source.path], files=files)))
    found = (each for each in report.findings if each.stage in (Stage.COPILOT, Stage.DEPLOY))
    return [(each.stage, each.environments) for each in found if each.severity is Severity.ERROR]


def _lint_first(document: Document, errors: list[_Error], environment: str) -> Iterator[str]:
    """That a manifest is not deployed in an environment: then what runs there is something else."""
    from sidecar_lint.finding import ANY_ENVIRONMENT, Stage

    named = environment in document.overrides
    stages = [
        stage for stage, names in errors if environment in names or (ANY_ENVIRONMENT in names and not named)
    ]
    refused, failing = stages.count(Stage.COPILOT), stages.count(Stage.DEPLOY)
    if refused:
        yield f"Copilot refuses this manifest, for {_errors(refused)}: lint it first (sidecar-lint check)"
    elif failing:
        yield (
            f"the deployment of this manifest fails, for {_errors(failing)}: lint it first (sidecar-lint check)"
        )


def _errors(count: int) -> str:
    return f"{count} error{'s' * (count > 1)}"


def _no_workload(name: str, workspace: Workspace | None) -> str:
    from sidecar_lint.phrasing import enumerated
    from sidecar_lint.syntax.nearest import closest

    if workspace is None:
        return f"{name}: no such file, and no copilot/ folder here or above that has a workload of this name"
    names = list(workspace.workloads)
    near = closest(name, names)
    hint = f"did you mean {near}?" if near else f"there are {enumerated(names)}" if names else "there is none"
    return f"{name}: no workload of this name ({hint})"


def _write(folder: str, found: list[_TakenInventory]) -> None:
    """Write the files of each into a folder of its own below a new one."""
    from sidecar_lint.files.writing import FolderInUseError, new_folder, write_files
    from sidecar_lint.report.stderr import complain

    files = _files(found)
    try:
        write_files(new_folder(folder), files)
    except FolderInUseError as error:
        raise failure(f"--write: {error.strerror}", USAGE, file=folder) from error
    except OSError as error:
        raise failure(f"cannot write it: {error.strerror or error}", file=folder) from error
    complain(f"{len(files)} files written", folder)


def _files(found: list[_TakenInventory]) -> dict[str, str]:
    from sidecar_lint.migration.export.exporting import exported, folder_name
    from sidecar_lint.report.migration.markdown import markdown_text

    files: dict[str, str] = {}
    taken: set[str] = set()
    for migration, inventory in found:
        folder = name = folder_name(migration)
        while folder.lower() in taken:  # a file system may not tell large letters from small ones
            folder = f"{name}-{len(taken)}"
        taken.add(folder.lower())
        made = {"inventory.md": markdown_text([inventory]), **exported(migration, blocked=inventory.blocked)}
        files.update({f"{folder}/{each}": text for each, text in made.items()})
    return files


def _printed(found: list[_TakenInventory], printed: Printed) -> str:
    inventories = [each.inventory for each in found]
    match printed:
        case Printed.MARKDOWN:
            from sidecar_lint.report.migration.markdown import markdown_text

            return markdown_text(inventories)
        case Printed.JSON:
            from sidecar_lint.report.migration.json import json_text

            return json_text(inventories)
        case Printed.HTML:
            from sidecar_lint.rendering.diagram.diagram import diagram
            from sidecar_lint.report.migration.html import Page, html

            return html([Page(each.inventory, diagram(each.migration.template)) for each in found])
    from sidecar_lint.report.migration.text import text

    return text(inventories, columns_of(sys.stdout))

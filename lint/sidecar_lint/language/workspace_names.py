"""Names that go through a whole workspace: where an environment is mentioned, and giving it another name."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from sidecar_lint.environments.in_workspace import environment_files_of
from sidecar_lint.finding import Edit
from sidecar_lint.language.names import ENVIRONMENT, Name, NamingFile, used
from sidecar_lint.linting.sharing import Sharing
from sidecar_lint.manifests.manifest import document_of
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.pipelines.in_workspace import pipeline_files
from sidecar_lint.rulebook.rule import quoted
from sidecar_lint.secrets.in_workspace import secret_inputs_of
from sidecar_lint.workspace.environment_names import can_name_environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.syntax.nodes import Scalar
    from sidecar_lint.syntax.source import Source
    from sidecar_lint.workspace.files import Files
    from sidecar_lint.workspace.workspace import Workspace

#: What Copilot calls the template of an environment and its parameters, for the stages of pipelines.
_GENERATED: Final = ("infrastructure/{}.env.yml", "infrastructure/{}.env.params.json")


class Mention(NamedTuple):
    """A place where an environment is named, and the file it is in."""

    source: Source
    name: Name


class FileEdits(NamedTuple):
    """Edits of one file, in the order of its text."""

    source: Source
    edits: tuple[Edit, ...]


def mentions(workspace: Workspace, files: Files, environment: str) -> list[Mention]:
    """Where manifests, pipelines, secret inputs and configurations name an environment, each place once."""
    found: dict[object, Mention] = {}
    for file in _files(workspace, files):
        for name in used(file):
            if (name.kind, name.text) == (ENVIRONMENT, environment):
                key = (os.path.abspath(file.source.path), name.span)
                if key not in found or name.is_written:
                    found[key] = Mention(file.source, name)
    return sorted(found.values(), key=lambda each: (each.source.path, each.name.span))


def _files(workspace: Workspace, files: Files) -> Iterator[NamingFile]:
    yield from environment_files_of(workspace).values()
    yield from filter(None, map(document_of, workspace.workloads.values()))
    yield from pipeline_files(workspace)
    yield from secret_inputs_of(workspace)
    named = (workspace.folder, *(workload.folder for workload in workspace.workloads.values()))
    configured = (files.configuration(os.path.join(folder, os.curdir)) for folder in named)
    yield from {id(each): each for each in configured if each}.values()


def rename_environment(workspace: Workspace, files: Files, environment: str, new: str) -> list[FileEdits]:
    """The edits that give an environment another name wherever it is mentioned; its folder is not theirs.

    Raises ValueError, with a sentence for the user, where the new name cannot be.
    """
    if not can_name_environment(new):
        raise ValueError(f"no environment can be called {new!r}: small letters, digits and single hyphens")
    if new == environment:
        return []
    if new in workspace.environments or mentions(workspace, files, new):
        raise ValueError(f"there is an environment {new!r} already, or it is mentioned somewhere")
    if unread := next((file.source.path for file in _files(workspace, files) if file.tree.unread), None):
        raise ValueError(
            f"{os.path.relpath(unread, workspace.project)} cannot be read: it may mention it, too"
        )
    found = [_renaming(each, new) for each in mentions(workspace, files, environment)]
    found += _generated(workspace, environment, new)
    by_path: dict[str, FileEdits] = {}
    for source, edits in found:
        before = by_path.get(source.path, FileEdits(source, ()))
        by_path[source.path] = FileEdits(source, tuple(sorted((*before.edits, *edits))))
    if any(map(_is_shared, by_path.values())):
        raise _elsewhere(environment)
    return [each for each in by_path.values() if each.edits]


def _is_shared(file: FileEdits) -> bool:
    """Whether an edit changes what an alias uses somewhere else."""
    return any(map(Sharing(file.source).is_shared, file.edits))


def _renaming(mention: Mention, new: str) -> FileEdits:
    if not mention.name.is_written:
        raise _elsewhere(mention.name.text)
    return FileEdits(mention.source, (_edit(mention.name.scalar, new),))


def _generated(workspace: Workspace, environment: str, new: str) -> Iterator[FileEdits]:
    """The paths in pipelines that have the environment's name in them."""
    renamed = {path.format(environment): path.format(new) for path in _GENERATED}
    for file in pipeline_files(workspace):
        for stage in file.pipeline.stages:
            for action in stage.actions("deployments"):
                paths = filter(None, (action.text("template_path"), action.text("template_config")))
                edits = (_edit(path, renamed[path.text]) for path in paths if path.text in renamed)
                yield FileEdits(file.source, tuple(edits))


def _edit(scalar: Scalar, text: str) -> Edit:
    return Edit(scalar.span, quoted(text, scalar.style))


def _elsewhere(environment: str) -> ValueError:
    return ValueError(f"{environment!r} also goes through an alias or a variable: rename it by hand")

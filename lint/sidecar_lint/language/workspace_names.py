"""Names that go through a whole workspace: where an environment is mentioned, and giving it another name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sidecar_lint.finding import Edit
from sidecar_lint.language.names import ENVIRONMENT, Name, used
from sidecar_lint.manifests.file import ManifestFile
from sidecar_lint.pipelines.file import PipelineFile
from sidecar_lint.rulebook.rule import quoted
from sidecar_lint.syntax.source import Source
from sidecar_lint.workspace.environment_names import can_name_environment
from sidecar_lint.workspace.workspace import Workspace


class Mention(NamedTuple):
    """A place where an environment is named, and the file it is in."""

    source: Source
    name: Name


class FileEdits(NamedTuple):
    """Edits of one file, in the order of its text."""

    source: Source
    edits: tuple[Edit, ...]


def mentions(workspace: Workspace, environment: str) -> list[Mention]:
    """Where manifests, pipelines and secret inputs of a workspace name an environment, each place once."""
    found = {(each.source.path, each.name.span): each for each in _mentions(workspace, environment)}
    return [each for _, each in sorted(found.items(), key=lambda item: item[0])]


def _mentions(workspace: Workspace, environment: str) -> Iterator[Mention]:
    for file in _files(workspace):
        for name in used(file):
            if (name.kind, name.text) == (ENVIRONMENT, environment):
                yield Mention(file.source, name)
    for secret_input in workspace.secret_inputs:
        for value in secret_input.values:
            if value.environment.text == environment:
                is_written = value.environment.alias is None and value.node.alias is None
                name = Name(
                    ENVIRONMENT, environment, value.environment, is_definition=False, is_written=is_written
                )
                yield Mention(secret_input.source, name)


def _files(workspace: Workspace) -> Iterator[ManifestFile]:
    yield from workspace.environment_files.values()
    yield from (workload.document for workload in workspace.workloads.values() if workload.document)
    for path in workspace.pipeline_paths:
        source = workspace.files.source(path)
        if source is not None:
            yield PipelineFile(source, workspace)


def rename_environment(workspace: Workspace, environment: str, new: str) -> list[FileEdits]:
    """The edits that give an environment another name wherever it is mentioned; its folder is not theirs.

    Raises ValueError, with a sentence for the user, where the new name cannot be.
    """
    if not can_name_environment(new):
        raise ValueError(f"no environment can be called {new!r}: small letters, digits and single hyphens")
    if new != environment and new in workspace.environments:
        raise ValueError(f"there is an environment {new!r} already")
    found: dict[str, FileEdits] = {}
    for source, name in mentions(workspace, environment):
        if not name.is_written:
            raise ValueError(f"{environment!r} also goes through an alias or a variable: rename it by hand")
        before = found.get(source.path, FileEdits(source, ()))
        edit = Edit(name.span, quoted(new, name.scalar.style))
        found[source.path] = before._replace(edits=(*before.edits, edit))
    return list(found.values())

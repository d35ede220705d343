"""What kind of file a file is."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from sidecar_lint.configuration.location import is_configuration
from sidecar_lint.environments.file import EnvironmentFile
from sidecar_lint.environments.in_workspace import environment_file, environment_files_of
from sidecar_lint.linting.inputs import (
    AddonInput,
    CollectorInput,
    ConfigurationInput,
    EnvironmentAddonInput,
    EnvironmentInput,
    LintInput,
    ManifestInput,
    PatchesInput,
    PipelineInput,
    PossibleSecretsInput,
    SecretsInput,
)
from sidecar_lint.manifests import schemas
from sidecar_lint.manifests.manifest import Document, document_of
from sidecar_lint.syntax.nodes import Mapping, Scalar, Sequence, as_mapping
from sidecar_lint.workspace.places import ManifestKind, kind_inside, kind_of
from sidecar_lint.workspace.workspace import MANIFEST

if TYPE_CHECKING:
    from sidecar_lint.syntax.source import Source
    from sidecar_lint.workspace.files import Files
    from sidecar_lint.workspace.workspace import Workload, Workspace


#: Fields that no other manifest of Copilot's has.
_PIPELINE_FIELDS: Final = ("version", "source", "stages")


def classify(source: Source, files: Files | None) -> LintInput:
    """A file as what it is: by its place in the workspace, else by what is in it.

    It is the manifest of a workload where nothing says otherwise. Without `files` its path is only a
    name, and nothing around it is known.
    """
    if is_configuration(source.path) or (files and files.is_configuration(source.path)):
        from sidecar_lint.configuration.file import ConfigurationFile

        return ConfigurationInput(files.as_configuration(source) if files else ConfigurationFile(source))
    workspace = files.workspace(source.path) if files else None
    workload = workspace.workload(source.path) if workspace else None
    if workload and _is(source.path, workload.manifest_path):
        known = document_of(workload)
        document = known if known and known.source is source else Document(source, workload)
        return ManifestInput(document)
    if workload:
        own = _addon(source, workload) or _patches(source, workload.workspace, workload)
        return own or _other(source, files, workspace)
    if workspace and (shared := _patches(source, workspace, None) or _environment_addon(source, workspace)):
        return shared
    placed = _by_place(source, workspace) if workspace else _by_name(source)
    return placed or _other(source, files, workspace)


def _by_place(source: Source, workspace: Workspace) -> LintInput | None:
    """The manifest of an environment or a pipeline, where its place makes it one."""
    inside = workspace.inside(source.path)
    match kind_inside(inside):
        case ManifestKind.PIPELINE:
            return _pipeline(source, workspace)
        case ManifestKind.ENVIRONMENT:
            known = environment_files_of(workspace).get(inside[1])
            fits = known is not None and known.source is source
            file = known if known and fits else environment_file(workspace, source, inside[1])
            return EnvironmentInput(file, tuple(workspace.environment_addons.paths))
    return None


def _by_name(source: Source) -> LintInput | None:
    """What a file is by its path alone."""
    match kind_of(source.path):
        case ManifestKind.WORKLOAD:
            return ManifestInput(Document(source))
        case ManifestKind.ENVIRONMENT:
            return EnvironmentInput(EnvironmentFile(source))
        case ManifestKind.PIPELINE:
            return _pipeline(source, None)
    return None


def _pipeline(source: Source, workspace: Workspace | None) -> LintInput:
    from sidecar_lint.pipelines.file import PipelineFile

    return PipelineInput(PipelineFile(source, workspace))


def _is(path: str, other: str) -> bool:
    return os.path.abspath(path) == os.path.abspath(other)


def _addon(source: Source, workload: Workload) -> LintInput | None:
    """The file of an `addons/` folder that a path is."""
    name = os.path.basename(source.path)
    if not _is(source.path, workload.addons.path(name)):
        return None
    template = workload.addons.files.get(name)
    return AddonInput(template) if template and template.source is source else None


def _environment_addon(source: Source, workspace: Workspace) -> LintInput | None:
    """The addon of all environments that a path is."""
    name, addons = os.path.basename(source.path), workspace.environment_addons
    if not _is(source.path, addons.path(name)):
        return None
    template = addons.files.get(name)
    return EnvironmentAddonInput(template) if template and template.source is source else None


def _patches(source: Source, workspace: Workspace, workload: Workload | None) -> LintInput | None:
    """The patches of a workload, or else of all environments, that a path is."""
    file = (workload.overrides if workload else workspace.environment_overrides).file
    if file is None or file.source is not source:
        return None
    from sidecar_lint.template.patches import Patches

    return PatchesInput(Patches(file, workspace, workload))


def _other(source: Source, files: Files | None, workspace: Workspace | None) -> LintInput:
    """A file that its place does not explain: by what is in it, and by its name."""
    document = Document(source)
    if found := _by_content(document):
        return found
    if os.path.basename(source.path) == MANIFEST:
        return ManifestInput(document)
    secrets = _secret_input(source, workspace) if files else None
    other = secrets or _collector(document, workspace) or _possible_secret_input(document, workspace)
    return other or ManifestInput(document)


def _by_content(document: Document) -> LintInput | None:
    """The manifest of an environment that says it is one, or of a pipeline that has its fields."""
    if document.type is not None and document.type.text == schemas.ENVIRONMENT:
        return EnvironmentInput(EnvironmentFile(document.source))
    is_named = os.path.basename(document.source.path) == MANIFEST
    root = as_mapping(document.root)
    is_pipeline = _is_surely_pipeline(root) or (is_named and _may_be_pipeline(root))
    return _pipeline(document.source, None) if is_pipeline else None


def _is_surely_pipeline(root: Mapping) -> bool:
    """Whether a file that lies anywhere has stages, and a source with a provider: other programs have these fields, too."""
    has_stages = isinstance(root.get("stages"), Sequence)
    return has_stages and isinstance(as_mapping(root.get("source")).get("provider"), Scalar)


def _may_be_pipeline(root: Mapping) -> bool:
    """Whether it has a field of pipelines and says no type, as a workload and an environment must."""
    return root.get("type") is None and any(name in root.entries for name in _PIPELINE_FIELDS)


def _secret_input(source: Source, workspace: Workspace | None) -> LintInput | None:
    """The file as an input of `copilot secret init`, if it is one."""
    from sidecar_lint.secrets.in_workspace import secret_input

    found = secret_input(source, workspace)
    return SecretsInput(found) if found else None


def _possible_secret_input(document: Document, workspace: Workspace | None) -> LintInput | None:
    """The file as one that may hold secrets, where nothing says that it is something else."""
    if document.kind is not None:
        return None
    from sidecar_lint.secrets.in_workspace import may_hold_secrets

    source = document.source
    if not may_hold_secrets(source, workspace):
        return None
    from sidecar_lint.secrets.secret_input import SecretInput

    return PossibleSecretsInput(document, SecretInput(source, workspace))


def _collector(document: Document, workspace: Workspace | None) -> LintInput | None:
    """The file as a collector's configuration, where it is one; the workspace may know what reads it."""
    from sidecar_lint.collector.recognition import is_collector_file

    source = document.source
    if not is_collector_file(source, document.tree):
        return None
    from sidecar_lint.collector.collectors import workspace_collectors
    from sidecar_lint.collector.configuration import Configuration

    if workspace is None:
        return CollectorInput(Configuration(source))
    return CollectorInput(workspace.once(workspace_collectors).file(source).configuration)

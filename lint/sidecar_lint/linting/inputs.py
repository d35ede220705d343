"""What can be linted: a class for each kind of file, which says what rules are asked about in it.

The list is closed: `classify` makes one of these of every file, and models know nothing of rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from sidecar_lint.collector.bindings import may_have_uses
from sidecar_lint.finding import ANY_ENVIRONMENT
from sidecar_lint.linting.check_target import CheckTarget
from sidecar_lint.manifests.credentials import likely_credentials
from sidecar_lint.manifests.manifest import Document, document_of
from sidecar_lint.rulebook.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.collector.collectors import CollectorText
    from sidecar_lint.collector.configuration import Configuration
    from sidecar_lint.configuration.file import ConfigurationFile
    from sidecar_lint.environments.file import EnvironmentFile
    from sidecar_lint.manifests.manifest import Manifest
    from sidecar_lint.pipelines.file import PipelineFile
    from sidecar_lint.secrets.secret_input import SecretInput
    from sidecar_lint.suppressions.suppressions import Suppressions
    from sidecar_lint.syntax.source import Source
    from sidecar_lint.syntax.span import Span
    from sidecar_lint.template.patches import Patches
    from sidecar_lint.workspace.addons import Template


class FileModel(Protocol):
    """What is known of a file."""

    @property
    def source(self) -> Source:
        """Its text."""


class LintInput:
    """A file as what it is, ready to be linted; `file` is its model."""

    file: FileModel

    def __init__(self, file: FileModel) -> None:
        self.file = file

    @property
    def source(self) -> Source:
        """Its text."""
        return self.file.source

    @property
    def environments(self) -> tuple[str, ...]:
        """The environments that findings can hold in: "*" first, where that is one of them."""
        return (ANY_ENVIRONMENT,)

    @property
    def hidden(self) -> tuple[Span, ...]:
        """What is not to be shown of its text, besides what is a credential anywhere."""
        return ()

    @property
    def manifests(self) -> tuple[Manifest, ...]:
        """The manifests of its environments, about each of which rules are asked."""
        return ()

    @property
    def is_understood(self) -> bool:
        """Whether it can be looked at as what it is."""
        return True

    def targets(self) -> Iterator[CheckTarget[Any]]:
        """What else rules are asked about in it."""
        raise NotImplementedError

    def companions(self) -> Iterator[str]:
        """The paths of the files that are linted with it."""
        yield from ()


class ManifestInput(LintInput):
    """The manifest of a workload; what nobody knows is taken for one."""

    file: Document

    @property
    def environments(self) -> tuple[str, ...]:
        return self.file.environments

    @property
    def hidden(self) -> tuple[Span, ...]:
        """Credentials that are written out, those in configurations of collectors too."""
        if not may_have_uses(self.file):
            return self.file.hidden
        from sidecar_lint.collector.collectors import hidden_in_manifest

        return (*self.file.hidden, *hidden_in_manifest(self.file))

    @property
    def manifests(self) -> tuple[Manifest, ...]:
        return self.file.manifests

    @property
    def is_understood(self) -> bool:
        return bool(self.manifests)

    def targets(self) -> Iterator[CheckTarget[Any]]:
        """The file as written, and the configurations of collectors that are in it."""
        document = self.file
        yield CheckTarget(Rule.check_file, document, document.environments)
        yield CheckTarget(Rule.check_document, document, document.environments)
        if may_have_uses(document):
            from sidecar_lint.collector.collectors import texts_in_manifest

            yield from (_of_collector(*each) for each in texts_in_manifest(document))

    def companions(self) -> Iterator[str]:
        """Its addons, its patches, files with its secrets and of its collectors.

        Of those that were not read, somebody has to be told.
        """
        document, workload = self.file, self.file.workload
        if workload and document_of(workload) is document:
            yield from workload.addons.paths
            yield from workload.overrides.paths
            yield from workload.unread_paths
            yield from workload.workspace.environment_addons.paths
            yield from workload.workspace.unread_paths
        if workload and "/secrets/" in document.source.text:
            from sidecar_lint.secrets.in_workspace import secret_inputs_of

            inputs = secret_inputs_of(workload.workspace)
            yield from (secret_input.source.path for secret_input in inputs.used_by(document))
            yield from inputs.unread_paths
        if may_have_uses(document):
            from sidecar_lint.collector.collectors import files_of

            yield from files_of(document)


class PossibleSecretsInput(ManifestInput):
    """A file that may be meant for `copilot secret init`, and is none that it reads.

    What it holds is shown no more than that of an input file.
    """

    def __init__(self, file: Document, secrets: SecretInput) -> None:
        super().__init__(file)
        self._secrets = secrets

    @property
    def hidden(self) -> tuple[Span, ...]:
        from sidecar_lint.collector.collectors import hidden_in_secrets

        return hidden_in_secrets(self._secrets)


class WholeFileInput(LintInput):
    """A file of which findings hold for the file, in no environment more than in another."""

    @property
    def environments(self) -> tuple[str, ...]:
        return ()


class EnvironmentInput(WholeFileInput):
    """The manifest of an environment."""

    file: EnvironmentFile

    def __init__(self, file: EnvironmentFile, addon_paths: tuple[str, ...] = ()) -> None:
        """With the paths of the addons that every environment has."""
        super().__init__(file)
        self._addon_paths = addon_paths

    @property
    def hidden(self) -> tuple[Span, ...]:
        return self.file.hidden

    def targets(self) -> Iterator[CheckTarget[Any]]:
        """The file as written and, where it is YAML, the manifest that is in it."""
        file = self.file
        yield CheckTarget(Rule.check_file, file, ())
        if not file.tree.unread:
            yield CheckTarget(Rule.check_environment, file.manifest, ())

    def companions(self) -> Iterator[str]:
        """What changes the template that is made of it, and what is added to it."""
        yield from self.file.overrides.paths if self.file.overrides else ()
        yield from self._addon_paths


class PipelineInput(WholeFileInput):
    """The manifest of a pipeline."""

    file: PipelineFile

    @property
    def hidden(self) -> tuple[Span, ...]:
        return self.file.hidden

    def targets(self) -> Iterator[CheckTarget[Any]]:
        """The file as written and, where it is YAML, the pipeline that is in it."""
        file = self.file
        yield CheckTarget(Rule.check_file, file, ())
        if not file.tree.unread:
            yield CheckTarget(Rule.check_pipeline, file.pipeline, ())


class AddonInput(LintInput):
    """A file of an `addons/` folder: the same in every environment."""

    file: Template

    def targets(self) -> Iterator[CheckTarget[Any]]:
        yield CheckTarget(Rule.check_template, self.file)


class EnvironmentAddonInput(WholeFileInput):
    """A file of `copilot/environments/addons/`."""

    file: Template

    def targets(self) -> Iterator[CheckTarget[Any]]:
        yield CheckTarget(Rule.check_environment_addon, self.file, ())


class PatchesInput(LintInput):
    """A `cfn.patches.yml`."""

    file: Patches

    @property
    def environments(self) -> tuple[str, ...]:
        return self.file.environments

    def targets(self) -> Iterator[CheckTarget[Any]]:
        yield CheckTarget(Rule.check_patches, self.file, self.environments)


class SecretsInput(LintInput):
    """An input file of `copilot secret init`."""

    file: SecretInput

    @property
    def environments(self) -> tuple[str, ...]:
        return self.file.environments

    @property
    def hidden(self) -> tuple[Span, ...]:
        from sidecar_lint.collector.collectors import hidden_in_secrets

        return hidden_in_secrets(self.file)

    def targets(self) -> Iterator[CheckTarget[Any]]:
        """The file itself, and each configuration of a collector that is a value in it."""
        from sidecar_lint.collector.collectors import texts_in_secrets

        yield CheckTarget(Rule.check_secret_input, self.file, self.environments)
        yield from (_of_collector(*each) for each in texts_in_secrets(self.file))


class CollectorInput(LintInput):
    """A file that is a collector's configuration, and nothing else: it may be that of all environments."""

    file: Configuration

    @property
    def hidden(self) -> tuple[Span, ...]:
        """Credentials that are written out; of a file that is no YAML, what may be one."""
        if self.file.tree.unread:
            return tuple(likely_credentials(self.source.text))
        return tuple(each.span for each in self.file.credentials)

    def targets(self) -> Iterator[CheckTarget[Any]]:
        yield CheckTarget(Rule.check_collector, self.file)


class ConfigurationInput(LintInput):
    """A `.sidecar-lint.yml`: no environment has anything to do with it."""

    file: ConfigurationFile

    def targets(self) -> Iterator[CheckTarget[Any]]:
        from sidecar_lint.configuration.file import CheckedConfiguration
        from sidecar_lint.linting.configuration_mistakes import mistakes_in

        checked = CheckedConfiguration(self.file, mistakes_in(self.file))
        yield CheckTarget(Rule.check_configuration, checked, ())


def about_suppressions(suppressions: Suppressions) -> CheckTarget[Any]:
    """The comments of a file, about which rules are asked once everything else is known."""
    return CheckTarget(Rule.check_suppressions, suppressions, ())


def _of_collector(text: CollectorText, environments: tuple[str, ...]) -> CheckTarget[Any]:
    """A collector's configuration inside a file."""
    return CheckTarget(Rule.check_collector, text.configuration, environments, text.embedding)

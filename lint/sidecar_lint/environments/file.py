"""The file of an environment's manifest, `copilot/environments/<name>/manifest.yml`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Self

from sidecar_lint.environments.manifest import EnvironmentManifest, TemplateOverrides
from sidecar_lint.manifests import schemas
from sidecar_lint.manifests.file import ManifestFile
from sidecar_lint.manifests.interpolation import APPLICATION, ENVIRONMENT
from sidecar_lint.syntax.nodes import Scalar, as_mapping

if TYPE_CHECKING:
    from collections.abc import Mapping as Variables

    from sidecar_lint.syntax.source import Source


class EnvironmentFile(ManifestFile):
    """The file, and the manifest that is in it.

    `folder` is the name of the folder that it lies in, `application` that of the application, and
    `overrides` what changes its template, where these are known: a file that lies elsewhere is known
    by what is in it.
    """

    def __init__(
        self,
        source: Source,
        folder: str | None = None,
        application: str | None = None,
        overrides: TemplateOverrides | None = None,
    ) -> None:
        super().__init__(source)
        self.folder = folder
        self.application = application
        self.overrides = overrides

    def with_source(self, source: Source) -> Self:
        return type(self)(source, self.folder, self.application, self.overrides)

    @property
    def kind(self) -> str:
        return schemas.ENVIRONMENT

    @property
    def description(self) -> str:
        return "the manifest of an environment"

    @property
    def is_placed(self) -> bool:
        return self.folder is not None

    @property
    def variables(self) -> Variables[str, str]:
        """The names of the environment and of the application, as far as they are known."""
        known = {ENVIRONMENT: self._name, APPLICATION: self.application}
        return {name: value for name, value in known.items() if value}

    @property
    def _name(self) -> str | None:
        """The environment's name: that of its folder or, where there is none, the one that is written."""
        written = as_mapping(self.tree.root).get("name")
        plain = written.text if isinstance(written, Scalar) and "$" not in written.text else None
        return self.folder or plain

    @cached_property
    def manifest(self) -> EnvironmentManifest:
        """The manifest as Copilot decodes it; an empty one where it is no map."""
        return EnvironmentManifest(self, self.folder, self.overrides)

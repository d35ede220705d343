"""The manifest of a workload as it is written."""

from __future__ import annotations

import os
import re
from functools import cached_property
from typing import TYPE_CHECKING, Final, Self

from sidecar_lint.finding import ANY_ENVIRONMENT
from sidecar_lint.manifests import schemas, unread
from sidecar_lint.manifests.containers import container_sections
from sidecar_lint.manifests.credentials import credentials_in_manifest, likely_credentials
from sidecar_lint.manifests.file import ManifestFile
from sidecar_lint.manifests.secret_paths import is_usual
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, as_mapping, size

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as Variables

    from sidecar_lint.syntax.source import Source
    from sidecar_lint.syntax.span import Span
    from sidecar_lint.workspace.workspace import Workload

#: The environments of a file are all looked at where they are few, or where the values that all of their
#: manifests have together are: a hundred environments of a thousand values.
_FEW_ENVIRONMENTS: Final = 10
_MOST_VALUES: Final = 100_000


class WorkloadFile(ManifestFile):
    """The manifest of a workload as a file: its type, and the environments that it names.

    `workload` is the folder around it; None where it lies in no workspace, or only has a name.
    """

    def __init__(self, source: Source, workload: Workload | None = None) -> None:
        super().__init__(source)
        self.workload = workload

    def with_source(self, source: Source) -> Self:
        return type(self)(source, self.workload)

    @cached_property
    def type(self) -> Scalar | None:
        """The value of `type`, right or wrong."""
        node = self.root.get("type") if self.root else None
        return node if isinstance(node, Scalar) else None

    @cached_property
    def kind(self) -> str | None:
        """The workload type; None where it is not one of Copilot's."""
        return self.type.text if self.type and self.type.text in schemas.FILES else None

    @property
    def is_placed(self) -> bool:
        path = self.workload.manifest_path if self.workload else None
        return path is not None and os.path.abspath(path) == os.path.abspath(self.source.path)

    @property
    def variables(self) -> Variables[str, str]:
        """What is known for every environment alike: nothing."""
        return {}

    @cached_property
    def overrides(self) -> dict[str, Mapping]:
        """What `environments` says, by name; an environment with nothing in it is empty."""
        root = self.shape.root if self.shape else self.root
        node = root.get("environments") if root else None
        found: dict[str, Mapping] = {}
        for key, value in node if isinstance(node, Mapping) else ():
            found[key.text] = value if isinstance(value, Mapping) else Mapping(value.span)
        return found

    @cached_property
    def written_variables(self) -> tuple[tuple[Scalar, Node], ...]:
        """Every variable that it writes, of any container, in the base or in an environment: the name, and the value.

        No environment has another one, so where these are all right, a rule need not look at each environment.
        What stands for the environment's name is not filled in: such a value is not `known`.
        """
        return tuple(self._written_in("variables"))

    @cached_property
    def written_secrets(self) -> tuple[tuple[Scalar, Node], ...]:
        """The same of its secrets."""
        return tuple(self._written_in("secrets"))

    @cached_property
    def has_odd_secrets(self) -> bool:
        """Whether a secret is written otherwise than `copilot secret init` says, or an environment has an odd name.

        Where none is, nothing is wrong with the name of a secret in any environment.
        """
        names = (re.fullmatch("[A-Za-z0-9-]+", name) for name in self.overrides)
        return not all(names) or not all(is_usual(node) for _, node in self.written_secrets)

    @cached_property
    def written_names(self) -> frozenset[str]:
        """The names of all of both."""
        return frozenset(key.text for key, _ in (*self.written_variables, *self.written_secrets))

    def _written_in(self, field: str) -> Iterator[tuple[Scalar, Node]]:
        for top in (self.decoded, *self.overrides.values()):
            for section in container_sections(top):
                yield from as_mapping(section.get(field))

    @cached_property
    def environments(self) -> tuple[str, ...]:
        """Every environment there is something to say about: "*", then those the file names, but the `unchecked`."""
        if self.problem:
            return (ANY_ENVIRONMENT, *unread.environments(self.source.text))
        return (ANY_ENVIRONMENT, *list(self.overrides)[: self._checked])

    @property
    def unchecked(self) -> tuple[str, ...]:
        """The environments whose manifests are not looked at: more than a file of its size should have."""
        return tuple(self.overrides)[self._checked :]

    @cached_property
    def _checked(self) -> int:
        """How many of its environments are looked at: each may cost as much as all of the file."""
        if self.root is None or len(self.overrides) <= _FEW_ENVIRONMENTS:
            return len(self.overrides)
        return max(_FEW_ENVIRONMENTS, _MOST_VALUES // size(self.root))

    @cached_property
    def hidden(self) -> tuple[Span, ...]:
        """Credentials that are written out; of a file that is no YAML, what may be one."""
        if self.root is None:
            return tuple(likely_credentials(self.source.text))
        return tuple(credentials_in_manifest((self.root, *self.overrides.values())))

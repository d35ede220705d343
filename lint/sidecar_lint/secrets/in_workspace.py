"""Which files of a project are input files of `copilot secret init`.

Nothing in such a file says so. It is known by its shape, a map of maps of scalars; by its keys, the
names of environments; and by its name, or by a secret in it that a manifest uses. Files of the
same shape are many, so what is only likely is left alone.
"""

from __future__ import annotations

import os
import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sidecar_lint.files.reading import Unread
from sidecar_lint.finding import ANY_ENVIRONMENT
from sidecar_lint.manifests.manifest import Document, document_of
from sidecar_lint.secrets.secret_input import SecretInput, SecretValue
from sidecar_lint.syntax.nodes import Mapping, Scalar, as_mapping

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from sidecar_lint.manifests.containers import Secret
    from sidecar_lint.syntax.source import Source
    from sidecar_lint.workspace.workspace import Workload, Workspace

_WORD: Final = "secret"
_FOLDER: Final = "secrets"
_EXTENSIONS: Final = (".yml", ".yaml")
#: Files of a project that are surely something else, by how their names begin.
_FOREIGN: Final = (
    ".",
    "manifest.",
    "pipeline",
    "buildspec",
    "docker-compose",
    "compose.",
    "pnpm-",
    "mkdocs",
    "openapi",
    "swagger",
)
#: What may be the name of a secret at the beginning of a line.
_KEY: Final = r"(?m)^[\"']?([A-Za-z0-9_.\-/]+)[\"']?[ \t]*:"
#: What a manifest says where it uses a secret: the rest of the parameter's path.
_USE: Final = r"/copilot/[^/\s\"']+/([^/\s\"']+)/secrets/([A-Za-z0-9_.\-/]+|\$)"
#: What leads to the name of a secret, the name as far as it is written out, and a variable that goes on with it.
_BEFORE: Final = "secrets/"
_NAME: Final = rf"{_BEFORE}([A-Za-z0-9_.\-/]*)(\\?\$)?"
#: Where a name may be that is not written out: a variable in what leads to it, or an escape of YAML's.
_PUT_TOGETHER: Final = r"\}[a-z]*/(?!secrets/|\$\{)|\\[xuU/\r\n]"


def secret_input(source: Source, workspace: Workspace | None) -> SecretInput | None:
    """A file that the user named, if it is an input file; it may lie anywhere."""
    inputs = secret_inputs_of(workspace) if workspace else None
    if inputs is not None and inputs.is_named(source.path):
        return inputs.of(source)
    if not _is_candidate(os.path.basename(source.path)):
        return None
    if inputs is not None and not inputs.may_be(source):
        return None
    if inputs is not None and inputs.environments:
        return inputs.of(source)
    return _by_itself(source, workspace)


def may_hold_secrets(source: Source, workspace: Workspace | None) -> bool:
    """Whether a file is meant for secrets, by its name, or by a used secret that begins a line."""
    if not _is_candidate(os.path.basename(source.path)):
        return False
    return secret_inputs_of(workspace).may_be(source) if workspace else _says_secret(source.path)


def secret_inputs_of(workspace: Workspace) -> SecretInputs:
    """The input files of `copilot secret init` that lie in a workspace."""
    return workspace.once(SecretInputs)


class SecretInputs:
    """The input files of a workspace, looked for when they are first asked for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def __iter__(self) -> Iterator[SecretInput]:
        return iter(self._found.values())

    def __bool__(self) -> bool:
        return bool(self._found)

    def of(self, source: Source) -> SecretInput | None:
        """The input file that a text is; None where it is none."""
        found = self._found.get(os.path.abspath(source.path))
        return found if found and found.source is source else self._recognised(source)

    def is_named(self, path: str) -> bool:
        """Whether the configuration says that a file is one."""
        return os.path.abspath(path) in self._named

    @cached_property
    def _named(self) -> dict[str, str]:
        """The files that the configuration names, by their absolute paths."""
        made = self._workspace.own_configuration
        paths = (made.resolve(each) for each in made.secret_inputs) if made else ()
        return {os.path.abspath(path): path for path in paths}

    def may_be(self, source: Source) -> bool:
        """Whether a text is worth parsing: its name says so, or a used secret begins a line."""
        if _says_secret(source.path):
            return True
        keys = re.finditer(_KEY, source.text) if self.used else ()
        return any(key[1] in self.used for key in keys)

    def values_of(self, name: str) -> Sequence[tuple[Source, SecretValue]]:
        """What a secret is in each environment, and the file that says so."""
        return self._values.get(name, ())

    @cached_property
    def _values(self) -> dict[str, list[tuple[Source, SecretValue]]]:
        found: dict[str, list[tuple[Source, SecretValue]]] = {}
        for secret_input in self:
            for value in secret_input.values:
                found.setdefault(value.secret.text, []).append((secret_input.source, value))
        return found

    def used_by(self, document: Document) -> Iterator[SecretInput]:
        """The files with a secret in them that a manifest mentions."""
        names = {name for _, name in _mentioned(document)}
        yield from (each for each in self._found.values() if not names.isdisjoint(each.root.entries))

    def users_of(self, names: Collection[str]) -> list[Document]:
        """The manifests that may use one of some secrets, as their texts say; the others surely do not."""
        found = {at: document for name in (*names, None) for at, document in self._users.get(name, ())}
        return [document for _, document in sorted(found.items())]

    @cached_property
    def _users(self) -> dict[str | None, list[tuple[int, Document]]]:
        """Manifests with their numbers by the names in them; by None those that may use any."""
        found: dict[str | None, list[tuple[int, Document]]] = {}
        for at, document in enumerate(self._documents):
            for name in _used_in(document.source.text):
                found.setdefault(name, []).append((at, document))
        return found

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all secrets in them."""
        return frozenset(name for secret_input in self for name in secret_input.root.entries)

    @cached_property
    def unused(self) -> tuple[str, ...]:
        """The names of those that no manifest mentions, sorted."""
        return tuple(sorted(self.names - self.used))

    @cached_property
    def cover_most(self) -> bool:
        """Whether they have most of the secrets that manifests use."""
        return 2 * len(self.used & self.names) > len(self.used)

    @cached_property
    def used(self) -> frozenset[str]:
        """The names of the secrets that manifests mention, in comments too; `$` for one that a variable names."""
        return frozenset(name for _, name in self._uses)

    @cached_property
    def _uses(self) -> frozenset[tuple[str, str]]:
        return frozenset(use for document in self._documents for use in _mentioned(document))

    @cached_property
    def environments(self) -> frozenset[str]:
        """Every name that is an environment's as far as the workspace knows."""
        workloads = self._workspace.workloads.values()
        overridden = (name for workload in workloads for name in _overridden(workload))
        paths = (environment for environment, _ in self._uses if "$" not in environment)
        return frozenset((*self._workspace.environments, *overridden, *paths))

    def used_in(self, environment: str) -> dict[str, tuple[Document, Secret]]:
        """The secrets that manifests use in an environment, by name, and where the first one does.

        A manifest that does not name the environment counts where the environment has a manifest itself.
        """
        found: dict[str, tuple[Document, Secret]] = {}
        for document in self._documents:
            for secret in self._secrets(document, environment):
                path = secret.path
                if (
                    path
                    and self._workspace.owns(path.application)
                    and path.environment in (None, environment)
                ):
                    found.setdefault(path.name, (document, secret))
        return found

    def _secrets(self, document: Document, environment: str) -> Sequence[Secret]:
        named = environment in document.overrides
        if "/secrets/" not in document.source.text or not (named or environment in self._environments):
            return ()
        name = environment if named else ANY_ENVIRONMENT
        manifest = document.by_environment.get(name) or document.manifest(name)
        return manifest.secrets if manifest else ()

    @cached_property
    def _environments(self) -> frozenset[str]:
        return frozenset(self._workspace.environments)

    @property
    def _documents(self) -> Iterator[Document]:
        documents = (document_of(workload) for workload in self._workspace.workloads.values())
        return (document for document in documents if document)

    @property
    def are_all_known(self) -> bool:
        """Whether every file that may be one was read."""
        return not any(isinstance(found, Unread) for found in self._looked_at.values())

    @cached_property
    def unread_paths(self) -> tuple[str, ...]:
        """The files that cannot be read, whose names say that they hold secrets.

        One that is no YAML counts where a secret that manifests use begins a line in it.
        """
        return tuple(
            path
            for path, found in self._looked_at.items()
            if _says_secret(path) and (isinstance(found, Unread) or self._is_broken(found))
        )

    def _is_broken(self, source: Source) -> bool:
        has_used = any(key[1] in self.used for key in re.finditer(_KEY, source.text))
        return has_used and SecretInput(source, self._workspace).tree.unread

    @cached_property
    def _looked_at(self) -> dict[str, Source | Unread]:
        paths = (*self._named.values(), *(self._candidates() if self.used else ()))
        return {path: self._workspace.files.look(path) for path in paths}

    @cached_property
    def _found(self) -> dict[str, SecretInput]:
        found: dict[str, SecretInput] = {}
        for path, source in self._looked_at.items():
            secret_input = None if isinstance(source, Unread) else self._recognised(source)
            if secret_input:
                found[os.path.abspath(path)] = secret_input
        return found

    def _candidates(self) -> Iterator[str]:
        """The paths that may be: in the project, in `copilot/`, in workloads, in their `secrets` folders."""
        workspace = self._workspace
        workloads = (workload.folder for workload in workspace.workloads.values())
        for folder in (workspace.project, workspace.folder, *workloads):
            yield from self._in(folder)
            if _FOLDER in workspace.files.names(folder):
                yield from self._in(os.path.join(folder, _FOLDER))

    def _in(self, folder: str) -> Iterator[str]:
        for name in self._workspace.files.names(folder):
            if _is_candidate(name):
                yield os.path.normpath(os.path.join(folder, name))

    def _recognised(self, source: Source) -> SecretInput | None:
        if self.is_named(source.path):
            return SecretInput(source, self._workspace)
        if not self.may_be(source):
            return None
        secret_input = SecretInput(source, self._workspace)
        root = secret_input.root
        if not root.entries or _is_foreign(root):
            return None
        fits = _says_secret(source.path) or (_is_flat(root) and not self.used.isdisjoint(root.entries))
        return secret_input if fits and self._is_by_environment(root) else None

    def _is_by_environment(self, root: Mapping) -> bool:
        """Whether half of the values, or more if some are no maps, are maps with environments in them."""
        # To know all environments takes longer.
        return _half(root, self._workspace.environments) or _half(root, self.environments)


def _mentioned(document: Document) -> list[tuple[str, str]]:
    """Environment and name of each secret that a manifest mentions, in comments too."""
    text = document.source.text
    return re.findall(_USE, text) if "/secrets/" in text else []


def _used_in(text: str) -> set[str | None]:
    """The names of secrets that a manifest may use; None among them where it may be any."""
    found: set[str | None] = {None} if re.search(_PUT_TOGETHER, text) else set()
    for written, variable in re.findall(_NAME, text):
        if variable:
            found.add(None)
        # An application and an environment may be called `secrets`, too.
        parts = written.split(_BEFORE, 2)
        found.update(_BEFORE.join(parts[at:]) for at in range(len(parts)))
    return found


def _by_itself(source: Source, workspace: Workspace | None) -> SecretInput | None:
    """A file that a name and a shape speak for, where no environment is known."""
    secret_input = SecretInput(source, workspace) if _says_secret(source.path) else None
    if secret_input is None or _is_foreign(secret_input.root) or not secret_input.values:
        return None
    return secret_input if _is_flat(secret_input.root) else None


def _is_candidate(name: str) -> bool:
    return name.endswith(_EXTENSIONS) and not name.startswith(_FOREIGN)


def _says_secret(path: str) -> bool:
    """Whether the name of a file, or of the folder it is in, says that there are secrets in it."""
    folder, name = os.path.split(path)
    return _WORD in name.lower() or os.path.basename(folder).lower() == _FOLDER


def _half(root: Mapping, environments: Collection[str]) -> bool:
    maps = [as_mapping(node).entries for node in root.entries.values()]
    fitting = [entries for entries in maps if any(name in environments for name in entries)]
    least = len(maps) if _is_flat(root) else len(maps) + 1
    return bool(fitting) and 2 * len(fitting) >= least


def _overridden(workload: Workload) -> Iterable[str]:
    """The environments that a manifest names, without looking at anything else in it."""
    document = document_of(workload)
    root = document.tree.root if document else None
    return as_mapping(as_mapping(root).get("environments")).entries


def _is_flat(root: Mapping) -> bool:
    """Whether every value is a map of scalars, or nothing yet."""
    return all(
        (isinstance(node, Scalar) and node.is_null)
        or (isinstance(node, Mapping) and all(isinstance(each, Scalar) for each in node.entries.values()))
        for node in root.entries.values()
    )


def _is_foreign(root: Mapping) -> bool:
    """Whether it is a manifest, an object of Kubernetes, or encrypted by sops."""
    return any(isinstance(root.get(name), Scalar) for name in ("type", "kind")) or "sops" in root.entries

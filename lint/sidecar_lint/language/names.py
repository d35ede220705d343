"""The names that a file gives and uses: of sidecars, volumes, environments and workloads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.configuration.file import ConfigurationFile
from sidecar_lint.environments.file import EnvironmentFile
from sidecar_lint.finding import Edit
from sidecar_lint.linting.sharing import Sharing
from sidecar_lint.manifests.file import ManifestFile
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.pipelines.file import PipelineFile
from sidecar_lint.rulebook.rule import quoted
from sidecar_lint.secrets.secret_input import SecretInput
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, as_mapping, maps_of
from sidecar_lint.syntax.scalars import is_always_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.pipelines.pipeline import Pipeline
    from sidecar_lint.syntax.span import Span

#: The files with names in them: manifests of every kind, input files of secrets, configurations.
NamingFile = ManifestFile | SecretInput | ConfigurationFile

SIDECAR: Final = "sidecar"
VOLUME: Final = "volume"
ENVIRONMENT: Final = "environment"
WORKLOAD: Final = "workload"

_TARGETS: Final = ("target_container", "targetContainer")
#: The sections that send traffic to containers, and their lists of further ones.
_LISTENERS: Final = (("http", "additional_rules"), ("nlb", "additional_listeners"))
_VALID: Final = re.compile(r"[A-Za-z0-9_-]{1,255}")


class Name(NamedTuple):
    """One place where a name stands. `kind` is sidecar, volume, environment or workload.

    `is_definition` where the file says what it is; overrides define it anew. `is_written` unless it is
    put together from variables, or written somewhere else and comes here through an alias.
    """

    kind: str
    text: str
    scalar: Scalar
    is_definition: bool
    is_written: bool = True

    @property
    def span(self) -> Span:
        """Where it stands, quotes included."""
        return self.scalar.span


def names(file: NamingFile) -> Iterator[Name]:
    """Every name that is written in the file, each place once, the environments first."""
    found = {each.span: each for each in used(file) if each.is_written}
    yield from found.values()


def used(file: NamingFile) -> Iterator[Name]:
    """Every name in the file, those included that come from elsewhere."""
    if isinstance(file, EnvironmentFile):
        yield from _named(ENVIRONMENT, as_mapping(file.root).get("name"), is_definition=True)
    elif isinstance(file, PipelineFile):
        yield from _of_pipeline(file.pipeline)
    elif isinstance(file, SecretInput):
        for value in file.values:
            is_aliased = value.environment.alias is not None or value.node.alias is not None
            yield from _named(ENVIRONMENT, value.environment, is_written=not is_aliased)
    elif isinstance(file, ConfigurationFile):
        for key, _ in as_mapping(file.root.get("environments")):
            yield from _named(ENVIRONMENT, key)
    elif file.root is not None:
        yield from _of_workload(file.root)


def _of_pipeline(pipeline: Pipeline) -> Iterator[Name]:
    for stage in pipeline.stages:
        yield from _named(ENVIRONMENT, stage.name)
        for deployment in stage.actions("deployments"):
            if deployment.text("template_path") is None:
                yield from _named(WORKLOAD, deployment.key)


def _of_workload(root: Mapping) -> Iterator[Name]:
    environments = as_mapping(root.get("environments"))
    for key, override in environments:
        yield Name(ENVIRONMENT, key.text, key, is_definition=True)
        yield from _of_section(as_mapping(override))
    yield from _of_section(root)


def name_at(file: NamingFile, offset: int) -> Name | None:
    """The name at an offset (code points)."""
    around = (each for each in names(file) if each.span.start <= offset <= each.span.end)
    return next(around, None)


def same(file: NamingFile, name: Name) -> list[Name]:
    """Every place of the same name, in the order of the file."""
    found = [each for each in names(file) if (each.kind, each.text) == (name.kind, name.text)]
    return sorted(found, key=lambda each: each.span)


def definition(file: NamingFile, name: Name) -> Name | None:
    """Where a name is defined: in the base if it can be."""
    places = [each for each in same(file, name) if each.is_definition]
    environments = as_mapping(file.root.get("environments") if file.root else None)
    in_base = [each for each in places if not _inside(environments, each)]
    return next(iter(in_base or places), None)


def _inside(section: Mapping, name: Name) -> bool:
    return section.span.start <= name.span.start < section.span.end and name.kind != ENVIRONMENT


def rename(document: NamingFile, name: Name, new: str) -> tuple[Edit, ...]:
    """The edits that give a sidecar or a volume another name everywhere in the file.

    Raises ValueError, with a sentence for the user, where the new name cannot be.
    """
    if not _VALID.fullmatch(new):
        raise ValueError(f"{new!r} is not a name: letters, digits, hyphens and underscores are allowed")
    if not is_always_text(new):
        raise ValueError(f"{new!r} is not a name: YAML reads it as something else than text")
    if definition(document, name) is None:
        raise ValueError(f"this manifest does not give the name {name.text!r}, so it cannot change it")
    taken = {each.text for each in names(document) if each.kind == name.kind}
    if new != name.text and new in taken:
        raise ValueError(f"there is {name.kind} {new!r} already")
    edits = tuple(Edit(each.span, quoted(new, each.scalar.style)) for each in same(document, name))
    if not _are_all(document, name) or any(map(Sharing(document.source).is_shared, edits)):
        raise ValueError(f"{name.text!r} also goes through an alias or a variable: rename it by hand")
    return edits


def _are_all(document: NamingFile, name: Name) -> bool:
    """Whether a name is nowhere but where it is written, and where an alias brings it from there."""
    places = [each for each in used(document) if (each.kind, each.text) == (name.kind, name.text)]
    written = {each.span for each in places if each.is_written}
    return all(each.span in written for each in places)


def _of_section(section: Mapping) -> Iterator[Name]:
    sidecars = as_mapping(section.get("sidecars"))
    for key, sidecar in sidecars:
        yield from _named(SIDECAR, key, is_definition=True)
        yield from _of_sidecar(as_mapping(sidecar))
    for key, _ in as_mapping(as_mapping(section.get("storage")).get("volumes")):
        yield from _named(VOLUME, key, is_definition=True)
    yield from _dependencies(as_mapping(section.get("image")))
    for field, further in _LISTENERS:
        listener = as_mapping(section.get(field))
        yield from _targets(listener)
        for item in maps_of(listener.get(further)):
            yield from _targets(item)


def _of_sidecar(sidecar: Mapping) -> Iterator[Name]:
    yield from _dependencies(sidecar)
    for mount in maps_of(sidecar.get("mount_points")):
        yield from _named(VOLUME, mount.get("source_volume"))


def _dependencies(container: Mapping) -> Iterator[Name]:
    for key, _ in as_mapping(container.get("depends_on")):
        yield from _named(SIDECAR, key)


def _targets(listener: Mapping) -> Iterator[Name]:
    for field in _TARGETS:
        yield from _named(SIDECAR, listener.get(field))


def _named(
    kind: str, node: Node | None, *, is_definition: bool = False, is_written: bool = True
) -> Iterator[Name]:
    if isinstance(node, Scalar) and node.known and node.text:
        is_plain = node.alias is None and node.template is None
        yield Name(kind, node.text, node, is_definition, is_written and is_plain)

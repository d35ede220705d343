"""What the image of a container is known to have, whether it is pulled or built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.manifests.image_contents import Contents, contents_of
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Scalar, as_mapping

if TYPE_CHECKING:
    from sidecar_lint.manifests.containers import Container
    from sidecar_lint.manifests.manifest import Manifest


class Build(NamedTuple):
    """What an image is built from: the text of the Dockerfile, the stage that is asked for, its arguments."""

    text: str
    target: str
    arguments: tuple[tuple[str, str], ...]


def image_contents(manifest: Manifest, container: Container) -> Contents | None:
    """What a container's image has and lacks: by its name, or by its Dockerfile; None where nothing is known."""
    if container.image_reference:
        return contents_of(container.image_reference)
    build = build_of(manifest, container)
    if build is None:
        return None
    from sidecar_lint.images import dockerfile

    return dockerfile.image_contents(*build)


def has_entrypoint(manifest: Manifest, container: Container) -> bool:
    """Whether the Dockerfile that an image is built from names a program which gets the command as its arguments."""
    build = build_of(manifest, container)
    if build is None:
        return False
    from sidecar_lint.images import dockerfile

    last = [each.text for each in dockerfile.instructions(*build) if each.word == "ENTRYPOINT"][-1:]
    return bool(last) and last[0].strip() not in ("", "[]")


class MissingStage(NamedTuple):
    """A stage that is asked for, and the names of those that the Dockerfile has."""

    target: Scalar
    names: tuple[str, ...]


def missing_stage(manifest: Manifest, container: Container) -> MissingStage | None:
    """The stage that a container's image is to be built from, where its Dockerfile has none of that name.

    Docker takes a stage's number as well, from 0 on, and is not particular about case.
    """
    target = as_mapping(as_mapping(container.section.get("image")).get("build")).get("target")
    build = build_of(manifest, container) if isinstance(target, Scalar) and target.text else None
    if build is None or not isinstance(target, Scalar):
        return None
    from sidecar_lint.images import dockerfile

    found = dockerfile.stages(build.text)
    numbers = map(str, range(len(found)))
    if not found or target.text.lower() in (*found, *numbers):
        return None
    return MissingStage(target, tuple(filter(None, found)))


def build_of(manifest: Manifest, container: Container) -> Build | None:
    """What a container's image is built from; None where it is not built, or that is not wholly known."""
    if container.dockerfile is None or manifest.workload is None:
        return None
    node, path = container.dockerfile
    workspace = manifest.workload.workspace
    source = workspace.files.source(workspace.path(path)) if node.known else None
    if source is None or source.undecodable:
        return None
    build = as_mapping(as_mapping(container.section.get("image")).get("build"))
    target, arguments = build.get("target"), as_mapping(build.get("args"))
    if any(not each.known for each in (target, *arguments.entries.values()) if isinstance(each, Scalar)):
        return None
    given = tuple((key.text, value.text) for key, value in arguments if isinstance(value, Scalar))
    return Build(source.text, target.text if isinstance(target, Scalar) else "", given)

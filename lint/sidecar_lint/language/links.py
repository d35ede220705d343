"""What a manifest points to: Dockerfiles, environment files, the pages of images, and of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.address import url_of
from sidecar_lint.language.places import inner
from sidecar_lint.manifests.manifest import Document
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.pipelines.file import PipelineFile
from sidecar_lint.rulebook.registry import load_rules
from sidecar_lint.suppressions.suppression import read_suppressions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.manifests.file import ManifestFile
    from sidecar_lint.manifests.images import ImageReference
    from sidecar_lint.manifests.manifest import Manifest
    from sidecar_lint.syntax.nodes import Scalar
    from sidecar_lint.syntax.span import Span
    from sidecar_lint.workspace.workspace import Workspace

_PUBLIC_ECR = "public.ecr.aws"


class DocumentLink(NamedTuple):
    """A text that leads somewhere: to the path of a file, or to an address."""

    span: Span
    path: str = ""
    url: str = ""
    tip: str = ""


def links(file: ManifestFile) -> tuple[DocumentLink, ...]:
    """The links in a manifest of any kind, in the order of the text, each once."""
    found: set[DocumentLink] = set()
    if isinstance(file, Document):
        found = {link for manifest in file.manifests for link in _of(manifest)}
    elif isinstance(file, PipelineFile) and file.workspace:
        found = {link for path in file.pipeline.buildspecs for link in _file(path, path.text, file.workspace)}
    return tuple(sorted((*found, *_rules(file))))


def _of(manifest: Manifest) -> Iterator[DocumentLink]:
    workspace = manifest.workload.workspace if manifest.workload else None
    for container in manifest.containers.values():
        reference = container.image_reference
        if reference and container.image and (url := page_of(reference)):
            yield from _link(container.image, url=url, tip="the image's page")
        if workspace and container.dockerfile:
            yield from _file(*container.dockerfile, workspace)
    for path in manifest.env_files if workspace else ():
        if workspace:
            yield from _file(path, path.text, workspace)


def _file(node: Scalar, path: str, workspace: Workspace) -> Iterator[DocumentLink]:
    found = workspace.path(path)
    if node.known and workspace.files.is_file(found):
        yield from _link(node, path=found)


def _link(node: Scalar, *, path: str = "", url: str = "", tip: str = "") -> Iterator[DocumentLink]:
    if node.alias is None and node.style not in ("|", ">") and node.span.start < node.span.end:
        yield DocumentLink(inner(node), path, url, tip)


def _rules(file: ManifestFile) -> Iterator[DocumentLink]:
    """The rules that comments name."""
    names = {word: rule.name for rule in load_rules() for word in (rule.code, rule.name)}
    for suppression in read_suppressions(file.source, iter(())):
        for word in suppression.words:
            url = url_of(names[word.text]) if word.text in names else None
            if url:
                yield DocumentLink(word.span, url=url, tip="the rule's page")


def page_of(reference: ImageReference) -> str:
    """The page that a public registry has about an image; empty where it has none that we know."""
    if not reference.is_valid:
        return ""
    host = reference.host
    name = reference.repository.removeprefix(f"{host}/") if host else reference.repository
    if host == _PUBLIC_ECR:
        return f"https://gallery.ecr.aws/{name}" if "/" in name else ""
    if host in ("", "docker.io", "index.docker.io", "registry.hub.docker.com"):
        name = name.removeprefix("library/")
        return f"https://hub.docker.com/{'r' if '/' in name else '_'}/{name}"
    return {"ghcr.io": f"https://ghcr.io/{name}", "quay.io": f"https://quay.io/repository/{name}"}.get(
        host, ""
    )

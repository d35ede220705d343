"""Which containers of a manifest get the configuration of a collector, and where that is written.

The AWS Distro for OpenTelemetry takes its configuration from the variable AOT_CONFIG_CONTENT where there is one
(aws-otel-collector, pkg/config/config_factory.go), and every collector from the variable NAME where it is told
`--config=env:NAME` (opentelemetry-collector, confmap/provider/envprovider). A manifest gives it as a secret, whose
value lies in an input file of `copilot secret init`, or as a variable, in clear. What is stored elsewhere can be in
a file that the linter's configuration names. A Dockerfile may copy it into the image.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.containers import Secret
from sidecar_lint.manifests.images import ADOT_COLLECTOR
from sidecar_lint.manifests.read_tracking import once
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Node, Scalar
from sidecar_lint.syntax.tree import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.manifests.containers import Container
    from sidecar_lint.manifests.images import ImageReference
    from sidecar_lint.manifests.manifest import Document, Manifest
    from sidecar_lint.manifests.secret_paths import SecretPath
    from sidecar_lint.manifests.workload_file import WorkloadFile
    from sidecar_lint.syntax.source import Source
    from sidecar_lint.syntax.span import Span
    from sidecar_lint.workspace.workspace import Workspace

#: The variable that replaces whatever `--config` says.
CONTENT: Final = "AOT_CONFIG_CONTENT"
#: What names another one.
_NAMED: Final = r"env:([A-Za-z_][A-Za-z0-9_]*)"
_COLLECTOR: Final = ("otel", "opentelemetry", "collector")
#: The version of an image that may be any.
UNKNOWN: Final = "unknown"
_REPOSITORY: Final = "aws-otel-collector"
_UPSTREAM: Final = "/opentelemetry-collector"


class Written(NamedTuple):
    """Where a configuration is written: in a scalar of a file, or as all of it."""

    file: Source
    scalar: Scalar | None = None

    @property
    def key(self) -> tuple[str, Span | None]:
        """What tells two places apart."""
        return os.path.abspath(self.file.path), self.scalar.span if self.scalar else None


class CollectorBinding(NamedTuple):
    """A container that gets a configuration in an environment, and where that is written, if it is known.

    `node` is the manifest's entry of the variable, or its image that a Dockerfile makes. "*" stands for any
    environment that the manifest does not name; where input files tell these apart, each has a use of its own.
    """

    manifest: Manifest
    container: Container
    environment: str
    node: Node
    written: Written | None
    #: What the image is built from, where it is.
    base: ImageReference | None = None

    @property
    def is_adot(self) -> bool:
        """Whether the image is AWS' own, or a copy of it in another registry."""
        image = self.container.image_reference or self.base
        return image is not None and (
            image.kind == ADOT_COLLECTOR or image.repository.endswith(f"/{_REPOSITORY}")
        )

    @property
    def is_upstream(self) -> bool:
        """Whether the image is one of the collector's own project."""
        image = self.container.image_reference or self.base
        return image is not None and _UPSTREAM in f"/{image.repository}"

    @property
    def store(self) -> str:
        """What keeps the value of the secret that it is: see `Secret.store`."""
        return Secret.of(self.node.key, self.node).store if self.node.key else ""

    @property
    def secret(self) -> str | None:
        """The name of the secret that it is; None where it is none that `copilot secret init` names."""
        path = Secret.of(self.node.key, self.node).path if self.node.key else None
        return path.name if path else None

    @property
    def version(self) -> str:
        """The tag of the image, which may be `latest`; UNKNOWN where it says nothing of ADOT's release."""
        image = self.container.image_reference or self.base
        if image is None or not self.is_adot or (image.digest and not image.tag):
            return UNKNOWN
        return image.tag or "latest"


def may_have_uses(file: WorkloadFile) -> bool:
    """Whether a container may get a collector's configuration; most manifests need not be searched."""
    return file.once(_may_have_uses)


def _may_have_uses(file: WorkloadFile) -> bool:
    text = file.source.text
    if CONTENT in text or may_name_variables(file):
        return True
    return file.workload is not None and "build" in text and _is_called_collector(text)


def may_name_variables(file: WorkloadFile) -> bool:
    """Whether the command of a collector may name the variables with its configuration."""
    text = file.source.text
    return "--config" in text and "env:" in text


def _is_called_collector(text: str) -> bool:
    """Whether it has what collectors are called by: other programs have an option `--config`."""
    plain = text.lower()
    return any(word in plain for word in _COLLECTOR)


def collector_uses(manifest: Manifest) -> list[CollectorBinding]:
    """The containers of a manifest with the variable of a collector, and where its value is written."""
    return once(manifest, _uses) if may_have_uses(manifest.document) else []


def has_uses(document: Document) -> bool:
    """Whether a container gets one in some environment: what a file has nowhere need not be asked about in each."""
    return may_have_uses(document) and document.once(_has_uses)


def _has_uses(document: Document) -> bool:
    return any(map(collector_uses, document.manifests))


def _uses(manifest: Manifest) -> list[CollectorBinding]:
    return list(_found(manifest))


def _found(manifest: Manifest) -> Iterator[CollectorBinding]:
    for container in (manifest.main, *manifest.sidecars) if manifest.is_ecs else ():
        name = content_variable(container)
        stored = container.mapping("secrets").entries.get(name)
        secret = Secret.of(stored.key, stored) if stored is not None and stored.key else None
        variable = container.mapping("variables").get(name)
        node = secret.node if secret else variable
        if node is None:
            yield from _built(manifest, container)
            continue
        if name == CONTENT and not _reads_it(container):
            yield CollectorBinding(manifest, container, manifest.environment, node, None)
        elif secret:
            for environment, written in _stored(manifest, secret.path):
                yield CollectorBinding(manifest, container, environment, node, written)
        else:
            yield CollectorBinding(manifest, container, manifest.environment, node, _literal(manifest, node))


def _built(manifest: Manifest, container: Container) -> Iterator[CollectorBinding]:
    """A configuration that the Dockerfile of a container copies into the image of a collector."""
    image = container.section.get("image")
    if container.dockerfile is None or image is None or not container.dockerfile[0].known:
        return
    from sidecar_lint.collector.copied import copied_configuration
    from sidecar_lint.collector.recognition import is_collector_file

    copied = copied_configuration(manifest, container)
    if copied and is_collector_file(copied.source, read(copied.source)):
        written = Written(copied.source)
        yield CollectorBinding(manifest, container, manifest.environment, image, written, copied.base)


def content_variable(container: Container) -> str:
    """The variable with the configuration of a collector: AOT_CONFIG_CONTENT, or another that its command names.

    Where a command names several sources, the collector puts them together, and none of them is the configuration.
    """
    sources = _sources(container)
    named = re.fullmatch(_NAMED, sources[0]) if len(sources) == 1 else None
    return named[1] if named else CONTENT


def variables_with_parts(container: Container) -> tuple[str, ...]:
    """The variables that hold a part each of what a collector puts together."""
    sources = _sources(container)
    named = (re.fullmatch(_NAMED, each) for each in sources) if len(sources) > 1 else ()
    return tuple(each[1] for each in named if each)


def _sources(container: Container) -> list[str]:
    """What a collector puts its configuration together of, if its command says so; empty texts for what is not known."""
    image = container.image_reference
    if image is None or not _is_called_collector(image.repository):
        return []
    if any(CONTENT in container.mapping(names).entries for names in ("variables", "secrets")):
        return []
    from sidecar_lint.collector.command import config_sources, words_of

    words = words_of(container)
    named = [each.text for each in config_sources([word.text for word in words])]
    return named + ["" for word in words if not word.known]


def _reads_it(container: Container) -> bool:
    """Whether the image may be ADOT's: it is, or it is one that nobody knows."""
    image = container.image_reference
    return image is None or image.kind in ("", ADOT_COLLECTOR)


def _literal(manifest: Manifest, node: Node) -> Written | None:
    if isinstance(node, Scalar) and node.known and node.text:
        return Written(manifest.document.source, node)
    return None


def _stored(manifest: Manifest, path: SecretPath | None) -> Iterator[tuple[str, Written | None]]:
    """The environments, and where input files have the value of a secret for them."""
    workspace = manifest.workload.workspace if manifest.workload else None
    if workspace is None:
        yield manifest.environment, None
        return
    found = dict(_values(manifest, workspace, path)) if path else {}
    yield from found.items() if found else [(manifest.environment, _named_file(manifest, workspace))]


def _values(
    manifest: Manifest, workspace: Workspace, path: SecretPath
) -> Iterator[tuple[str, Written | None]]:
    if not workspace.owns(path.application):
        return
    from sidecar_lint.secrets.in_workspace import secret_inputs_of

    for file, value in secret_inputs_of(workspace).values_of(path.name):
        environment = value.environment.text
        if not isinstance(value.node, Scalar) or not value.text:
            continue
        if environment == (path.environment or manifest.environment):
            yield manifest.environment, Written(file, value.node)
        elif manifest.is_base and not path.environment and environment not in manifest.document.overrides:
            yield environment, Written(file, value.node)


def _named_file(manifest: Manifest, workspace: Workspace) -> Written | None:
    """The file that the linter's configuration names for the workload, where that is one file."""
    name = manifest.workload.folder_name if manifest.workload else ""
    configured = workspace.configuration(manifest.document.source.path)
    named = configured.collectors if configured else ()
    paths = [each.path for each in named if each.workload in (None, name)]
    source = workspace.files.source(paths[0]) if len(paths) == 1 else None
    return Written(source) if source else None

"""The configurations of collectors: each is linted once, whatever the number of containers that get it."""

from __future__ import annotations

import os
import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sidecar_lint.collector.bindings import (
    UNKNOWN,
    CollectorBinding,
    Written,
    collector_uses,
    has_uses,
    may_have_uses,
    may_name_variables,
    variables_with_parts,
)
from sidecar_lint.collector.surroundings import surroundings
from sidecar_lint.embedding import Embedding
from sidecar_lint.manifests.manifest import Document, document_of
from sidecar_lint.manifests.read_tracking import once
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.secrets.in_workspace import secret_inputs_of
from sidecar_lint.syntax.nodes import Node, Scalar
from sidecar_lint.syntax.source import Source
from sidecar_lint.syntax.tree import read
from sidecar_lint.workspace.workspace import Postponed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sidecar_lint.collector.configuration import Configuration
    from sidecar_lint.manifests.containers import Container
    from sidecar_lint.manifests.manifest import Manifest
    from sidecar_lint.manifests.workload_file import WorkloadFile
    from sidecar_lint.secrets.secret_input import SecretInput, SecretValue
    from sidecar_lint.syntax.span import Span
    from sidecar_lint.workspace.workspace import Workspace

#: Where a secret is used by more manifests, those of the workspace are as good.
_FEW: Final = 10
_IMAGE: Final = re.compile(
    r"image: *[\"']?(?:public\.ecr\.aws/aws-observability|amazon)/aws-otel-collector((?::[^\s\"'}@,]*)?)"
)


class CollectorText:
    """A configuration where it is written, and the containers that get it."""

    def __init__(
        self, written: Written, uses: Iterable[CollectorBinding] = (), likely: Iterable[str] = ()
    ) -> None:
        self.written = written
        self.uses = list(uses)
        self._likely = tuple(likely)

    @property
    def file(self) -> Source:
        """The file that it is written in."""
        return self.written.file

    @cached_property
    def embedding(self) -> Embedding | None:
        """The scalar as a text of its own; None where the whole file is the configuration."""
        return Embedding(self.file, self.written.scalar) if self.written.scalar else None

    @cached_property
    def source(self) -> Source:
        """The configuration's text."""
        return self.embedding.source if self.embedding else self.file

    @cached_property
    def versions(self) -> tuple[str, ...]:
        """The tags of the images that read it, sorted; those that likely do, where none is known to."""
        return tuple(sorted({use.version for use in self.uses} or set(self._likely)))

    @property
    def users(self) -> tuple[tuple[str, str], ...]:
        """Workload and environment of each use, sorted."""
        return tuple(sorted({(use.manifest.name, use.environment) for use in self.uses}))

    @cached_property
    def configuration(self) -> Configuration:
        """The configuration, to be asked."""
        from sidecar_lint.collector.configuration import Configuration

        is_adot = not self.uses or any(use.is_adot for use in self.uses)
        return Configuration(
            self.source,
            self.versions,
            distribution="adot" if is_adot else "other",
            stored=self._stored,
            surroundings=surroundings(self.uses),
        )

    @property
    def _stored(self) -> bool | None:
        """Whether it goes into a parameter; None for a file of its own that no secret is known to hold."""
        if self.written.scalar is not None:
            # In `variables` it is in the task definition, in an input file it is to be a parameter.
            return not any(use.manifest.document.source is self.file for use in self.uses)
        stores = {use.store for use in self.uses}
        return True if "parameter" in stores else False if stores == {"secret"} else None

    @property
    def hidden(self) -> Iterator[Span]:
        """Where credentials stand in the file that it is written in."""
        for credential in self.configuration.credentials:
            yield self.embedding.span(credential.span) if self.embedding else credential.span


class Collector(NamedTuple):
    """A container of a manifest that gets a configuration; `text` is None where it is not known which."""

    container: Container
    environment: str
    node: Node
    text: CollectorText | None

    @property
    def configuration(self) -> Configuration | None:
        """The configuration, where it is known."""
        return self.text.configuration if self.text else None


class Collectors:
    """Every configuration that some manifests give to their collectors, each once."""

    def __init__(self, files: Iterable[WorkloadFile], manifests: Iterable[Manifest]) -> None:
        self._texts: dict[tuple[str, Span | None], CollectorText] = {}
        tags = (tag for file in files for tag in tags_in(file.source.text))
        #: The tags of ADOT's images in the files, whether or not these can be read.
        self.tags = tuple(dict.fromkeys(tags))
        for use in (use for manifest in manifests for use in collector_uses(manifest)):
            if use.written:
                text = self._texts.setdefault(use.written.key, CollectorText(use.written))
                text.uses.append(use)

    def __iter__(self) -> Iterator[CollectorText]:
        return iter(self._texts.values())

    def at(self, written: Written) -> CollectorText | None:
        """The configuration at a place; None where no collector gets it."""
        return self._texts.get(written.key)

    def file(self, source: Source) -> CollectorText:
        """A file that is a configuration as a whole, with the uses of the same text wherever it is written."""
        same = source.text.rstrip()
        copies = [text for text in self if same and text.source.text.rstrip() == same]
        return CollectorText(Written(source), [use for text in copies for use in text.uses], self.tags)

    def of(self, manifest: Manifest) -> list[Collector]:
        """The containers of one of the manifests that get a configuration."""
        return [
            Collector(use.container, use.environment, use.node, self.at(use.written) if use.written else None)
            for use in collector_uses(manifest)
        ]


def in_manifest(manifest: Manifest) -> list[Collector]:
    """The containers of a task that get a collector's configuration of their own; to be asked `once`."""
    return collectors_around(manifest).of(manifest)


def collectors_around(manifest: Manifest) -> Collectors:
    """The configurations that the collectors of a manifest get, with all containers that get them. Raises Postponed."""
    workload = manifest.workload
    known: Collectors | None = workload.workspace.made.get(workspace_collectors) if workload else None
    return known or once(manifest.siblings[0], _in_file_and_beside)


def _in_file_and_beside(manifest: Manifest) -> Collectors:
    """Those of a file. Who else gets a secret is one of few, as a rule; who gets a file may be anybody."""
    document, workload = manifest.document, manifest.workload
    if workload is None:
        return _in_file(manifest)
    workload.workspace.give_way()
    uses = [use for each in manifest.siblings for use in collector_uses(each)]
    secrets = {use.secret for use in uses if use.secret}
    beside = secret_inputs_of(workload.workspace).users_of(secrets) if secrets else [document]
    has_file = any(use.written and use.written.scalar is None for use in uses)
    if has_file or len(beside) > _FEW or document_of(workload) not in beside:
        return workload.workspace.of_all_workloads(workspace_collectors)
    return _collectors_of(beside)


def workspace_collectors(workspace: Workspace) -> Collectors:
    """The configurations that the workloads of a workspace give to their collectors; to be asked `once`."""
    return _collectors_of(list(filter(None, map(document_of, workspace.workloads.values()))))


def _collectors_of(documents: list[Document]) -> Collectors:
    manifests = (manifest for each in documents if may_have_uses(each) for manifest in each.manifests)
    return Collectors(documents, manifests)


def _at_hand(manifest: Manifest) -> list[Collector]:
    """As `in_manifest`; where that has to wait, others who get the same configuration are not among its users.

    None but the manifest itself can use a configuration that is written in it.
    """
    try:
        return once(manifest, in_manifest)
    except Postponed:
        return once(manifest.siblings[0], _in_file).of(manifest)


def _in_file(manifest: Manifest) -> Collectors:
    return Collectors((manifest.document,), manifest.siblings)


def tags_in(text: str) -> Iterator[str]:
    """The tags of ADOT's images that a manifest names, even one that is no YAML; `UNKNOWN` for one with a variable."""
    for match in _IMAGE.finditer(text):
        tag = match[1]
        yield UNKNOWN if "$" in tag else tag.removeprefix(":") or "latest"


def texts_in_manifest(document: Document) -> Iterator[tuple[CollectorText, tuple[str, ...]]]:
    """The configurations that a manifest holds itself, each with the environments in which it is read."""
    if not has_uses(document):
        return
    own = os.path.abspath(document.source.path)
    found: dict[Span, tuple[CollectorText, list[str]]] = {}
    for manifest in filter(collector_uses, document.manifests):
        for collector in _at_hand(manifest):
            text = collector.text
            if text and text.written.scalar and text.written.key[0] == own:
                found.setdefault(text.written.scalar.span, (text, []))[1].append(collector.environment)
    yield from ((text, tuple(dict.fromkeys(environments))) for text, environments in found.values())


def hidden_in_manifest(document: Document) -> Iterator[Span]:
    """Where credentials stand in the configurations of a manifest, and in what is a part of one."""
    if not may_have_uses(document):
        return
    for text, _ in texts_in_manifest(document):
        yield from text.hidden
    for node in {node.span: node for node in _parts(document)}.values():
        yield from CollectorText(Written(document.source, node)).hidden


def _parts(document: Document) -> Iterator[Scalar]:
    """The variables that collectors put together, which are no configurations by themselves."""
    if not may_name_variables(document):
        return
    for manifest in document.manifests:
        for container in manifest.containers.values():
            for name in variables_with_parts(container):
                node = container.mapping("variables").get(name)
                if isinstance(node, Scalar) and node.known and node.text:
                    yield node


def texts_in_secrets(secret_input: SecretInput) -> tuple[tuple[CollectorText, tuple[str, ...]], ...]:
    """The values of an input file that are configurations, each with the environments it is for.

    That are those that a container gets, and those that look it.
    """
    return secret_input.once(_texts_in_secrets)


def is_collector(secret_input: SecretInput, value: SecretValue) -> bool:
    """Whether a value of an input file is the configuration of a collector."""
    return value.node.span in secret_input.once(_collector_spans)


def _collector_spans(secret_input: SecretInput) -> frozenset[Span]:
    texts = texts_in_secrets(secret_input)
    return frozenset(text.written.scalar.span for text, _ in texts if text.written.scalar)


def _texts_in_secrets(secret_input: SecretInput) -> tuple[tuple[CollectorText, tuple[str, ...]], ...]:
    workspace = secret_input.workspace
    known = workspace.once(workspace_collectors) if workspace else None
    found: dict[Span, tuple[CollectorText, list[str]]] = {}
    for value in secret_input.values:
        if not isinstance(value.node, Scalar) or not value.text:
            continue
        written = Written(secret_input.source, value.node)
        text = known.at(written) if known else None
        if text is None and _looks_it(value.text):
            text = CollectorText(written, likely=known.tags if known else ())
        if text:
            found.setdefault(value.node.span, (text, []))[1].append(value.environment.text)
    return tuple((text, tuple(dict.fromkeys(environments))) for text, environments in found.values())


def hidden_in_secrets(secret_input: SecretInput) -> tuple[Span, ...]:
    """What is not to be shown of an input file: of a configuration nothing but the credentials in it."""
    credentials = (span for text, _ in texts_in_secrets(secret_input) for span in text.hidden)
    shown, known = secret_input.once(_collector_spans), _known_names(secret_input)
    return (*secret_input.hidden_but(shown, known), *credentials)


def _known_names(secret_input: SecretInput) -> frozenset[str]:
    """The names of secrets and environments that the workspace knows; of a file that can be read, none is needed."""
    if secret_input.workspace is None or not secret_input.tree.unread:
        return frozenset()
    inputs = secret_inputs_of(secret_input.workspace)
    return inputs.environments | inputs.used


def files_of(document: Document) -> Iterator[str]:
    """The paths of the files that are configurations of a manifest's collectors as a whole."""
    if not has_uses(document):
        return
    for manifest in filter(collector_uses, document.manifests):
        for collector in _at_hand(manifest):
            if collector.text and collector.text.embedding is None:
                yield collector.text.file.path


def _looks_it(text: str) -> bool:
    """Whether a text is surely the configuration of a collector."""
    from sidecar_lint.collector.recognition import is_configuration

    return "service" in text and "exporters" in text and is_configuration(read(Source("", text)).root)

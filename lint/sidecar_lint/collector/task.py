"""The collectors of a task, and where they listen: by the configuration they get, or by the file they bring."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sidecar_lint.collector import bundled, collectors
from sidecar_lint.collector.bindings import has_uses
from sidecar_lint.collector.versions import spelt
from sidecar_lint.manifests.copilot_names import TRACING_CONTAINER
from sidecar_lint.manifests.images import ADOT_COLLECTOR
from sidecar_lint.manifests.read_tracking import once
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nearest import closest
from sidecar_lint.syntax.nodes import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.collector.configuration import Configuration
    from sidecar_lint.manifests.containers import Container
    from sidecar_lint.manifests.manifest import Manifest

_CONTENT = "AOT_CONFIG_CONTENT"
_WORD = re.compile("[-./]")
_OTLP = {"4317": "grpc", "4318": "http"}


class FileFault(NamedTuple):
    """Why a collector cannot use a file of its image, and the word of the command that names it."""

    word: Scalar
    message: str
    help: str
    effect: str = "the collector does not start: there is no such file"


class TaskCollector(NamedTuple):
    """A collector of a task. `ports` have `tcp` or `udp`, `otlp` the protocol of each port for OTLP.

    `container` is None for the one that `observability.tracing` adds. `is_known` where that is all.
    """

    name: str
    container: Container | None
    ports: tuple[tuple[str, str], ...]
    otlp: dict[str, str]
    is_known: bool = True
    #: What is wrong with the file of the image that it reads.
    file_fault: FileFault | None = None


def in_manifest(manifest: Manifest) -> list[TaskCollector]:
    """The collectors of a manifest's task; to be asked `once`."""
    return list(_found(manifest))


def _found(manifest: Manifest) -> Iterator[TaskCollector]:
    configured: dict[str, list[Configuration | None]] = {}
    for collector in once(manifest, collectors.in_manifest) if has_uses(manifest.document) else ():
        configured.setdefault(collector.container.name, []).append(collector.configuration)
    for container in (manifest.main, *manifest.sidecars):
        configurations = configured.get(container.name)
        if configurations:
            yield _configured(container, configurations)
        elif _is_adot(container) and not _is_configured(container):
            yield _bundled(container)
        elif _is_adot(container):
            yield TaskCollector(container.name, container, (), {}, is_known=False)
    if manifest.traces:
        yield TaskCollector(TRACING_CONTAINER, None, bundled.TRACING_PORTS, _OTLP)


def _configured(container: Container, configurations: list[Configuration | None]) -> TaskCollector:
    configuration = configurations[0] if len(configurations) == 1 else None
    if configuration is None or configuration.structure is None:
        return TaskCollector(container.name, container, (), {}, is_known=False)
    is_known = configuration.structure.uses_are_known("receivers")
    return TaskCollector(
        container.name, container, tuple(configuration.ports), configuration.otlp_ports, is_known
    )


def _bundled(container: Container) -> TaskCollector:
    ports = bundled.ports(container)
    otlp = {port: _OTLP[port] for port, _ in ports if port in _OTLP}
    return TaskCollector(container.name, container, ports, otlp, bool(ports), _file_fault(container))


def _file_fault(container: Container) -> FileFault | None:
    file = bundled.named(container)
    if file is None or file.word is None or not file.path.startswith(bundled.FOLDER):
        return None
    mounts = [path.text for point in container.mount_points if isinstance(path := point.get("path"), Scalar)]
    if any(file.path.startswith(mount.rstrip("/") + "/") for mount in mounts):
        return None
    known, release = bundled.FILES.get(file.path), bundled.release_of(container)
    if known is None:
        same = (each for each in bundled.FILES if sorted(_WORD.split(each)) == sorted(_WORD.split(file.path)))
        near = next(same, None) or closest(file.path, bundled.FILES)
        help_ = f"write --config={near}" if near else f"it has {', '.join(list(bundled.FILES)[1:])}"
        return FileFault(file.word, f"the image has no file {file.path!r}", help_)
    if release and release < known.since:
        message = f"the image has no file {file.path!r} before {spelt(known.since)}"
        return FileFault(file.word, message, "use a later image")
    if fault := bundled.broken(file.path, release):
        help_ = "use v0.43.2 or later, or give the text as AOT_CONFIG_CONTENT"
        return FileFault(file.word, f"the image's file {file.path!r} {fault.why}", help_, _effect(fault))
    if file.path == bundled.FOR_INSTANCES:
        help_ = f"write --config={bundled.FOLDER}container-insights/otel-task-metrics-config.yaml"
        effect = "it gets no metrics: there is no host to read them from"
        return FileFault(file.word, f"{file.path!r} reads files of a host", help_, effect)
    return None


def _effect(fault: bundled.Broken) -> str:
    return (
        "nothing is sent: requests are signed for no region"
        if fault.is_read
        else "the collector does not start"
    )


def _is_adot(container: Container) -> bool:
    image = container.image_reference
    return image is not None and image.kind == ADOT_COLLECTOR


def _is_configured(container: Container) -> bool:
    """Whether a variable, a secret or a file of variables may say what it reads."""
    named = any(each.key.text == _CONTENT for each in container.secrets())
    return (
        named
        or _CONTENT in container.mapping("variables").entries
        or container.section.get("env_file") is not None
    )

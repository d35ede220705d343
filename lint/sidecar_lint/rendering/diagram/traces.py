"""Who sends traces in a task, and where they go."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from sidecar_lint.collector import bundled
from sidecar_lint.collector.of_manifest import collectors_of, task_collectors
from sidecar_lint.manifests.copilot_names import TRACING_CONTAINER
from sidecar_lint.manifests.images import XRAY_DAEMON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidecar_lint.collector.configuration import Configuration
    from sidecar_lint.manifests.containers import Container
    from sidecar_lint.manifests.manifest import Manifest

XRAY: Final = "AWS X-Ray"
_VARIABLES: Final = frozenset(("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"))
_LOCAL: Final = re.compile(r"https?://(?:localhost|127\.0\.0\.1|\[::1\]):([0-9]{1,5})(?:/\S*)?")
#: Exporters that send nothing anywhere.
_NOWHERE: Final = frozenset(("debug", "logging", "nop"))


def collector_of(manifest: Manifest, container: dict[str, Any]) -> str | None:
    """The collector in the same task to which a container (as ECS's API has it) is told to send."""
    ports = {port: each.name for each in task_collectors(manifest) for port in each.otlp}
    for each in container.get("environment", ()) if ports else ():
        local = _LOCAL.fullmatch(str(each.get("value"))) if each.get("name") in _VARIABLES else None
        if local and ports.get(local[1]) not in (None, container.get("name")):
            return ports[local[1]]
    return None


def destinations(manifest: Manifest, name: str) -> Iterator[str]:
    """Where a container sends the traces that it gets, as far as that is known."""
    container = manifest.containers.get(name)
    if container is None:
        yield from [XRAY] if name == TRACING_CONTAINER else []
        return
    configured = [each for each in collectors_of(manifest) if each.container.name == name]
    for each in configured:
        yield from _exporters(each.configuration)
    if not configured and (_is_daemon(container) or _is_bundled(manifest, container)):
        yield XRAY


def _is_daemon(container: Container) -> bool:
    reference = container.image_reference
    return reference is not None and reference.kind == XRAY_DAEMON


def _is_bundled(manifest: Manifest, container: Container) -> bool:
    """Whether it reads a file that comes with ADOT's image, and that sends traces."""
    known = any(each.name == container.name and each.is_known for each in task_collectors(manifest))
    file = bundled.named(container) if known else None
    return file is not None and bundled.sends_traces(file.path)


def _exporters(configuration: Configuration | None) -> Iterator[str]:
    structure = configuration.structure if configuration else None
    for pipeline in structure.pipelines if structure else ():
        if structure is None or pipeline.signal != "traces":
            continue
        for link in pipeline.lists["exporters"].items:
            if link.id in structure.defined("exporters") and link.id.type not in _NOWHERE:
                yield XRAY if link.id.type == "awsxray" else str(link.id)

"""The collectors of a task. Most have none: who asks about one of those pays for the question alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.collector.bindings import has_uses, may_have_uses
from sidecar_lint.manifests.read_tracking import once

if TYPE_CHECKING:
    from sidecar_lint.collector.collectors import Collector
    from sidecar_lint.collector.task import TaskCollector
    from sidecar_lint.manifests.manifest import Manifest


def collectors_of(manifest: Manifest) -> list[Collector]:
    """The containers that get a collector's configuration of their own, and that where it is known."""
    if not has_uses(manifest.document):
        return []
    from sidecar_lint.collector.collectors import in_manifest

    return once(manifest, in_manifest)


def task_collectors(manifest: Manifest) -> list[TaskCollector]:
    """The collectors of a task, with the ports that they are known to listen at."""
    text = manifest.document.source.text
    if not manifest.is_ecs or not (
        manifest.traces or "otel-collector" in text or may_have_uses(manifest.document)
    ):
        return []
    from sidecar_lint.collector.task import in_manifest

    return once(manifest, in_manifest)

"""The topics of a manifest and the queues behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.manifests.copilot_names import STATIC_SITE, WORKER
from sidecar_lint.syntax.nodes import Mapping, maps_of

if TYPE_CHECKING:
    from sidecar_lint.manifests.effective import EffectiveManifest


def published_topics(manifest: EffectiveManifest) -> list[Mapping]:
    """The entries of `publish.topics`."""
    return [] if manifest.kind == STATIC_SITE else maps_of(manifest.get("publish", "topics"))


def subscribed_topics(manifest: EffectiveManifest) -> list[Mapping]:
    """The entries of `subscribe.topics`."""
    return maps_of(manifest.get("subscribe", "topics")) if manifest.kind == WORKER else []


def fifo_queues(manifest: EffectiveManifest) -> list[Mapping]:
    """The `fifo` maps of the service's queue and of the queues of single topics."""
    if manifest.kind != WORKER:
        return []
    topics = subscribed_topics(manifest)
    queues = [manifest.get("subscribe", "queue"), *(topic.get("queue") for topic in topics)]
    fifos = [queue.get("fifo") for queue in queues if isinstance(queue, Mapping)]
    return [fifo for fifo in fifos if isinstance(fifo, Mapping)]

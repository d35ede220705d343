"""What the rules about topics and their queues share."""

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Manifest, Mapping, Scalar


def published(manifest: Manifest) -> list[Mapping]:
    """The entries of `publish.topics`."""
    if manifest.kind == "Static Site":
        return []
    return [item for item in manifest.sequence("publish", "topics") if isinstance(item, Mapping)]


def subscribed(manifest: Manifest) -> list[Mapping]:
    """The entries of `subscribe.topics`."""
    if manifest.kind != "Worker Service":
        return []
    return [item for item in manifest.sequence("subscribe", "topics") if isinstance(item, Mapping)]


def fifo_queues(manifest: Manifest) -> Iterator[Mapping]:
    """The `fifo` maps of the service's queue and of the queues of single topics."""
    if manifest.kind != "Worker Service":
        return
    queues = [manifest.get("subscribe", "queue"), *(topic.get("queue") for topic in subscribed(manifest))]
    for queue in queues:
        fifo = queue.get("fifo") if isinstance(queue, Mapping) else None
        if isinstance(fifo, Mapping):
            yield fifo


def fifo_options(manifest: Manifest, name: str) -> Iterator[Scalar]:
    """The known values of an option of FIFO queues."""
    for fifo in fifo_queues(manifest):
        option = fifo.get(name)
        if isinstance(option, Scalar) and option.known:
            yield option

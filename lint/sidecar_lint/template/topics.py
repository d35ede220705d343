"""The topics that a workload publishes to, and those that a worker subscribes to."""

from __future__ import annotations

from typing import Final

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Mapping, Node, Scalar, as_mapping, maps_of
from sidecar_lint.template.decoding import is_set, scalar
from sidecar_lint.template.fields import of_fields
from sidecar_lint.template.stack import Stack, once, safe

_FIFO: Final = ".fifo"
_FIFO_FIELDS: Final = (
    "content_based_deduplication",
    "deduplication_scope",
    "throughput_limit",
    "high_throughput",
)


class Topic(NamedTuple):
    """A topic of `publish.topics`. `name` ends in `.fifo` where the topic is one."""

    name: str
    node: Scalar
    fifo: Node | None

    @property
    def id(self) -> str:
        """Its logical id."""
        return f"{safe(self.name)}SNSTopic"


def published(stack: Stack) -> list[Topic]:
    """The topics that are published to, in the order of the manifest."""
    return _published(stack, stack.manifest.root)


@of_fields("publish")
def _published(root: Mapping) -> list[Topic]:
    return topics_of(root)


def topics_of(root: Mapping) -> list[Topic]:
    """The same of a manifest without anything but its topics."""
    sections = maps_of(as_mapping(root.get("publish")).get("topics"))
    return [topic for section in sections if (topic := _topic(section))]


def _topic(section: Mapping) -> Topic | None:
    name = scalar(section, "name")
    if name is None:
        return None
    fifo = section.get("fifo")
    return Topic(name.text + _FIFO, name, fifo) if is_fifo(fifo) else Topic(name.text, name, None)


class Subscription(NamedTuple):
    """A topic of `subscribe.topics`. `queue` is what describes a queue of its own, where it has one."""

    name: str
    service: str
    node: Scalar
    section: Mapping
    queue: Node | None

    @property
    def id(self) -> str:
        """What the logical ids of its resources begin with."""
        return safe(self.service) + safe(self.name)

    @property
    def queue_id(self) -> str:
        """The logical id of the queue of its own."""
        return f"{self.id}EventsQueue"

    @property
    def url_name(self) -> str:
        """What stands for the address of that queue in the texts that list them."""
        return f"{self.id}URL"

    @property
    def uri_key(self) -> str:
        """What that queue is called in COPILOT_TOPIC_QUEUE_URIS: the topic with one large letter."""
        return f"{safe(self.service)}{safe(self.name).capitalize()}EventsQueue"

    @property
    def queue_section(self) -> Mapping:
        """What describes the queue of its own; empty for `queue: true`."""
        return as_mapping(self.queue)


@once
def subscribed(stack: Stack) -> list[Subscription]:
    """The topics that a worker subscribes to, in the order of the manifest."""
    if not stack.is_worker:
        return []
    everywhere = stack.manifest.get("subscribe", "queue", "fifo")
    sections = maps_of(stack.manifest.get("subscribe", "topics"))
    return [each for section in sections if (each := _subscription(section, everywhere))]


def _subscription(section: Mapping, everywhere: Node | None) -> Subscription | None:
    name, service = scalar(section, "name"), scalar(section, "service")
    if name is None:
        return None
    written = section.get("queue")
    queue = own_queue(written)
    # FIFO counts where the topic has no queue of its own, or one that is described (worker_svc.go, Subscriptions).
    fifo = everywhere if _says_nothing(written) else as_mapping(written).get("fifo")
    text = name.text + _FIFO if is_fifo(fifo) else name.text
    return Subscription(text, service.text if service else "", name, section, queue)


def own_queue(node: Node | None) -> Node | None:
    """What gives a subscription a queue of its own: `true`, or a map that says something."""
    if isinstance(node, Scalar):
        return node if node.as_bool else None
    return node if isinstance(node, Mapping) and describes_queue(node) else None


def _says_nothing(node: Node | None) -> bool:
    if isinstance(node, Scalar):
        return node.as_bool is None
    return not (isinstance(node, Mapping) and describes_queue(node))


@once
def with_queue(stack: Stack) -> list[Subscription]:
    """The subscriptions that have a queue of their own."""
    return [each for each in subscribed(stack) if each.queue is not None]


def describes_queue(section: Mapping) -> bool:
    """Whether a map sets something of a queue (worker_svc.go, SQSQueue.IsEmpty)."""
    if is_set(section, "retention", "delay", "timeout") or as_mapping(section.get("dead_letter")).get(
        "tries"
    ):
        return True
    return _is_written(section.get("fifo"))


def is_fifo(node: Node | None) -> bool:
    """Whether a `fifo` makes a topic or a queue a FIFO one: `true`, or a map that sets something."""
    if isinstance(node, Scalar):
        return bool(node.as_bool)
    return isinstance(node, Mapping) and is_set(node, *_FIFO_FIELDS)


def _is_written(node: Node | None) -> bool:
    return is_fifo(node) or (isinstance(node, Scalar) and node.as_bool is not None)

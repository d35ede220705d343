"""The queues of a worker: one for all topics, those of topics' own, and dead letter queues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.syntax.nodes import Mapping, Sequence, as_mapping
from sidecar_lint.template.decoding import bare_text, boolean, integer, seconds
from sidecar_lint.template.intrinsics import get_att, ref
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.resources.events_key import events_key
from sidecar_lint.template.resources.subscriptions import queue_policy, send_statement, subscription
from sidecar_lint.template.topics import Subscription, is_fifo, subscribed
from sidecar_lint.template.values import Sourced, Value, present

if TYPE_CHECKING:
    from sidecar_lint.template.stack import Stack

_KEY: Final = ref("EventsKMSKey")
_KIND: Final = "AWS::SQS::Queue"
_FOURTEEN_DAYS: Final = 1209600


def queues(stack: Stack) -> Resources:
    """`EventsQueue`, and the queue and the subscription of each topic."""
    topics = subscribed(stack)
    has_topics = isinstance(stack.manifest.get("subscribe", "topics"), Sequence)
    section = (
        stack.manifest.mapping("subscribe", "queue") if has_topics else Mapping(stack.manifest.root.span)
    )
    yield "EventsKMSKey", events_key()
    yield from _queue("", section, "messages", "the events queue")
    shared = [send_statement("EventsQueue", topic) for topic in topics if topic.queue is None]
    yield "QueuePolicy", queue_policy("EventsQueue", *shared)
    for topic in topics:
        yield f"{topic.id}SNSTopicSubscription", subscription(topic)
        if topic.queue is not None:
            yield from _own_queue(topic)


def _own_queue(topic: Subscription) -> Resources:
    what = f"the topic {topic.name}"
    yield from _queue(topic.id, topic.queue_section, f"messages from {what}", what)
    yield f"{topic.id}QueuePolicy", queue_policy(topic.queue_id, send_statement(topic.queue_id, topic))


def _queue(prefix: str, section: Mapping, messages: str, what: str) -> Resources:
    """A queue and the dead letter queue behind it."""
    fifo = is_fifo(section.get("fifo"))
    kind = f"{'events ' if not prefix else ''}SQS {'FIFO ' if fifo else ''}queue"
    description = f"{'An' if not prefix else 'A'} {kind} to buffer {messages}"
    dead_letter = f"{prefix}DeadLetterQueue"
    tries = integer(as_mapping(section.get("dead_letter")), "tries")
    properties = _properties(section, dead_letter, tries)
    yield f"{prefix}EventsQueue", resource(_KIND, Sourced(properties, section), description)
    if tries is not None:
        kind = f"dead letter SQS {'FIFO ' if fifo else ''}queue"
        description = f"A {kind} to buffer failed messages from {what}"
        yield dead_letter, resource(_KIND, Sourced(_dead_letters(fifo=fifo), tries.node), description)
        yield f"{prefix}DeadLetterPolicy", queue_policy(dead_letter)


def _properties(section: Mapping, dead_letter: str, tries: Sourced | None) -> Value:
    redrive = {"deadLetterTargetArn": get_att(f"{dead_letter}.Arn"), "maxReceiveCount": tries}
    return present(
        {
            "KmsMasterKeyId": _KEY,
            "MessageRetentionPeriod": seconds(section, "retention"),
            "DelaySeconds": seconds(section, "delay"),
            "VisibilityTimeout": seconds(section, "timeout"),
            "RedrivePolicy": redrive if tries else None,
            **_fifo(section),
        }
    )


def _fifo(section: Mapping) -> dict[str, Value]:
    node = section.get("fifo")
    if not is_fifo(node) or node is None:
        return {}
    fifo = as_mapping(node)
    high = boolean(fifo, "high_throughput")
    fast = high if high and high.value else None
    return {
        "FifoQueue": Sourced(True, node),
        "FifoThroughputLimit": Sourced("perMessageGroupId", fast.node)
        if fast
        else bare_text(fifo, "throughput_limit"),
        "DeduplicationScope": Sourced("messageGroup", fast.node)
        if fast
        else bare_text(fifo, "deduplication_scope"),
        "ContentBasedDeduplication": boolean(fifo, "content_based_deduplication"),
    }


def _dead_letters(*, fifo: bool) -> Value:
    properties: dict[str, Value] = {"KmsMasterKeyId": _KEY, "MessageRetentionPeriod": _FOURTEEN_DAYS}
    return {**properties, "FifoQueue": True} if fifo else properties

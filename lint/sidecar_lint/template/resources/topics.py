"""The topics that a workload publishes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.syntax.nodes import Mapping, as_mapping
from sidecar_lint.template import iam
from sidecar_lint.template.decoding import boolean
from sidecar_lint.template.fields import of_fields
from sidecar_lint.template.intrinsics import ARN, ref, sub
from sidecar_lint.template.resource import Resources, resource
from sidecar_lint.template.topics import Topic, topics_of
from sidecar_lint.template.values import Sourced, Value, present

if TYPE_CHECKING:
    from sidecar_lint.template.stack import Stack

_ACCOUNT: Final[Value] = {"AWS": sub(ARN + "iam::${AWS::AccountId}:root")}


def topics(stack: Stack) -> Resources:
    """`…SNSTopic` and `…SNSTopicPolicy` of each topic."""
    yield from _topics(stack, stack.manifest.root)


@of_fields("publish")
def _topics(root: Mapping) -> list[tuple[str, Value]]:
    return [each for topic in topics_of(root) for each in _resources(topic)]


def _resources(topic: Topic) -> Resources:
    kind = "FIFO topic" if topic.fifo else "topic"
    description = f"A SNS {kind} to broadcast {topic.name} events"
    yield topic.id, resource("AWS::SNS::Topic", _topic(topic), description)
    yield f"{topic.id}Policy", resource("AWS::SNS::TopicPolicy", _policy(topic), depends_on=topic.id)


def _topic(topic: Topic) -> Value:
    deduplication = boolean(as_mapping(topic.fifo), "content_based_deduplication")
    properties = {
        "TopicName": sub(f"${{AWS::StackName}}-{topic.name}"),
        "FifoTopic": Sourced(True, topic.fifo) if topic.fifo else None,
        "ContentBasedDeduplication": deduplication,
        "KmsMasterKeyId": "alias/aws/sns",
    }
    return Sourced(present(properties), topic.node)


def _policy(topic: Topic) -> Value:
    condition: Value = {"StringEquals": {"sns:Protocol": "sqs"}}
    statement = iam.allow(["sns:Subscribe"], ref(topic.id), principal=_ACCOUNT, condition=condition)
    return Sourced({"Topics": [ref(topic.id)], "PolicyDocument": iam.document(statement)}, topic.node)

"""The subscriptions of a worker to topics, and who may use its queues."""

from __future__ import annotations

from typing import Final

from sidecar_lint.template import iam
from sidecar_lint.template.intrinsics import APPLICATION, ARN, ENVIRONMENT, get_att, join, ref, sub
from sidecar_lint.template.rereading import value_of
from sidecar_lint.template.resource import resource
from sidecar_lint.template.stack import safe
from sidecar_lint.template.topics import Subscription, is_fifo
from sidecar_lint.template.values import Sourced, Value, present

_TASK_ROLE: Final[Value] = {"AWS": [get_att("TaskRole.Arn")]}
_SNS: Final[Value] = {"Service": "sns.amazonaws.com"}


def subscription(topic: Subscription) -> dict[str, Value]:
    """`…SNSTopicSubscription`."""
    filters = topic.section.get("filter_policy")
    queue = topic.queue_id if topic.queue is not None else "EventsQueue"
    properties = {
        "TopicArn": topic_arn(topic.service, topic.name),
        "Protocol": "sqs",
        "FilterPolicy": Sourced(value_of(filters), filters) if filters is not None else None,
        "Endpoint": get_att(f"{queue}.Arn"),
    }
    description = f"A SNS subscription to topic {topic.name} from service {topic.service}"
    return resource("AWS::SNS::Subscription", Sourced(present(properties), topic.node), description)


def topic_arn(service: str, topic: str) -> Value:
    """The ARN of a topic of the environment."""
    prefix = sub(ARN + "sns:${AWS::Region}:${AWS::AccountId}:")
    return join("", prefix, APPLICATION, "-", ENVIRONMENT, f"-{service}-{topic}")


def queue_policy(queue: str, *statements: Value) -> dict[str, Value]:
    """The policy of a queue: the tasks may receive, and what else is allowed."""
    arn = get_att(f"{queue}.Arn")
    receive = iam.allow(["sqs:ReceiveMessage", "sqs:DeleteMessage"], arn, principal=_TASK_ROLE)
    document = iam.document(receive, *statements)
    return resource("AWS::SQS::QueuePolicy", {"Queues": [ref(queue)], "PolicyDocument": document})


def send_statement(queue: str, topic: Subscription) -> Value:
    """That a topic may send to a queue.

    For a queue of the topic's own that is no FIFO one, Copilot takes the dashes out of the topic's
    name here, and the topic that there is may not send.
    """
    own = topic.queue is not None and not is_fifo(topic.queue_section.get("fifo"))
    source = topic_arn(topic.service, safe(topic.name) if own else topic.name)
    condition = {"ArnEquals": {"aws:SourceArn": source}}
    statement = iam.allow(["sqs:SendMessage"], get_att(f"{queue}.Arn"), principal=_SNS, condition=condition)
    return Sourced(statement, topic.node)

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sidecar_lint import (
    Bad,
    Finding,
    Manifest,
    Rule,
    Scalar,
    Severity,
    Stage,
    deployed_template,
)

if TYPE_CHECKING:
    from sidecar_lint import GeneratedTemplate, Part


class SilentTopicQueue(Rule):
    """A topic cannot send to the queue of its own.

    A topic of `subscribe.topics` with a `queue` gets a queue of its own, and a policy that lets the topic send
    to it. Where that is a standard queue, Copilot takes dashes and underscores out of the topic's name in the
    policy, so it is another topic that may send: the subscription has a `TopicArn` that ends in
    `-web-order-events`, the policy an `aws:SourceArn` that ends in `-web-orderevents`.

    SNS drops the messages, or puts them into a dead letter queue of the topic if it has one. The queue
    of all topics, and FIFO queues, have the right name in their policies.
    """

    code, name = "SL742", "silent-topic-queue"
    severity, stage = Severity.ERROR, Stage.SILENT
    effect = "no message of the topic ever arrives: its name is another one in the policy of the queue"
    sources = ("internal/pkg/template/templates/workloads/services/worker/cf.yml",)
    good = (
        """
        type: Worker Service
        subscribe:
          topics:
            - {name: order-events, service: web}
            - {name: order-events, service: web, queue: {fifo: true}}
            - {name: orders, service: web-shop, queue: true}
        """,
    )
    bad = (
        Bad(
            """
            type: Worker Service
            subscribe:
              topics:
                - {name: order-events, service: web, queue: true}
            #            ^^^^^^^^^^^^ SL742
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        template = deployed_template(manifest) if manifest.sequence("subscribe", "topics").items else None
        if template is None:
            return
        for resource in template.resources.values():
            topic = resource.get("Properties", "TopicArn")
            queue = resource.get("Properties", "Endpoint", "Fn::GetAtt", 0)
            if topic is None or queue is None or _may_send(template, topic, str(queue.plain)):
                continue
            node = topic.origin.node if topic.origin else None
            if isinstance(node, Scalar) and node.known:
                yield self._finding(node)

    def _finding(self, node: Scalar) -> Finding:
        help_ = (
            "leave out the topic's `queue`, so that it sends to the queue of all topics, or name the topic "
            "without dashes and underscores, or patch the policy in overrides/cfn.patches.yml"
        )
        return self.finding(node, f"the topic {node.text!r} may not send to the queue of its own", help=help_)


def _may_send(template: GeneratedTemplate, topic: Part, queue: str) -> bool:
    policy = template.get("Resources", queue.replace("EventsQueue", "QueuePolicy"))
    statements = policy.get("Properties", "PolicyDocument", "Statement") if policy else None
    sources = (each.get("Condition", "ArnEquals", "aws:SourceArn") for each in statements or ())
    return any(source is not None and source.plain == topic.plain for source in sources)

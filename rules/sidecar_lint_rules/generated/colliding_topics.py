from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sidecar_lint import (
    STATIC_SITE,
    WORKER,
    Bad,
    Finding,
    Manifest,
    Mapping,
    Node,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    as_mapping,
)


class CollidingTopics(Rule):
    """Two topics have one logical id in the template, so one of them is lost.

    The id of a topic in Copilot's template is its name without dashes and underscores, with `fifo` behind it
    for a FIFO topic; that of a subscription is made of the service and the topic in the same way. `order-events`
    and `orderevents` are one id. Copilot writes both, and of two equal keys CloudFormation takes the last.
    """

    code, name = "SL748", "colliding-topics"
    severity, stage = Severity.ERROR, Stage.SILENT
    effect = "only the last of the two is created"
    sources = (
        "internal/pkg/template/templates/workloads/partials/cf: publish.yml, subscribe.yml",
        "aws-cloudformation/cfn-language-discussion#96: of two equal keys the last counts",
    )
    good = (
        "publish: {topics: [{name: a-b}, {name: a-c}, {name: a-b, fifo: true}]}",
        "type: Worker Service\nsubscribe: {topics: [{name: a, service: web}, {name: a, service: api}]}",
    )
    bad = (
        Bad(
            """
            publish:
              topics:
                - name: order-events
                - name: orderevents
            #           ^^^^^^^^^^^ SL748
            """
        ),
        Bad(
            """
            type: Worker Service
            subscribe: {topics: [{name: b, service: web-a}, {name: a-b, service: web}]}
            #                                                      ^^^ SL748
            """
        ),
    )
    also_good = ("publish: {topics: [{name: orders}, {fifo: true}]}",)
    also_bad = (
        Bad(
            """
            publish: {topics: [{name: orders, fifo: true}, {name: ordersfifo}]}
            #                                                     ^^^^^^^^^^ SL748
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if manifest.kind != STATIC_SITE:
            yield from self._collisions(manifest.sequence("publish", "topics").items)
        if manifest.kind == WORKER:
            yield from self._collisions(manifest.sequence("subscribe", "topics").items)

    def _collisions(self, topics: Iterable[Node]) -> Iterator[Finding]:
        first: dict[str, Scalar] = {}
        for topic in topics:
            name = topic.get("name") if isinstance(topic, Mapping) else None
            if not isinstance(topic, Mapping) or not isinstance(name, Scalar) or not name.known:
                continue
            other = first.setdefault(_id(topic, name.text), name)
            if other is not name:
                message = f"the topics {other.text!r} and {name.text!r} are one in the template"
                related = (Related(other.place, "the other one"),)
                yield self.finding(name, message, help="give one of them another name", related=related)


def _id(topic: Mapping, name: str) -> str:
    service = topic.get("service")
    text = f"{service.text if isinstance(service, Scalar) else ''}{name}"
    return re.sub(r"[^A-Za-z0-9]+", "", text) + ("fifo" if _is_fifo(topic) else "")


def _is_fifo(topic: Mapping) -> bool:
    """Whether it is a FIFO topic, or subscribes to one."""
    fifo = topic.get("fifo") or as_mapping(topic.get("queue")).get("fifo")
    if isinstance(fifo, Scalar):
        return fifo.as_bool is True
    return isinstance(fifo, Mapping) and any(not node.is_null for node in fifo.entries.values())

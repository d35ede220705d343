from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Mapping, Rule, Scalar, Severity, Stage, is_blank, lost_in

TOPIC_NAME = r"[a-zA-Z0-9_-]+"
_FIFO = ".fifo"


class InvalidTopicName(Rule):
    """A topic has no name, or one that SNS does not allow.

    Names have letters, digits, hyphens and underscores. Copilot adds `.fifo` itself where `fifo` is
    set, on both sides, so the manifest has the name without it.
    """

    code, name = "SL072", "invalid-topic-name"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: a name has letters, numbers, underscores and hyphens"
    in_schema = True
    sources = ("internal/pkg/manifest/validate.go: validatePubSubName",)
    good = (
        "publish: {topics: [{name: orders_v2}, {name: '${TOPIC}'}]}",
        "type: Worker Service\nsubscribe: {topics: [{name: orders, service: api}]}",
    )
    bad = (
        Bad(
            """
            publish:
              topics:
                - name: orders.fifo
            #           ^^^^^^^^^^^ SL072
                  fifo: true
                - fifo: true
            #     ^^^^^^^^^^ SL072
            """,
            fixed="- name: orders\n",
        ),
        Bad(
            """
            type: Worker Service
            subscribe:
              topics:
                - name: all orders
            #           ^^^^^^^^^^ SL072
                  service: api
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for topic in (*manifest.published_topics, *manifest.subscribed_topics):
            yield from self._check(topic, manifest)

    def _check(self, topic: Mapping, manifest: Manifest) -> Iterator[Finding]:
        name = topic.get("name")
        if is_blank(name):
            place = topic.entries.get("name") or topic
            yield self.finding(
                place,
                "the topic has no name",
                help="write name: and the topic's name",
                follows_from=lost_in(manifest.document, topic, "name"),
            )
        elif isinstance(name, Scalar) and name.known and not re.fullmatch(TOPIC_NAME, name.text):
            plain = name.text.removesuffix(_FIFO)
            meant = plain if re.fullmatch(TOPIC_NAME, plain) else None
            help_ = f"write `{plain}`: Copilot adds {_FIFO} itself" if meant else _ADVICE
            yield self.finding(name, f"{name.text!r} cannot name a topic", replace=meant, help=help_)


_ADVICE = "use letters, digits, '-' and '_'"

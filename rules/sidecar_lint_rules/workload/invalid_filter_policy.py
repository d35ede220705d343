from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    Bad,
    Edit,
    Finding,
    Fix,
    Manifest,
    Mapping,
    Node,
    Rule,
    Scalar,
    Sequence,
    Severity,
    Stage,
    closest,
    is_resource_overridden,
)

_MOST: Final = 5
_OPERATORS: Final = (
    "anything-but",
    "cidr",
    "equals-ignore-case",
    "exists",
    "numeric",
    "prefix",
    "suffix",
    "wildcard",
)
_SUBSCRIPTION: Final = "AWS::SNS::Subscription"


class InvalidFilterPolicy(Rule):
    """A `filter_policy` is none that SNS takes.

    It has up to five names of message attributes, each with the list of values that a message may have there; a single
    value is a list, too. An item of a list is a text, a number, true, false, null, or a map with an operator
    (`{prefix: order-}`, `{anything-but: cancelled}`). Copilot subscribes with the attributes of messages, where a
    policy within a policy is refused.
    """

    code, name = "SL099", "invalid-filter-policy"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: SNS refuses the subscription"
    sources = (
        "Amazon SNS developer guide: Filter policy constraints, String value matching",
        "internal/pkg/template/templates/workloads/partials/cf/subscribe.yml: no FilterPolicyScope",
    )
    good = (
        """
        type: Worker Service
        subscribe:
          topics:
            - name: orders
              service: web
              filter_policy:
                store: [example, {prefix: ex-}, {anything-but: [a, b]}]
                price: [{numeric: ['>=', 100]}, 5, null]
                $or: [{a: [b]}, {c: [d]}]
        """,
    )
    bad = (
        Bad(
            """
            type: Worker Service
            subscribe:
              topics:
                - name: orders
                  service: web
                  filter_policy:
                    store: example
            #              ^^^^^^^ SL099
                    customer: {country: [DE]}
            #       ^^^^^^^^ SL099
                    event: []
            #              ^^ SL099
                    kind: [{prefx: order-}, [a]]
            #               ^^^^^ SL099
            #                               ^^^ SL099
            """,
            fixed="store: [example]",
        ),
        Bad(
            """
            type: Worker Service
            subscribe:
              topics:
                - {name: orders, service: web, filter_policy: {a: [1], b: [1], c: [1], d: [1], e: [1], f: [1]}}
            #                                  ^^^^^^^^^^^^^ SL099
            """
        ),
    )

    also_good = (
        """
        type: Worker Service
        subscribe:
          topics:
            - name: orders
              service: web
              filter_policy: {a: '${STORE}', b: [{newer-operator: x}], c: [1], d: [1], e: [1]}
        """,
        """
        type: Worker Service
        subscribe: {topics: [{name: orders, service: web, filter_policy: {customer: {country: [DE]}}}]}
        # file: copilot/api/overrides/cfn.patches.yml
        - op: add
          path: /Resources/webordersSNSTopicSubscription/Properties/FilterPolicyScope
          value: MessageBody
        """,
    )
    also_bad = (
        Bad(
            """
            type: Worker Service
            subscribe:
              topics: [{name: orders, service: web, filter_policy: {a: 'text', b: x y, c: null}}]
            #                                                          ^^^^^^ SL099
            #                                                                     ^^^ SL099
            #                                                                             ^^^^ SL099
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        policies = (topic.get("filter_policy") for topic in manifest.subscribed_topics)
        found = [wrong for each in policies if isinstance(each, Mapping) for wrong in self._policy(each)]
        names = ("FilterPolicy", "FilterPolicyScope")
        if found and not is_resource_overridden(manifest, _SUBSCRIPTION, *names):
            yield from found

    def _policy(self, policy: Mapping) -> Iterator[Finding]:
        if len(policy.entries) > _MOST:
            message = f"the policy has {len(policy.entries)} names, and {_MOST} are possible"
            yield self.finding(policy.key or policy, message, help="filter by fewer, and in the program")
        for key, node in policy:
            if isinstance(node, Mapping):
                message = (
                    f"{key.text!r} has a policy of its own, which the attributes of messages cannot have"
                )
                yield self.finding(key, message, help="write a list of values")
            elif isinstance(node, Sequence):
                yield from self._values(node)
            elif isinstance(node, Scalar) and node.known:
                message = f"{key.text!r} has no list of values"
                help_ = "write the value as a list, in brackets"
                yield self.finding(node, message, help=help_, fixes=tuple(_as_list(node)))

    def _values(self, values: Sequence) -> Iterator[Finding]:
        if not values.items:
            yield self.finding(
                values, "the list of values is empty", help="write a value, or leave the name out"
            )
        for item in values.items:
            if isinstance(item, Sequence):
                yield self.finding(
                    item, "a value cannot be a list", help="write its items into the list around it"
                )
            for key, _ in (
                item if isinstance(item, Mapping) and values.key and values.key.text != "$or" else ()
            ):
                near = closest(key.text, _OPERATORS) if key.text not in _OPERATORS else None
                if near:
                    yield self.finding(key, f"there is no operator {key.text!r}", replace=near)


def _as_list(node: Node) -> Iterator[Fix]:
    if (
        isinstance(node, Scalar)
        and node.alias is None
        and not node.style
        and re.fullmatch(r"[\w.-]+", node.text)
    ):
        yield Fix("write it as a list", (Edit(node.place, f"[{node.text}]"),), safe=True)

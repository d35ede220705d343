from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import (
    WORKER,
    Bad,
    Document,
    Finding,
    Manifest,
    Mapping,
    Related,
    Rule,
    Scalar,
    Severity,
    Stage,
    Workload,
    closest,
    document_of,
    enumerated,
)
from sidecar_lint_rules.workload.invalid_topic_name import TOPIC_NAME


class UnknownTopic(Rule):
    """A worker subscribes to a topic that the service does not publish.

    A topic is known by its service and its name. Copilot looks for it among those that are deployed to the
    environment. A service that this workspace does not have may be in another one, so it is flagged only
    where it is nearly one that is here.
    """

    code, name = "SL716", "unknown-topic"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "Copilot refuses to deploy the worker: there is no such topic in the environment"
    sources = ("internal/pkg/cli/deploy/worker.go: validateTopicsExist",)
    good = (
        """
        type: Worker Service
        subscribe: {topics: [{name: orders, service: shop}, {name: bills, service: elsewhere}]}
        # file: copilot/shop/manifest.yml
        name: shop
        publish: {topics: [{name: orders}]}
        """,
        """
        type: Worker Service
        subscribe: {topics: [{name: orders, service: shop}, {name: bills, service: billing}]}
        # file: copilot/shop/manifest.yml
        name: shop
        publish: {topics: [{name: orders!}]}
        # file: copilot/billing/manifest.yml
        name: billing
        publish: {topics: {name: bills}}
        """,
        """
        type: Worker Service
        subscribe: {topics: [{name: orders, service: shop}]}
        # file: copilot/shop/manifest.yml
        name: shop
        environments: {test: {publish: {topics: [{name: orders}]}}}
        """,
    )
    bad = (
        Bad(
            """
            type: Worker Service
            subscribe:
              topics:
                - name: order
            #           ^^^^^ SL716
                  service: shop
                - name: bills
                  service: billings
            #              ^^^^^^^^ SL716
            # file: copilot/shop/manifest.yml
            name: shop
            publish: {topics: [{name: orders}]}
            # file: copilot/billing/manifest.yml
            name: billing
            publish: {topics: [{name: bills}]}
            """,
            fixed="name: orders",
        ),
    )
    also_good = (
        """
        type: Worker Service
        subscribe: {topics: [{name: orders, service: shop}]}
        """,
        """
        type: Backend Service
        subscribe: {topics: [{name: order, service: shop}]}
        # file: copilot/shop/manifest.yml
        name: shop
        publish: {topics: [{name: orders}]}
        """,
        """
        type: Worker Service
        subscribe: {topics: [{name: orders}, {service: shop}, {name: order, service: billing}]}
        # file: copilot/shop/manifest.yml
        name: shop
        publish: {topics: [{name: orders}]}
        # unreadable file: copilot/billing/manifest.yml
        """,
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        workload = manifest.workload
        if workload is None or manifest.kind != WORKER:
            return
        for topic in manifest.sequence("subscribe", "topics"):
            service = topic.get("service") if isinstance(topic, Mapping) else None
            if isinstance(topic, Mapping) and isinstance(service, Scalar) and service.known and service.text:
                yield from self._look(topic, service, workload.workspace.workloads, manifest.environment)

    def _look(
        self, topic: Mapping, service: Scalar, workloads: dict[str, Workload], environment: str
    ) -> Iterator[Finding]:
        name, publisher = topic.get("name"), workloads.get(service.text)
        if publisher is None:
            nearest = closest(service.text, workloads)
            if nearest is not None:
                message = f"the workspace has no service {service.text!r}"
                yield self.finding(service, message, replace=nearest, severity=Severity.WARNING)
        elif isinstance(name, Scalar) and name.known and name.text:
            yield from self._topic(name, publisher, environment)

    def _topic(self, name: Scalar, publisher: Workload, environment: str) -> Iterator[Finding]:
        document = document_of(publisher)
        if document is None or not document.manifests:
            return
        named = dict(zip(document.environments, document.manifests, strict=True))
        publishes = named.get(environment, document.manifests[0])
        # Any environment may be meant, if the worker does not name it: also one that the publisher names.
        publishing = document.manifests if environment == "*" else [publishes]
        topics = [topic for each in publishing for topic in each.sequence("publish", "topics")]
        names = [each.get("name") for each in topics if isinstance(each, Mapping)]
        known = list(dict.fromkeys(each.text for each in names if isinstance(each, Scalar)))
        if (
            not all(isinstance(each, Scalar) for each in names)
            or name.text in known
            or not _is_understood(document)
        ):
            return
        nearest = closest(name.text, known)
        if nearest and not re.fullmatch(TOPIC_NAME, nearest):
            return  # the publisher has the mistake, and is told
        section = publishes.root_key("publish") or publishes.root_key("name") or publishes.root
        related = (Related(section.place, "the publisher", document.source),)
        message = f"{publisher.folder_name} publishes no topic {name.text!r}"
        yield self.finding(
            name,
            message,
            replace=nearest,
            help=f"write `{nearest}`" if nearest else _advice(name.text, publisher, known),
            related=related,
            follows_from=[("SL072", name)],
        )


def _advice(name: str, publisher: Workload, known: list[str]) -> str:
    """What to do where no topic is nearly the one that is written."""
    publish = f"add {name!r} to `publish.topics` of {publisher.folder_name}, or take the subscription out"
    return f"{publish}; it publishes {enumerated(known)}" if known else publish


def _is_understood(document: Document) -> bool:
    """Whether nothing in the publisher's section is in a form that Copilot does not read."""
    shape = document.shape
    if shape is None:
        return True
    paths = [each.path for each in shape.wrong_types] + [each.path for each in shape.unknown_fields]
    return not any("publish" in path for path in paths)

from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Mapping, Rule, Scalar, Severity, Stage, is_blank, lost_in

_NAME = r"(?=..)[a-z](-?[a-z0-9])*"


class InvalidServiceName(Rule):
    """A subscription does not name the service that publishes the topic.

    `service` is that service's name in the same application: small letters, digits and single
    hyphens, at least two characters, the first of them a letter and the last no hyphen.
    """

    code, name = "SL073", "invalid-service-name"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: no service can have this name"
    in_schema = True
    sources = ("internal/pkg/manifest/validate.go: TopicSubscription.validate, isValidSubSvcName",)
    good = (
        """
        type: Worker Service
        subscribe: {topics: [{name: orders, service: shop-api2}, {name: bills, service: '${SHOP}'}]}
        """,
    )
    bad = (
        Bad(
            """
            type: Worker Service
            subscribe:
              topics:
                - name: orders
            #     ^^^^^^^^^^^^ SL073
                - name: bills
                  service: Shop_API
            #              ^^^^^^^^ SL073
            """,
            fixed="service: shop-api",
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for topic in manifest.subscribed_topics:
            yield from self._check(topic, manifest)

    def _check(self, topic: Mapping, manifest: Manifest) -> Iterator[Finding]:
        service = topic.get("service")
        if is_blank(service):
            follows_from = lost_in(manifest.document, topic, "service")
            place = topic.entries.get("service") or topic
            help_ = "write service: and the name of the service that publishes the topic"
            yield self.finding(
                place, "the subscription names no service", help=help_, follows_from=follows_from
            )
        elif isinstance(service, Scalar) and service.known and not re.fullmatch(_NAME, service.text):
            plain = service.text.lower().replace("_", "-")
            meant = plain if re.fullmatch(_NAME, plain) else None
            choice = "" if meant else "write the name of the service that publishes the topic"
            yield self.finding(service, f"{service.text!r} cannot name a service", replace=meant, help=choice)

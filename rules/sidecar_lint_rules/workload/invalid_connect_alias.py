from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, is_resource_overridden

_MOST: Final = 127
_NAME: Final = r"[a-z0-9_.][a-z0-9_.-]*"


class InvalidConnectAlias(Rule):
    """The alias of Service Connect is a name that ECS does not take.

    It has lower-case letters, digits, `_`, `-` and `.`, 127 of them at most, and does not begin with `-`. This
    rests on the documentation of the API.
    """

    code, name = "SL097", "invalid-connect-alias"
    severity, stage = Severity.WARNING, Stage.DEPLOY
    effect = "the deployment fails: ECS refuses the name of the endpoint"
    sources = ("Amazon ECS API: ServiceConnectClientAlias",)
    good = (
        "network: {connect: {alias: " + "a" * 127 + "}}",
        "network: {connect: {alias: search_api.internal}}",
        "network: {connect: {alias: '${NAME}'}}",
    )
    bad = (
        Bad(
            """
            network:
              connect:
                alias: Search
            #          ^^^^^^ SL097
            """,
            fixed="alias: search",
        ),
        Bad(
            """
            network:
              connect:
                alias: http://search
            #          ^^^^^^^^^^^^^ SL097
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        alias = manifest.scalar("network", "connect", "alias") if manifest.is_ecs else None
        if alias is None or not alias.known or not alias.text or _is_name(alias.text):
            return
        if not is_resource_overridden(manifest, "AWS::ECS::Service", "ServiceConnectConfiguration"):
            lower = alias.text.lower()
            yield self.finding(
                alias,
                f"{alias.text!r} cannot name an endpoint of Service Connect",
                help=f"use lower-case letters, digits, `_`, `-` and `.`, {_MOST} of them at most",
                replace=lower if _is_name(lower) else None,
            )


def _is_name(text: str) -> bool:
    return len(text) <= _MOST and re.fullmatch(_NAME, text) is not None

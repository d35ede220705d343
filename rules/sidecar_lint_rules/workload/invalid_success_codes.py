from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    Bad,
    Finding,
    Manifest,
    Mapping,
    Rule,
    Scalar,
    Severity,
    Stage,
    as_mapping,
    is_resource_overridden,
)

_TARGET_GROUP: Final = "AWS::ElasticLoadBalancingV2::TargetGroup"
_LEAST, _MOST = 200, 499
_CODES: Final = r"\d{3}(?:-\d{3})?(?:\s*,\s*\d{3}(?:-\d{3})?)*"


class InvalidSuccessCodes(Rule):
    """`success_codes` is not a list of HTTP status codes.

    A load balancer takes codes from 200 to 499: one (`200`), several with commas between (`200,301`), or a
    range (`200-299`). Copilot hands the text on as it is. With gRPC the codes are others, and nothing is said.
    """

    code, name = "SL095", "invalid-success-codes"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: the load balancer refuses the health check"
    sources = ("Elastic Load Balancing API: Matcher",)
    good = (
        "http: {path: /, healthcheck: {path: /, success_codes: 200}}",
        "http: {path: /, healthcheck: {path: /, success_codes: '200-299, 301,499'}}",
        "http: {path: /, version: grpc, healthcheck: {path: /, success_codes: 0-99}}",
    )
    bad = (
        Bad(
            """
            http:
              path: /
              healthcheck:
                success_codes: 200;301
            #                  ^^^^^^^ SL095
            """,
            fixed='success_codes: "200,301"',
        ),
        Bad(
            """
            http:
              path: /
              healthcheck: {success_codes: 2xx}
            #                              ^^^ SL095
            """,
            fixed="success_codes: 200-299",
        ),
        Bad(
            """
            http:
              path: /
              healthcheck: {success_codes: 200-599}
            #                              ^^^^^^^ SL095
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        found = [each for section, _ in manifest.http_rules() for each in self._codes(section)]
        yield from () if found and is_resource_overridden(manifest, _TARGET_GROUP, "Matcher") else found

    def _codes(self, section: Mapping) -> Iterator[Finding]:
        codes = as_mapping(section.get("healthcheck")).get("success_codes")
        if not isinstance(codes, Scalar) or not codes.known or _is_grpc(section.get("version")):
            return
        text = codes.text.strip()
        if text and not re.fullmatch(_CODES, text):
            meant = _meant(text)
            help_ = "" if meant else "write one code, several with commas between, or a range such as 200-299"
            message = f"{codes.text!r} is not a list of HTTP status codes"
            yield self.finding(codes, message, help=help_, replace=meant)
        elif not all(_LEAST <= int(code) <= _MOST for code in re.findall(r"\d{3}", text)):
            yield self.finding(codes, f"the status codes of a health check are {_LEAST} to {_MOST}")


def _is_grpc(version: object) -> bool:
    return isinstance(version, Scalar) and (not version.known or version.text.lower() == "grpc")


def _meant(text: str) -> str | None:
    """The codes with commas between, or the range that `2xx` stands for."""
    if re.fullmatch(r"[234][xX]{2}", text):
        return f"{text[0]}00-{text[0]}99"
    joined = ",".join(re.findall(r"[^\s;|/,]+", text))
    return joined if re.fullmatch(_CODES, joined) else None

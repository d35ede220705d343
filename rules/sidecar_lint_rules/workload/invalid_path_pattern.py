from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Rule, Scalar, Severity, Stage, is_resource_overridden

_WRONG: Final = r"""[^A-Za-z0-9_\-.$/~"'@:+&*?]"""
#: A pattern has 128 characters; Copilot makes two of a path, both with `/` before it and one with `/*` behind it.
_MOST: Final = 128 - len("/") - len("/*")
_RULE: Final = "AWS::ElasticLoadBalancingV2::ListenerRule"


class InvalidPathPattern(Rule):
    """The path of a rule has a character that a load balancer does not take, or is too long.

    A path is a pattern: `*` stands for any text and `?` for any character. It is no regular expression, and there are no
    parameters in braces: `/users/{id}` is `/users/*`. Copilot adds a second pattern with `/*` behind the path, and
    each may have 128 characters.
    """

    code, name = "SL098", "invalid-path-pattern"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: the load balancer refuses the rule"
    sources = (
        "Elastic Load Balancing API reference: RuleCondition",
        "internal/pkg/template/templates/workloads/partials/cf: http-listener.yml, https-listener.yml",
    )
    good = (
        "http: {path: '/~a/*/v1.2:x+y@b&c', additional_rules: [{path: api}]}",
        "http: {path: '${PREFIX}'}",
    )
    bad = (
        Bad(
            """
            http:
              path: /users/{id}
            #       ^^^^^^^^^^^ SL098
              additional_rules:
                - path: ^/api/(v1|v2)
            #           ^^^^^^^^^^^^^ SL098
            """,
            fixed='path: "/users/*"',
        ),
    )

    also_good = (
        f"http: {{path: /{'a' * _MOST}}}",
        """
        http: {path: '/a b'}
        # file: copilot/api/overrides/cfn.patches.yml
        - {op: replace, path: /Resources/HTTPListenerRule/Properties/Conditions, value: []}
        """,
    )
    also_bad = (
        Bad(
            f"""
            http: {{path: {"a" * (_MOST + 1)}}}
            #            {"^" * (_MOST + 1)} SL098
            """
        ),
        Bad(
            """
            http: {path: '/a b/{id}'}
            #            ^^^^^^^^^^^ SL098
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        found = [wrong for rule, _ in manifest.http_rules() for wrong in self._wrong(rule.get("path"))]
        if found and not is_resource_overridden(manifest, _RULE, "Conditions"):
            yield from found

    def _wrong(self, path: object) -> Iterator[Finding]:
        if not isinstance(path, Scalar) or not path.known:
            return
        if wrong := re.search(_WRONG, path.text):
            message = f"{wrong[0]!r} cannot stand in a path"
            meant = _meant(path.text)
            help_ = "a path has letters, digits, `_-.$/~\"'@:+&`, `*` for any text and `?` for any character"
            yield self.finding(path, message, help="" if meant else help_, replace=meant)
        elif len(path.text.lstrip("/")) > _MOST:
            message = f"the path has {len(path.text)} characters, which are too many"
            yield self.finding(path, message, help=f"{_MOST} are possible: write `*` for a part of it")


def _meant(path: str) -> str | None:
    """The path with `*` for parameters in braces."""
    meant = re.sub(r"\{[^{}/]*\}", "*", path)
    return None if re.search(_WRONG, meant) else meant

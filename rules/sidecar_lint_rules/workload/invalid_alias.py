from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sidecar_lint import Bad, Finding, Manifest, Rule, Scalar, Severity, Stage, alias_names

_NAME: Final = r"[A-Za-z0-9*?_-]+(?:\.[A-Za-z0-9*?_-]+)+\.?"
_URL: Final = rf"(?:https?://)?({_NAME})(?::\d+)?/*"
_SEPARATED: Final = r"[\s,;]+"


class InvalidAlias(Rule):
    """An `alias` is not a domain name.

    It is a name alone, without `https://`, a port or a path. Several names are a list: one text is one
    name, whatever stands between. Copilot hands it on to the load balancer, which takes letters, digits,
    `-`, `.`, `*` and `?` and wants a `.` in it.
    """

    code, name = "SL096", "invalid-alias"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the deployment fails: nothing can be routed by such a name"
    sources = ("Elastic Load Balancing user guide: host conditions",)
    good = (
        "http: {path: /, alias: shop.example.com}",
        "http: {path: /, alias: ['*.example.com', {name: Shop.example.com, hosted_zone: Z0123456789}]}",
        "http: {path: /, alias: '${COPILOT_ENVIRONMENT_NAME}.example.com'}",
        "http: {path: /, alias: ['<domain>', root_domain_name, '[Your Domain]']}",
    )
    bad = (
        Bad(
            """
            http:
              path: /
              alias: https://shop.example.com/
            #        ^^^^^^^^^^^^^^^^^^^^^^^^^ SL096
            """,
            fixed="alias: shop.example.com",
        ),
        Bad(
            """
            http:
              path: /
              alias: [shop.example.com, "www.example.com:443"]
            #                           ^^^^^^^^^^^^^^^^^^^^^ SL096
            """,
            fixed='"www.example.com"]',
        ),
        Bad(
            """
            http:
              path: /
              alias: shop.example.com, www.example.com
            #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL096
            """
        ),
        Bad(
            """
            http:
              path: /
              alias: ["shop.example.com, www.example.com"]
            #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL096
            """
        ),
        Bad(
            """
            http:
              path: /
              alias: shop
            #        ^^^^ SL096
            """
        ),
    )
    also_bad = (
        Bad(
            """
            http: {path: /, alias: ' shop.example.com'}
            #                      ^^^^^^^^^^^^^^^^^^^ SL096
            """
        ),
        Bad(
            """
            http: {path: /, alias: my shop.example.com}
            #                      ^^^^^^^^^^^^^^^^^^^ SL096
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for section, _ in (*manifest.http_rules(), *manifest.nlb_listeners()):
            for alias in alias_names(section):
                if alias.known and not re.fullmatch(_NAME, alias.text) and not _is_placeholder(alias.text):
                    yield self._invalid(alias, is_listed=alias is not section.get("alias"))

    def _invalid(self, alias: Scalar, *, is_listed: bool) -> Finding:
        names = re.split(_SEPARATED, alias.text.strip())
        if len(names) > 1 and all(re.fullmatch(_NAME, name) for name in names):
            message = f"{alias.text!r} is one name for the load balancer"
            a_list = f"write a list: [{', '.join(names)}]"
            help_ = "write an item of the list for each name" if is_listed else a_list
            return self.finding(alias, message, help=help_)
        meant = re.fullmatch(_URL, alias.text)
        help_ = "" if meant else "write the whole name, such as shop.example.com"
        message = f"{alias.text!r} is not a domain name"
        return self.finding(alias, message, help=help_, replace=meant[1] if meant else None)


def _is_placeholder(text: str) -> bool:
    """Whether something is to be filled in: `${NAME}`, `<domain>`, `root_domain_name`."""
    return not text or re.search(r"[$<>{}\[\]%]", text) is not None or ("_" in text and "." not in text)

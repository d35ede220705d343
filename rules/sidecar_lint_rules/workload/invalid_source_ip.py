from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, address_bits, is_range, source_ips


class InvalidSourceIp(Rule):
    """An entry of `allowed_source_ips` is not a range of addresses.

    Each entry is an address, a slash and the length of the prefix. A single address is a range of
    its own: `203.0.113.7/32`.
    """

    code, name = "SL059", "invalid-source-ip"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: invalid CIDR address"
    sources = ("internal/pkg/manifest/validate.go: IPNet.validate", "Go: net.ParseCIDR")
    good = ("http: {path: /, allowed_source_ips: [10.0.0.0/8, '2001:db8::/32', 10.1.2.3/16, '${OFFICE}']}",)
    bad = (
        Bad(
            """
            http:
              path: /
              allowed_source_ips:
                - 203.0.113.7
            #     ^^^^^^^^^^^ SL059
                - 10.0.0.0/33
            #     ^^^^^^^^^^^ SL059
            """,
            fixed="- 203.0.113.7/32",
        ),
    )
    also_good = ("http: {path: /, allowed_source_ips: [203.0.113.7/32, 0.0.0.0/0]}",)
    also_bad = (
        Bad(
            """
            http: {path: /, allowed_source_ips: [example.com/0, 10.0.0.0/8388608]}
            #                                    ^^^^^^^^^^^^^ SL059
            #                                                   ^^^^^^^^^^^^^^^^ SL059
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for rule, _ in manifest.http_rules():
            for ip in source_ips(rule):
                if ip.known and not is_range(ip.text):
                    bits = address_bits(ip.text)
                    message = f"{ip.text!r} is not a range of addresses"
                    choice = (
                        ""
                        if bits
                        else "write an address, a slash and the length of the prefix, such as 203.0.113.0/24"
                    )
                    replace = f"{ip.text}/{bits}" if bits else None
                    yield self.finding(ip, message, replace=replace, help=choice)

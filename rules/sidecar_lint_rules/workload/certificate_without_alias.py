from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import STATIC_SITE, Bad, Finding, Manifest, Rule, Severity, Stage


class CertificateWithoutAlias(Rule):
    """A Static Site has a certificate, but no `alias` that it is for.

    Without `http.alias` the site has CloudFront's own domain name, and CloudFront's certificate.
    """

    code, name = "SL082", "certificate-without-alias"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = 'Copilot refuses the manifest: "alias" must be specified with "certificate"'
    sources = ("internal/pkg/manifest/validate.go: StaticSiteHTTP.validate",)
    good = ("type: Static Site\nhttp: {certificate: ''}", "type: Static Site\nhttp: {alias: example.com}")
    bad = (
        Bad(
            """
            type: Static Site
            http:
              certificate: arn:aws:acm:us-east-1:123456789012:certificate/0123
            # ^^^^^^^^^^^ SL082
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        alias, certificate = (manifest.scalar("http", name) for name in ("alias", "certificate"))
        if manifest.kind != STATIC_SITE or certificate is None or not certificate.known:
            return
        if certificate.text and (alias is None or not alias.text):
            help_ = "write alias: and the domain name that the certificate is for"
            yield self.finding(
                certificate.key or certificate, "there is a certificate and no alias", help=help_
            )

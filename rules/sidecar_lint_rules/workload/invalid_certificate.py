from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import STATIC_SITE, Bad, Finding, Manifest, Rule, Severity, Stage

#: CloudFront takes certificates of this region only.
_REGION: Final = "us-east-1"
_SECTIONS: Final = 6


class InvalidCertificate(Rule):
    """`http.certificate` of a Static Site is not a certificate that CloudFront can use.

    It is the ARN of a certificate in us-east-1, wherever the environment is. CloudFront takes
    certificates of no other region.
    """

    code, name = "SL081", "invalid-certificate"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: it must be the ARN of a certificate in us-east-1"
    in_schema = True
    sources = ("internal/pkg/manifest/validate.go: StaticSiteHTTP.validate", "aws-sdk-go: arn.Parse")
    good = (
        """
        type: Static Site
        http:
          alias: example.com
          certificate: arn:aws:acm:us-east-1:123456789012:certificate/0123
        """,
    )
    bad = (
        Bad(
            """
            type: Static Site
            http:
              alias: example.com
              certificate: arn:aws:acm:eu-west-1:123456789012:certificate/0123
            #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL081
            """
        ),
        Bad(
            """
            type: Static Site
            http: {alias: example.com, certificate: '0123'}
            #                                       ^^^^^^ SL081
            """
        ),
    )
    also_good = (
        """
        type: Static Site
        http: {alias: example.com}
        """,
        "http: {path: /, certificate: example}",
    )
    also_bad = (
        Bad(
            """
            type: Static Site
            http: {alias: example.com, certificate: 'arn:aws:acm'}
            #                                       ^^^^^^^^^^^^^ SL081
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        certificate = manifest.scalar("http", "certificate")
        if manifest.kind != STATIC_SITE or certificate is None or not certificate.known:
            return
        if not certificate.text:
            return
        sections = certificate.text.split(":", _SECTIONS - 1)
        if sections[0] != "arn" or len(sections) < _SECTIONS:
            message = f"{certificate.text!r} is not the ARN of a certificate"
            help_ = f"write the ARN of a certificate in {_REGION}"
            yield self.finding(certificate, message, help=help_)
        elif (region := sections[3]) != _REGION:
            message = f"the certificate is in {region or 'no region'}, not in {_REGION}"
            yield self.finding(certificate, message, help=f"request one in {_REGION} and write its ARN")

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, EnvironmentManifest, Finding, Rule, Scalar, Severity, Stage, items_of


class InvalidEnvironmentCertificate(Rule):
    """A certificate of an environment is not an ARN, or not one that its place can use.

    `certificates` of a load balancer, and `cdn.certificate`, are ARNs of certificates in ACM. That of the
    CDN must be in us-east-1, where CloudFront looks for it, whatever the region of the environment is.
    """

    code, name = "SL870", "invalid-environment-certificate"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest"
    in_schema = True
    sources = (
        "internal/pkg/manifest/validate_env.go: PublicHTTPConfig, privateHTTPConfig, AdvancedCDNConfig",
        "aws-sdk-go: aws/arn, Parse",
    )
    good = (
        """
        # file: copilot/environments/test/manifest.yml
        http:
          public:
            certificates: [arn:aws:acm:eu-west-1:123456789012:certificate/0123, null, '${CERTIFICATE}']
        cdn:
          certificate: arn:aws:acm:us-east-1:123456789012:certificate/4567
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            http:
              public:
                certificates:
                  - example.com
            #       ^^^^^^^^^^^ SL870
                  - arn:aws:s3:::example
            #       ^^^^^^^^^^^^^^^^^^^^ SL870
                  - arn:aws:acm:eu-west-1:123456789012:certificates/0123
            #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL870
            cdn:
              certificate: arn:aws:acm:eu-west-1:123456789012:certificate/4567
            #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL870
            """
        ),
    )
    also_good = (
        """
        # file: copilot/environments/test/manifest.yml
        network: {vpc: {flow_logs: true}}
        """,
    )
    also_bad = (
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            http: {public: {certificates: ['arn:aws:acm']}}
            #                              ^^^^^^^^^^^^^ SL870
            cdn: {certificate: 'arn:aws:s3:us-east-1:123456789012:example'}
            #                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL870
            """
        ),
    )

    def check_environment(self, environment: EnvironmentManifest) -> Iterator[Finding]:
        for certificates in (environment.public_certificates, environment.private_certificates):
            for node in items_of(certificates):
                if isinstance(node, Scalar) and node.known:
                    yield from self._listener(node)
        certificate = environment.scalar("cdn", "certificate")
        if certificate is not None and certificate.known:
            yield from self._cdn(certificate)

    def _listener(self, node: Scalar) -> Iterator[Finding]:
        parts = node.text.split(":", _PARTS - 1)
        if not _is_arn(parts):
            yield self._no_arn(node)
        elif parts[2] not in ("acm", "iam"):
            yield self._other_service(
                node, parts[2], "CloudFormation refuses the listener of the load balancer"
            )
        elif parts[2] == "acm":
            yield from self._resource(node, parts[-1])

    def _cdn(self, node: Scalar) -> Iterator[Finding]:
        parts = node.text.split(":", _PARTS - 1)
        if not _is_arn(parts):
            yield self._no_arn(node)
        elif (region := parts[3]) != _REGION:
            message = f"the certificate of the CDN is in {region or 'no region'}, not in {_REGION}"
            yield self.finding(node, message, help=f"request one in {_REGION} and write its ARN")
        elif parts[2] != "acm":
            yield self._other_service(
                node, parts[2], "CloudFormation cannot make the distribution of CloudFront"
            )
        else:
            yield from self._resource(node, parts[-1])

    def _resource(self, node: Scalar, resource: str) -> Iterator[Finding]:
        if not resource.startswith("certificate/"):
            message = f"{resource!r} in the ARN is not a certificate"
            effect = "CloudFormation refuses what the certificate is for"
            yield self.finding(node, message, help=_HELP, effect=effect, stage=Stage.DEPLOY)

    def _other_service(self, node: Scalar, service: str, effect: str) -> Finding:
        message = f"the ARN is one of {service or 'no service'}, not of a certificate"
        return self.finding(node, message, help=_HELP, effect=effect, stage=Stage.DEPLOY)

    def _no_arn(self, node: Scalar) -> Finding:
        message = f"{node.text!r} is not the ARN of a certificate"
        return self.finding(node, message, help=_HELP, follows_from=[("SL005", node)])


_PARTS = 6
_REGION = "us-east-1"
_HELP = "write the ARN of a certificate in ACM: `arn:aws:acm:REGION:ACCOUNT:certificate/ID`"


def _is_arn(parts: list[str]) -> bool:
    return parts[0] == "arn" and len(parts) == _PARTS

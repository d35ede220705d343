from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import Bad, EnvironmentManifest, Finding, Rule, Scalar, Severity, Stage


class InvalidAccessLogs(Rule):
    """The bucket for access logs cannot be called so, or their prefix has a slash at an end.

    `bucket_name` is the name of an existing bucket alone: no ARN, no address. `prefix` has slashes in
    the middle only. Copilot looks at neither.
    """

    code, name = "SL869", "invalid-access-logs"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "CloudFormation cannot turn on the access logs of the load balancer"
    sources = (
        "Amazon S3: bucket naming rules",
        "Elastic Load Balancing: access_logs.s3.bucket, access_logs.s3.prefix",
    )
    good = (
        """
        # file: copilot/environments/test/manifest.yml
        http: {public: {access_logs: {bucket_name: shop-logs.example, prefix: lb/test}}}
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            http:
              public:
                access_logs:
                  bucket_name: s3://shop-logs
            #                  ^^^^^^^^^^^^^^ SL869
                  prefix: /lb/
            #             ^^^^ SL869
            """,
            fixed="bucket_name: shop-logs",
        ),
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            http:
              public:
                access_logs:
                  bucket_name: shop_logs
            #                  ^^^^^^^^^ SL869
            """
        ),
    )
    also_good = (
        """
        # file: copilot/environments/test/manifest.yml
        network: {vpc: {flow_logs: true}}
        """,
    )

    def check_environment(self, environment: EnvironmentManifest) -> Iterator[Finding]:
        logs = ("http", "public", "access_logs")
        bucket, prefix = environment.scalar(*logs, "bucket_name"), environment.scalar(*logs, "prefix")
        if bucket is not None and bucket.known and bucket.text:
            yield from self._bucket(bucket)
        if prefix is not None and prefix.known and prefix.text != prefix.text.strip("/"):
            message = "the prefix begins or ends with a slash"
            yield self.finding(prefix, message, replace=prefix.text.strip("/"), severity=Severity.WARNING)

    def _bucket(self, bucket: Scalar) -> Iterator[Finding]:
        if re.fullmatch(_BUCKET, bucket.text):
            return
        plain = re.sub(r"^(s3://|arn:[a-z-]*:s3:::)", "", bucket.text).rstrip("/")
        fixed = plain if re.fullmatch(_BUCKET, plain) else None
        help_ = "" if fixed else "write 3 to 63 small letters, digits, dots and hyphens"
        if re.fullmatch(_FORMER, bucket.text):
            message = f"no bucket made since March 2018 is called {bucket.text!r}, nor any outside us-east-1"
            yield self.finding(bucket, message, help=help_, severity=Severity.WARNING)
        else:
            yield self.finding(bucket, f"no bucket can be called {bucket.text!r}", replace=fixed, help=help_)


_BUCKET = r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"
#: What a bucket in us-east-1 could be called until then.
_FORMER = r"[A-Za-z0-9._-]{3,255}"

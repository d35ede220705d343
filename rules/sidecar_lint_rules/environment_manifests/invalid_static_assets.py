from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import Bad, EnvironmentManifest, Finding, Rule, Scalar, Severity, Stage


class InvalidStaticAssets(Rule):
    """The domain name or the bucket of the static assets is not a domain name.

    CloudFront fetches the assets from the bucket at `location`, which is its domain name
    (`assets.s3.eu-west-1.amazonaws.com`), and serves them under the domain name in `alias`. Neither has a
    scheme or a path.
    """

    code, name = "SL723", "invalid-static-assets"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "CloudFormation cannot make the distribution of CloudFront"
    sources = (
        "https://aws.github.io/copilot-cli/docs/manifest/environment/#cdn-static-assets",
        "AWS CloudFront: Origin, DomainName; DistributionConfig, Aliases",
    )
    good = (
        """
        # file: copilot/environments/test/manifest.yml
        cdn:
          static_assets: {alias: static.example.com, location: assets.s3.amazonaws.com, path: static/*}
        """,
    )
    bad = (
        Bad(
            """
            # file: copilot/environments/test/manifest.yml
            cdn:
              static_assets:
                alias: https://static.example.com/
            #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL723
                location: assets
            #             ^^^^^^ SL723
                path: static/*
            """,
            fixed="alias: static.example.com",
        ),
    )

    def check_environment(self, environment: EnvironmentManifest) -> Iterator[Finding]:
        for name, help_ in _NAMES.items():
            node = environment.scalar("cdn", "static_assets", name)
            if isinstance(node, Scalar) and node.known and node.text and not _is_domain(node.text):
                bare = re.sub(r"^[a-z0-9]+://", "", node.text).partition("/")[0]
                replace = bare if _is_domain(bare) else None
                message = f"{node.text!r} is not a domain name"
                yield self.finding(node, message, replace=replace, help="" if replace else help_)


_NAMES = {
    "alias": "write the domain name of the assets",
    "location": "write the domain name of the bucket: `BUCKET.s3.REGION.amazonaws.com`",
}


def _is_domain(text: str) -> bool:
    """Whether a text is labels with dots between them; one of a bucket may have underscores."""
    return re.fullmatch(r"(?:\*\.)?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+\.?", text) is not None

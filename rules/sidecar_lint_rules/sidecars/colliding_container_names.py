from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import Bad, Container, Finding, Manifest, Related, Rule, Severity, Stage


class CollidingContainerNames(Rule):
    """Two sidecars share one env file, since their names differ in punctuation only.

    Copilot passes each sidecar's `env_file` in a CloudFormation parameter that is named after the
    sidecar without hyphens and underscores. For `web-proxy` and `webproxy` that is one parameter,
    of which CloudFormation uses the last.
    """

    code, name = "SL137", "colliding-container-names"
    severity, stage = Severity.ERROR, Stage.SILENT
    effect = "both sidecars get the same env file"
    sources = (
        "workloads/services/*/cf.yml: EnvFileARNFor…",
        "aws-cloudformation/cfn-language-discussion#96: of two equal keys the last counts",
    )
    good = (
        "sidecars: {web-proxy: {image: nginx}, webproxy: {image: nginx}}",
        "sidecars: {web-proxy: {image: nginx, env_file: a.env}, web-proxy2: {image: nginx, env_file: b.env}}",
    )
    bad = (
        Bad(
            """
            sidecars:
              web-proxy: {image: nginx, env_file: web.env}
              webproxy: {image: nginx}
            # ^^^^^^^^ SL137
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        first: dict[str, Container] = {}
        for sidecar in manifest.sidecars:
            other = first.setdefault(re.sub(r"[^a-zA-Z0-9]+", "", sidecar.name), sidecar)
            if other is sidecar or sidecar.key is None or other.key is None:
                continue
            if sidecar.section.get("env_file") or other.section.get("env_file"):
                message = f"the env file of {sidecar.name!r} is also that of {other.name!r}"
                related = (Related(other.key.place, "the other sidecar"),)
                help_ = "choose names that differ in letters or digits"
                yield self.finding(sidecar.key, message, help=help_, related=related)

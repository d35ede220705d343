from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import Bad, Container, Finding, Manifest, Outcome, Rule, Severity, Stage, unquoted
from sidecar_lint_rules.generated._texts import judged

_NAME = r"[A-Za-z0-9_-]{1,255}"


class InvalidContainerName(Rule):
    """A sidecar's name is none that ECS takes for a container.

    Up to 255 letters, digits, hyphens and underscores are allowed. Copilot writes the name into its
    template unquoted, so a name that YAML reads as null is none at all.
    """

    code, name = "SL136", "invalid-container-name"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    in_schema = True
    effect = "the deployment fails: ECS allows letters, digits, hyphens and underscores in a container's name"
    sources = ("AWS ECS API: ContainerDefinition", "workloads/partials/cf/sidecars.yml")
    good = ("sidecars: {-a_B-1: {image: nginx}, 'true': {image: nginx}}",)
    bad = (
        Bad(
            """
            sidecars:
              my.nginx: {image: nginx}
            # ^^^^^^^^ SL136
              'null': {image: nginx}
            # ^^^^^^ SL136
              '': {image: nginx}
            # ^^ SL136
            """,
            fixed="my-nginx: {image: nginx}",
        ),
    )

    def check_sidecar(self, sidecar: Container, manifest: Manifest) -> Iterator[Finding]:
        name = sidecar.name
        if sidecar.key is None:
            return
        if re.fullmatch(_NAME, name):
            if unquoted(name)[0] is Outcome.NULL:
                message = f"the name {name!r} is null in the template"
                yield self.finding(sidecar.key, message, help="give the sidecar another name")
            return
        better = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")[:255]
        message = f"{name!r} is not a name for a container"
        help_ = "" if better else "use letters, digits, hyphens and underscores"
        found = self.finding(sidecar.key, message, help=help_, replace=better or None)
        yield judged(manifest, found, name)

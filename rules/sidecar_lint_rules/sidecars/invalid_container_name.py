from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import Bad, Container, Finding, Manifest, Outcome, Rule, Scalar, Severity, Stage, unquoted
from sidecar_lint_rules.generated._texts import RESPELT, judged

_NAME = r"[A-Za-z0-9_-]{1,255}"


class InvalidContainerName(Rule):
    """A sidecar's name is none that ECS takes for a container.

    Up to 255 letters, digits, hyphens and underscores are allowed. Copilot writes the name into its
    template unquoted, so a name that YAML reads as null is none at all, and one that it reads as a number
    or a bool may come back spelt differently.
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
        Bad(
            """
            sidecars:
              on: {image: nginx}
            # ^^ SL136
            """
        ),
    )

    def check_sidecar(self, sidecar: Container, manifest: Manifest) -> Iterator[Finding]:
        name = sidecar.name
        if sidecar.key is None:
            return
        if re.fullmatch(_NAME, name):
            if said := self._read_again(sidecar.key, name):
                yield said
            return
        better = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")[:255]
        message = f"{name!r} is not a name for a container"
        help_ = "" if better else "use letters, digits, hyphens and underscores"
        found = self.finding(sidecar.key, message, help=help_, replace=better or None)
        yield judged(manifest, found, name)

    def _read_again(self, key: Scalar, name: str) -> Finding | None:
        outcome, _ = unquoted(name)
        message, help_ = (
            f"the name {name!r} is {outcome.value} in the template",
            "give the sidecar another name",
        )
        if outcome is Outcome.NULL:
            return self.finding(key, f"the name {name!r} is null in the template", help=help_)
        if outcome is Outcome.RESPELT:
            return self.finding(
                key, message, help=help_, effect=RESPELT, severity=Severity.INFO, stage=Stage.TASK
            )
        return None

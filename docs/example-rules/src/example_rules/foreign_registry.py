"""Images come from registries that we trust."""

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Option, Rule, Severity, Stage


class ForeignRegistry(Rule):
    """A sidecar's image comes from a registry that we do not trust.

    Images are taken from our mirror, where they are scanned. Docker Hub also limits how often an
    image may be pulled, and then tasks do not start.
    """

    code, name = "EX101", "foreign-registry"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "nobody has scanned the image, and its registry may refuse it when a task starts"
    sources = ("our handbook, chapter 7",)
    trusted = Option(("public.ecr.aws",), "the registries that we trust")
    good = (
        "sidecars: {nginx: {image: 'public.ecr.aws/nginx/nginx:1.27'}}",
        """
        # file: .sidecar-lint.yml
        rules: {EX101: {trusted: [mirror.example.com]}}
        # file: copilot/api/manifest.yml
        sidecars: {nginx: {image: 'mirror.example.com/nginx:1.27'}}
        """,
    )
    bad = (
        Bad(
            """
            sidecars:
              nginx:
                image: nginx:1.27
            #          ^^^^^^^^^^ EX101
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for sidecar in manifest.sidecars:
            image = sidecar.image
            if image and image.known and image.text.partition("/")[0] not in self.trusted:
                registries = ", ".join(self.trusted)
                yield self.finding(
                    image, f"{image.text!r} is from no registry of ours", help=f"take it from {registries}"
                )

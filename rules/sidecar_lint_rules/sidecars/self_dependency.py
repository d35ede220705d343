from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage


class SelfDependency(Rule):
    """A container depends on itself.

    It would wait for itself to start.
    """

    code, name = "SL121", "self-dependency"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: a container cannot depend on itself"
    sources = ("internal/pkg/manifest/validate.go: validateNoCircularDependencies",)
    good = ("image: {depends_on: {nginx: start}}\nsidecars: {nginx: {image: nginx}}",)
    bad = (
        Bad(
            """
            image: {depends_on: {api: start}}
            #                    ^^^ SL121
            sidecars:
              nginx:
                image: nginx
                depends_on: {nginx: healthy}
            #                ^^^^^ SL121
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for dependency in manifest.dependencies:
            if dependency.name == dependency.container.name:
                message = f"container {dependency.name!r} depends on itself"
                yield self.finding(dependency.key, message, help="remove the line")

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Edit,
    Finding,
    Fix,
    Manifest,
    Related,
    Rule,
    Severity,
    Stage,
    misspelt_overrides,
    quoted,
)


class MisspeltOverride(Rule):
    """An environment overrides a sidecar or volume that does not exist, under a similar name.

    What an environment writes under a name that the base does not have is a sidecar or volume of
    its own. It takes an image or a path to be one; without it, the one of the similar name is meant.
    """

    code, name = "SL702", "misspelt-override"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = (
        "Copilot takes it for a new one, which is incomplete, and refuses the manifest in this environment"
    )
    sources = ("internal/pkg/manifest/transform.go, mergo: maps are merged by key", "aws/copilot-cli#3674")
    good = (
        """
        sidecars:
          datadog: {image: datadog/agent}
        environments:
          prod: {sidecars: {datadog: {variables: {DD_ENV: prod}}}}
          test: {sidecars: {datadog2: {image: datadog/agent}}}
        """,
    )
    bad = (
        Bad(
            """
            sidecars:
              datadog: {image: datadog/agent}
            environments:
              prod:
                sidecars:
                  dotadog: {variables: {DD_ENV: prod}}
            #     ^^^^^^^ SL702
            """,
            fixed="datadog: {variables: {DD_ENV: prod}}",
        ),
        Bad(
            """
            storage: {volumes: {uploads: {path: /data}}}
            environments:
              prod:
                storage:
                  volumes:
                    uplaods: {read_only: false}
            #       ^^^^^^^ SL702
            """,
            fixed="uploads: {read_only: false}",
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if manifest.is_ecs:
            yield from self._misspelt(manifest, "sidecar", "sidecars", needed="image")
            yield from self._misspelt(manifest, "volume", "storage", "volumes", needed="path")

    def _misspelt(self, manifest: Manifest, kind: str, *path: str, needed: str) -> Iterator[Finding]:
        for key, meant in misspelt_overrides(manifest, *path, needed=needed):
            message = f"there is no {kind} {key.text!r} to override"
            help_ = f"write `{meant.text}`"
            fix = Fix(help_, (Edit(key.span, quoted(meant.text, key.style)),))
            related = (Related(meant.span, "the one in the base"),)
            yield self.finding(key, message, help=help_, fixes=(fix,), related=related)

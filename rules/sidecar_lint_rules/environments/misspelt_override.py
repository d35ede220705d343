from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Edit,
    Finding,
    Fix,
    Manifest,
    Mapping,
    Related,
    Rule,
    Severity,
    Stage,
    closest,
    quoted,
)


class MisspeltOverride(Rule):
    """An environment overrides a sidecar or volume that does not exist, under a similar name.

    What an environment writes under a name that the base does not have is a sidecar or volume of
    its own. It takes an image or a path to be one; without it, the one of the similar name is meant.
    """

    code, name = "SL702", "misspelt-override"
    severity, stage = Severity.WARNING, Stage.COPILOT
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
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        if manifest.is_base or not manifest.is_ecs:
            return
        yield from self._unknown(manifest, ("sidecars",), "image")
        yield from self._unknown(manifest, ("storage", "volumes"), "path")

    def _unknown(self, manifest: Manifest, path: tuple[str, ...], needed: str) -> Iterator[Finding]:
        base, override = manifest.base.mapping(*path), _at(manifest.override, path)
        free = [name for name in base.entries if name not in override.entries]
        for key, value in override:
            known = key.text in base.entries or not isinstance(value, Mapping)
            if known or (isinstance(value, Mapping) and value.get(needed) is not None):
                continue
            meant = closest(key.text, free)
            meant_key = base.entries[meant].key if meant else None
            if meant and meant_key:
                message = f"there is no {path[-1].removesuffix('s')} {key.text!r} to override"
                fix = Fix(f"write `{meant}`", (Edit(key.span, quoted(meant, key.style)),))
                related = (Related(meant_key.span, "the one in the base"),)
                yield self.finding(key, message, help=f"write `{meant}`", fixes=(fix,), related=related)


def _at(override: Mapping, path: tuple[str, ...]) -> Mapping:
    node = override
    for name in path:
        below = node.get(name)
        node = below if isinstance(below, Mapping) else Mapping(override.span)
    return node

from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Finding, Manifest, Rule, Severity, Stage, closest, missing_stage


class UnknownBuildStage(Rule):
    """`build.target` names a stage that the Dockerfile does not have.

    A stage is what `FROM … AS name` begins; its number counts as well, from 0 on.
    """

    code, name = "SL084", "unknown-build-stage"
    severity, stage = Severity.ERROR, Stage.DEPLOY
    effect = "the image cannot be built, and the deployment ends there: the target stage is not found"
    sources = ("Docker documentation: multi-stage builds",)
    good = (
        """
        image: {build: {dockerfile: Dockerfile, target: Release}}
        sidecars:
          first: {image: {build: {dockerfile: Dockerfile, target: 0}}}
          other: {image: {build: {dockerfile: Other, target: '${STAGE}'}}}
        # file: Dockerfile
        FROM golang:1.22 AS build
        FROM --platform=linux/amd64 alpine as release
        # file: Other
        FROM alpine
        """,
    )
    bad = (
        Bad(
            """
            image:
              build:
                dockerfile: Dockerfile
                target: relase
            #           ^^^^^^ SL084
            sidecars:
              second:
                image: {build: {dockerfile: Dockerfile, target: 2}}
            #                                                   ^ SL084
            # file: Dockerfile
            FROM golang:1.22 AS build
            FROM alpine AS release
            """,
            fixed="target: release",
        ),
    )

    also_bad = (
        Bad(
            """
            image: {build: {dockerfile: Dockerfile, target: release}}
            #                                               ^^^^^^^ SL084
            sidecars:
              second: {image: {build: {dockerfile: Dockerfile, target: 1}}}
            #                                                          ^ SL084
            # file: Dockerfile
            FROM alpine
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for container in (manifest.main, *manifest.sidecars):
            missing = missing_stage(manifest, container)
            if missing:
                target, names = missing
                help_ = f"its stages are {', '.join(names)}" if names else _name_one(target.text)
                message = f"the Dockerfile has no stage {target.text!r}"
                yield self.finding(target, message, help=help_, replace=closest(target.text, names))


def _name_one(target: str) -> str:
    name = "" if target.isdigit() else f"write `AS {target}` behind the FROM of one, or "
    return f"none of its stages has a name: {name}leave `target` out"

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    LOAD_BALANCED,
    REQUEST_DRIVEN,
    Bad,
    Finding,
    Manifest,
    Mapping,
    Rule,
    Severity,
    Stage,
    lost,
)

_WITH_PORT: Final = (LOAD_BALANCED, REQUEST_DRIVEN)


class MissingPort(Rule):
    """The image of a web service does not say on which port it listens.

    A Load Balanced Web Service and a Request-Driven Web Service need `image.port`, even where all
    traffic goes to a sidecar.
    """

    code, name = "SL052", "missing-port"
    severity, stage = Severity.ERROR, Stage.COPILOT
    effect = "Copilot refuses the manifest: image.port must be there"
    sources = ("internal/pkg/manifest/validate.go: ImageWithPort.validate",)
    good = (
        "image: {build: ./Dockerfile, port: 80}",
        "image: {build: ./Dockerfile}\ntype: Backend Service",
    )
    bad = (
        Bad(
            """
            image:
            ^^^^^ SL052
              build: ./Dockerfile
            """
        ),
        Bad(
            """
            image:
              location: nginx
              port:
            # ^^^^ SL052
            type: Request-Driven Web Service
            """
        ),
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        image = manifest.get("image")
        if manifest.kind not in _WITH_PORT or not isinstance(image, Mapping):
            return
        if image.get("port") is None:
            follows_from = lost(manifest, "image", "port")
            place = image.entries.get("port") or image.key or image
            help_ = "write image.port: and the port that the container listens on"
            yield self.finding(place, "the image has no port", help=help_, follows_from=follows_from)

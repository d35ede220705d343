"""What the rules about the service's own image share."""

from __future__ import annotations

from sidecar_lint import Mapping, Scalar


def is_built(image: Mapping) -> bool:
    """Whether `image.build` says anything: an empty text is as good as none."""
    build = image.get("build")
    return build is not None and not (isinstance(build, Scalar) and not build.text)

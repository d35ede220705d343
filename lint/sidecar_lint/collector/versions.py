"""Releases of the AWS distribution, as the tags of its images name them."""

from __future__ import annotations

import re

from sidecar_lint.syntax.scalars import natural

Version = tuple[int, int, int]


def parse(text: str) -> Version | None:
    """The release that a tag such as `v0.41.2` or `0.41.2-amd64` names; None for any other."""
    match = re.match(r"v?([0-9]+)\.([0-9]+)\.([0-9]+)(?![0-9.])", text)
    return (natural(match[1]), natural(match[2]), natural(match[3])) if match else None


def spelt(version: Version) -> str:
    """A release as its tag spells it."""
    return "v" + ".".join(map(str, version))

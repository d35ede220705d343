"""What a Dockerfile puts into its image, and where: enough to see what a volume would hide.

Source: Dockerfile reference, docs.docker.com. A path with a variable in it is left out.
"""

from __future__ import annotations

import json
import posixpath
from typing import NamedTuple

from sidecar_lint.manifests.containers import Container
from sidecar_lint.manifests.manifest import Manifest
from sidecar_lint.workspace.dockerfile import Instruction, instructions
from sidecar_lint.workspace.image_contents import build_of


class ImageFiles(NamedTuple):
    """Full paths: what files are copied to, and what is declared as a volume (which ECS fills with the image's files)."""

    copied: tuple[str, ...]
    declared: tuple[str, ...]

    def hidden_at(self, path: str) -> str:
        """What a volume that is mounted at a full path would hide; empty where that is nothing that is known."""
        folder = path.rstrip("/") or "/"
        if any(_is_within(folder, each) for each in self.declared):
            return ""
        return next((each for each in self.copied if _is_within(each, folder)), "")


def image_files(manifest: Manifest, container: Container) -> ImageFiles | None:
    """What the Dockerfile of a container's image copies; None where there is none that can be read."""
    build = build_of(manifest, container)
    return _read(instructions(*build)) if build else None


def _read(done: tuple[Instruction, ...]) -> ImageFiles:
    folder: str = "/"
    copied: list[str] = []
    declared: list[str] = []
    for word, text in done:
        if "$" in text or "<<" in text:
            folder = "" if word == "WORKDIR" else folder
        elif word == "WORKDIR":
            folder = posixpath.join(folder, _word(text)) if folder or text.startswith("/") else ""
        elif word in ("COPY", "ADD"):
            target = _words(text)[-1:]
            copied += [path for each in target if (path := _full(folder, each))]
        elif word == "VOLUME":
            declared += [path for each in _words(text) if (path := _full(folder, each))]
    return ImageFiles(tuple(copied), tuple(declared))


def _full(folder: str, path: str) -> str:
    """A full path; empty where it is one from a folder that is not known."""
    return posixpath.normpath(posixpath.join(folder, path)) if folder or path.startswith("/") else ""


def _word(text: str) -> str:
    return text.strip().strip("\"'")


def _words(text: str) -> list[str]:
    """The words of an instruction, in either of its forms, without its options."""
    while text.startswith("--"):
        text = text.partition(" ")[2].lstrip()
    if not text.startswith("["):
        return text.split()
    try:
        return [word for word in json.loads(text) if isinstance(word, str)]
    except (ValueError, RecursionError):
        return []


def _is_within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")

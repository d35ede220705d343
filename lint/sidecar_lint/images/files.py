"""What a Dockerfile puts into its image, and where: enough to see what a volume would hide.

Source: Dockerfile reference, docs.docker.com. A path with a variable in it is left out.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final

from sidecar_lint.images.contents import build_of
from sidecar_lint.images.dockerfile import DockerInstruction, instructions
from sidecar_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from sidecar_lint.manifests.containers import Container
    from sidecar_lint.manifests.manifest import Manifest

#: Where nobody keeps what is needed later, though a build may put something there.
_PASSING: Final = ("/tmp", "/var/tmp", "/run", "/var/run", "/var/cache", "/var/log")  # noqa: S108  compared only


class ImageFiles(NamedTuple):
    """Full paths: what files are copied to, and what is declared as a volume, which ECS fills with the files.

    `whole` are those to which the whole folder of the build is copied.
    """

    copied: tuple[str, ...]
    whole: tuple[str, ...]
    declared: tuple[str, ...]

    def hidden_at(self, folder: str) -> str:
        """What a volume that is mounted at a full path would hide; empty where that is nothing that is known."""
        return next((each for each in self.copied if _is_within(each, folder)), "")


def hidden_files(manifest: Manifest, container: Container, path: str) -> str:
    """What a volume at a full path hides of what a Dockerfile copies; empty where that is nothing that is known."""
    build, folder = build_of(manifest, container), path.rstrip("/")
    files = _read(instructions(*build)) if build else None
    if files is None or not folder or any(_is_within(folder, each) for each in (*files.declared, *_PASSING)):
        return ""
    below = any(_is_in_build(manifest, container, folder, each) for each in files.whole)
    return files.hidden_at(folder) or (folder if below else "")


def _is_in_build(manifest: Manifest, container: Container, path: str, target: str) -> bool:
    """Whether the folder of the build, copied to another, has something at a path below that."""
    start = container.build_folder
    if manifest.workload is None or start is None or not _is_within(path, target):
        return False
    workspace = manifest.workload.workspace
    names = workspace.files.names
    is_sure = ".dockerignore" not in names(workspace.path(start))
    return is_sure and bool(names(workspace.path(start, posixpath.relpath(path, target))))


def _read(done: tuple[DockerInstruction, ...]) -> ImageFiles:
    folder: str = "/"
    copied: list[str] = []
    whole: list[str] = []
    declared: list[str] = []
    for word, text in done:
        if "$" in text or "<<" in text:
            folder = "" if word == "WORKDIR" else folder
        elif word == "WORKDIR":
            folder = posixpath.join(folder, _word(text)) if folder or text.startswith("/") else ""
        elif word in ("COPY", "ADD"):
            *sources, target = words_of(text) or [""]
            path = _full(folder, target) if sources else ""
            copied += [path] if path else []
            whole += [path] if path and "--from" not in text and sources[0] in (".", "./") else []
        elif word == "VOLUME":
            declared += [path for each in words_of(text) if (path := _full(folder, each))]
    return ImageFiles(tuple(copied), tuple(whole), tuple(declared))


def _full(folder: str, path: str) -> str:
    """A full path; empty where it is one from a folder that is not known."""
    return posixpath.normpath(posixpath.join(folder, path)) if folder or path.startswith("/") else ""


def _word(text: str) -> str:
    return text.strip().strip("\"'")


def words_of(text: str) -> list[str]:
    """The words of an instruction, in either of its forms, without its options."""
    while text.startswith("--"):
        text = text.partition(" ")[2].lstrip()
    if not text.startswith("["):
        return text.split()
    import json

    try:
        return [word for word in json.loads(text) if isinstance(word, str)]
    except (ValueError, RecursionError):
        return []


def _is_within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")

"""The variables that a container gets from its `env_file`."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sidecar_lint.syntax.nodes import Scalar
from sidecar_lint.workspace.env_files import EnvFileLine, lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sidecar_lint.manifests.containers import Container
    from sidecar_lint.manifests.effective import EffectiveManifest


class FileVariable(NamedTuple):
    """A variable of an environment file. `value` stands where the manifest names the file, and cannot be edited there."""

    name: str
    value: Scalar
    #: The file's path as it is written in the manifest.
    path: str
    line: int

    def told(self, message: str) -> str:
        """A message that says where in the file it is about something."""
        return f"{self.path!r}, line {self.line}: {message}"


def file_variables(
    manifest: EffectiveManifest, container: Container, matters: Callable[[EnvFileLine], bool]
) -> Iterator[FileVariable]:
    """What the `env_file` of a container sets, as far as it matters to who asks.

    The manifest's own variables and secrets of a name come before it.
    """
    node, workload = container.section.get("env_file"), manifest.workload
    if workload is None or not manifest.is_ecs or not isinstance(node, Scalar) or not node.known:
        return
    source = workload.workspace.files.source(workload.workspace.path(node.text))
    if source is None or source.undecodable:
        return
    given = {name for field in ("variables", "secrets") for name in container.mapping(field).entries}
    for name, value, line in _that_matter(source.text, matters):
        if name not in given:
            yield FileVariable(name, replace(node, text=value, template=value), node.text, line)


@lru_cache(maxsize=8)  # containers share their files: each is read once for each who asks
def _that_matter(text: str, matters: Callable[[EnvFileLine], bool]) -> tuple[EnvFileLine, ...]:
    last = {each.name: each for each in lines(text)}  # of lines with one name the last one counts
    return tuple(filter(matters, last.values()))

"""The variables that a container gets from its `env_file`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.syntax.nodes import Scalar
from sidecar_lint.workspace.env_files import EnvFileLine, lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sidecar_lint.manifests.containers import Container
    from sidecar_lint.manifests.effective import EffectiveManifest
    from sidecar_lint.syntax.source import Source
    from sidecar_lint.workspace.workspace import Workspace


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
    for name, value, line in workload.workspace.once(_EnvFiles).lines(source, matters):
        if name not in given:
            yield FileVariable(name, _set_by(node, value), node.text, line)


def _set_by(file: Scalar, text: str) -> Scalar:
    """A value that stands in a file, as one of the manifest, which names it."""
    value = file.copy()
    value.text = value.template = text
    return value


class _EnvFiles:
    """The environment files of a workspace: containers share them, so each is read once for each who asks."""

    def __init__(self, _: Workspace) -> None:
        self._known: dict[tuple[str, Callable[[EnvFileLine], bool]], tuple[EnvFileLine, ...]] = {}

    def lines(self, source: Source, matters: Callable[[EnvFileLine], bool]) -> tuple[EnvFileLine, ...]:
        """The lines that matter; of those with one name the last one counts."""
        key = (source.path, matters)
        if key not in self._known:
            last = {each.name: each for each in lines(source.text)}
            self._known[key] = tuple(filter(matters, last.values()))
        return self._known[key]
